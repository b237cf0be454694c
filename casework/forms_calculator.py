"""The form of the date calculator: a pack's clock or a bare period, a trigger, pauses. All in the address."""

import re
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from deadlines.calendars.due import Halt
from deadlines.calendars.explain import CALENDARS, EN, ZH
from deadlines.calendars.registry import CALENDAR_IDS, CN
from regimes.loader import all_packs
from regimes.pack import Clock, Text
from regimes.vocabulary import ClockKind, Unit

LAW_ZONES: Final = {
    "cn": "Asia/Shanghai",
    "eu": "Europe/Brussels",
    "us-federal": "America/New_York",
    "plain": "UTC",
}
LONGEST: Final = 3_660
MOST_PAUSES: Final = 20
FIRST, LAST = datetime(1990, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001  compared before a zone is known
_MOMENT: Final = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{1,2}:\d{2})?"
_PAUSE: Final = re.compile(rf"({_MOMENT})\s*(?:to|至|–|—|/)\s*({_MOMENT})")
_FORMATS: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"]
UNITS: Final = (
    (Unit.WORKING_DAYS.value, gettext_lazy("working days")),
    (Unit.CALENDAR_DAYS.value, gettext_lazy("calendar days")),
    (Unit.MONTHS.value, gettext_lazy("months")),
    (Unit.HOURS.value, gettext_lazy("hours")),
)


class CalculatorForm(forms.Form):
    """What to count. With `clock` empty the bare period below it is counted."""

    clock = forms.ChoiceField(label=gettext_lazy("Clock of a pack"), required=False)
    calendar = forms.ChoiceField(label=gettext_lazy("Or a calendar"), required=False, initial=CN)
    length = forms.IntegerField(
        label=gettext_lazy("and a length"), min_value=1, max_value=LONGEST, required=False
    )
    unit = forms.ChoiceField(label=gettext_lazy("counted in"), choices=UNITS, required=False)
    at = forms.CharField(
        label=gettext_lazy("Trigger"),
        help_text=gettext_lazy(
            "The event that starts the clock, for instance 2026-09-18 10:00. Its day is not counted."
        ),
        error_messages={"required": gettext_lazy("Enter the moment of the event.")},
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Your time zone"),
        help_text=gettext_lazy("Moments are read in it, and the answer is told in it too."),
        required=False,
    )
    extension = forms.IntegerField(
        label=gettext_lazy("Extension, in the clock's unit"),
        min_value=0,
        max_value=LONGEST,
        required=False,
    )
    pauses = forms.CharField(
        label=gettext_lazy("Pauses, one a line"),
        help_text=gettext_lazy("2026-09-21 10:00 to 2026-09-24 09:00"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2_000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clocks = {f"{pack.id}/{clock.key}": clock for pack, clock in _counted()}
        _choose(self.fields["clock"], _grouped())
        names = CALENDARS[ZH if (get_language() or EN).startswith("zh") else EN]
        _choose(self.fields["calendar"], [(id, names[id]) for id in CALENDAR_IDS])
        home = settings.TIME_ZONE  # first: what an address without a zone is counted in
        zones = [home, *sorted(available_timezones() - {home})]
        _choose(self.fields["zone"], [(name, name) for name in zones])
        self.fields["zone"].initial = settings.TIME_ZONE

    def clean(self) -> dict[str, Any]:
        """The moments with their zone, and one of the two ways to name a period."""
        data = super().clean() or self.cleaned_data
        if "zone" not in data:
            return data
        zone = ZoneInfo(data["zone"] or settings.TIME_ZONE)
        data["zone"] = zone
        if "at" in data:
            data["at"] = self._moment("at", data["at"], zone)
        if "pauses" in data:
            data["pauses"] = self._halts(data["pauses"], zone)
        if not data.get("clock") and not data.get("length") and "length" not in self.errors:
            self.add_error("length", _("Choose a clock, or give a length from 1 to 3660."))
        return data

    def period(self) -> Clock:
        """What is counted."""
        data = self.cleaned_data
        if data["clock"]:
            return self.clocks[data["clock"]]
        calendar = data["calendar"] or CN
        return _bare(calendar, data["length"], Unit(data["unit"] or Unit.WORKING_DAYS))

    def _moment(self, field: str, text: str, zone: ZoneInfo) -> datetime | None:
        for pattern in _FORMATS:
            try:
                found = datetime.strptime(text.strip(), pattern)  # noqa: DTZ007  the zone is set below
            except ValueError:
                continue
            if FIRST <= found < LAST:
                return found.replace(tzinfo=zone)
        self.add_error(
            field,
            _("“%(text)s” is no moment from 1990 to 2199. Write it as 2026-09-18 10:00.")
            % {"text": text[:60]},
        )
        return None

    def _halts(self, text: str, zone: ZoneInfo) -> list[Halt]:
        halts: list[Halt] = []
        for line in filter(None, map(str.strip, text.splitlines())):
            found = _PAUSE.fullmatch(line)
            if found is None or len(halts) == MOST_PAUSES:
                sentence = _(
                    "“%(line)s” is no pause, or one too many. Write 2026-09-21 10:00 to 2026-09-24 09:00."
                )
                self.add_error("pauses", sentence % {"line": line[:80]})
                break
            since, until = (self._moment("pauses", part, zone) for part in found.groups())
            if since is None or until is None:
                break
            if since >= until:
                self.add_error(
                    "pauses", _("A pause ends after it began: %(line)s") % {"line": line}
                )
                break
            halts.append(Halt(since, until))
        return halts


def _counted() -> list[tuple[Any, Clock]]:
    return [(pack, clock) for pack in all_packs() for clock in pack.clocks if clock.has_figure]


def _grouped() -> list[tuple[str, Any]]:
    language = get_language() or "en"
    groups: dict[str, list[tuple[str, str]]] = {}
    for pack, clock in _counted():
        title = f"{pack.title.in_language(language)} ({pack.version})"
        words = f"{clock.label.in_language(language)} · {clock.key}"
        groups.setdefault(title, []).append((f"{pack.id}/{clock.key}", words))
    return [("", _("a bare period, as below")), *groups.items()]


def _choose(field: forms.Field, choices: Any) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _bare(calendar: str, length: int, unit: Unit) -> Clock:
    """A period that no pack names, in the zone of the calendar's law."""
    nothing = Text("", "")
    return Clock(
        key=calendar,
        label=nothing,
        trigger="",
        owes="",
        length=length,
        unit=unit,
        calendar=calendar,
        kind=ClockKind.HOUSE_SLA,
        consequence=nothing,
        source=(),
        zone=LAW_ZONES[calendar],
        cutoff="24:00",
        extendable=True,
    )
