"""When a regime's clock ends: the pack's figure, counted by the calendars, held within the pack's cap."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from deadlines.calendars.arithmetic import add_calendar_days, add_months, add_working_days
from deadlines.calendars.days import Name
from deadlines.calendars.due import Due, Halt, add_hours, close
from deadlines.calendars.errors import BadPeriod, NoFigure
from deadlines.calendars.registry import Shelf, calendar
from deadlines.calendars.steps import Step, Stretch
from regimes.pack import Cap, Clock, Sources, Text
from regimes.vocabulary import Unit


def compute(
    clock: Clock,
    triggered_at: datetime,
    halts: Sequence[Halt] = (),
    extension: int = 0,
    shelf: Shelf = calendar,
) -> Due:
    """When `clock`, triggered at this instant (aware), ends, and why.

    `halts` are the times the clock stood still because somebody else owed an answer, each already over; `extension` is
    in the clock's own unit and only for a clock the pack calls extendable. The trigger's day is the day it is in the
    clock's zone. A cap is counted from the same trigger, without halts or extension, and is never passed.
    Raises NoFigure where the law gives no number, BadPeriod for what makes no sense.
    """
    if not clock.has_figure:
        word = clock.standard.en if clock.standard else clock.on_date
        raise NoFigure(f"{clock.key} has no number in law ({word}); ask for its house SLA instead.")
    if triggered_at.tzinfo is None:
        raise BadPeriod(f"{clock.key}: the trigger needs its zone.")
    if extension and not clock.extendable:
        raise BadPeriod(f"{clock.key} cannot be extended.")
    if extension < 0:
        raise BadPeriod(f"{clock.key}: an extension makes a period longer, never shorter.")
    due = _count(clock, triggered_at, halts, extension, shelf)
    if clock.cap:
        due = _within(clock.cap, clock, triggered_at, due, shelf)
    return replace(due, derivation=(*_heading(clock, triggered_at, extension), *due.derivation))


def _heading(clock: Clock, triggered_at: datetime, extension: int) -> Iterator[Step]:
    """The rule with its sources, the trigger with its time, the extension if there was one."""
    code = "clock_of_house" if clock.is_house_choice else "clock"
    yield Step(code, {"label": _name(clock.label), "norm": _norms(clock.source)})
    moment = triggered_at.astimezone(ZoneInfo(clock.zone)).isoformat()
    yield Step("triggered", {"event": clock.trigger, "moment": moment, "zone": clock.zone})
    if extension:
        yield Step("extended", {"length": extension, "unit": clock.unit.value})


def _count(
    clock: Clock, triggered_at: datetime, halts: Sequence[Halt], extension: int, shelf: Shelf
) -> Due:
    length = clock.length + extension
    if clock.unit is Unit.HOURS:
        return add_hours(triggered_at, length, clock.zone, halts)
    start = triggered_at.astimezone(ZoneInfo(clock.zone)).date()
    pauses = _stretches(halts, clock.zone)
    days = shelf(clock.calendar)
    if clock.unit is Unit.WORKING_DAYS:
        reckoning = add_working_days(start, length, days, pauses)
    elif clock.unit is Unit.CALENDAR_DAYS:
        reckoning = add_calendar_days(start, length, days, clock.roll, pauses)
    elif pauses:
        raise BadPeriod(f"{clock.key} is counted in months and cannot be paused.")
    else:
        reckoning = add_months(start, length, days, clock.roll)
    return close(reckoning, clock.zone, clock.cutoff)


def latest(clock: Clock, triggered_at: datetime, shelf: Shelf = calendar) -> Due | None:
    """The latest end that the pack's cap leaves a clock triggered at this instant, None without a cap."""
    cap = clock.cap
    if cap is None:
        return None
    limit = replace(clock, length=cap.length, unit=cap.unit, calendar=cap.calendar, cap=None)
    return _count(limit, triggered_at, (), 0, shelf)


def _within(cap: Cap, clock: Clock, triggered_at: datetime, due: Due, shelf: Shelf) -> Due:
    limit = latest(clock, triggered_at, shelf)
    if limit is None or due.due_at <= limit.due_at:
        return due
    capped = Step(
        "capped",
        {
            "from": due.last_day.isoformat(),
            "to": limit.last_day.isoformat(),
            "length": cap.length,
            "unit": cap.unit.value,
            "norm": _norms(cap.source),
        },
    )
    # What was cut back does not end where it would have: its last step, the end, is left out.
    return replace(limit, derivation=(*due.derivation[:-1], capped, *limit.derivation))


def _name(text: Text) -> Name:
    return {"en": text.en, "zh-Hans": text.zh_hans}


def _norms(sources: Sources) -> Name:
    return {
        "en": "; ".join(source.norm.en for source in sources),
        "zh-Hans": "；".join(source.norm.zh_hans for source in sources),
    }


def _stretches(halts: Sequence[Halt], zone: str) -> list[Stretch]:
    local = ZoneInfo(zone)
    return [
        Stretch(halt.since.astimezone(local).date(), halt.until.astimezone(local).date())
        for halt in halts
    ]
