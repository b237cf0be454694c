"""The list of clocks and the page of one clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.clock_selectors import ClockPage, ClockRow
from casework.granted import granters, unit_in
from casework.presenters import clocks
from counternotices.rules import WAIT
from deadlines.calendars.explain import EN, ZH
from deadlines.models import Extension
from deadlines.selectors import extensions_of
from deadlines.services.extending import room_left
from deadlines.services.reckoning import halts
from deadlines.states import SENTENCES, Owes, State

_EXTENDABLE = (State.RUNNING, State.PAUSED)


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    row: ClockRow
    clock: clocks.Clock
    ours: bool


@dataclass(frozen=True)
class ClockDetail:
    """What the page of one clock draws. `room` is how much more the law leaves, None without a limit."""

    row: ClockRow
    clock: clocks.Clock
    sentence: str | Promise
    name: str
    zone: str
    due_in_law: datetime
    pauses: Sequence[tuple[datetime, datetime]]
    extensions: Sequence[tuple[Extension, str]]
    unit: str
    room: int | None
    may_extend: bool
    needs_paper: bool


def lines(page: ClockPage, *, now: datetime) -> list[Line]:
    """The list, each clock with its reasons."""
    return [
        Line(row, clocks.present(row.clock, now=now, why=True), row.clock.owes == Owes.PROVIDER)
        for row in page.rows
    ]


def detail(row: ClockRow, *, now: datetime) -> ClockDetail:
    """One clock, whole."""
    deadline = row.clock
    zone = ZoneInfo(deadline.clock["zone"])
    goes_on = deadline.state in _EXTENDABLE and not (
        deadline.state == State.RUNNING and deadline.due_at <= now
    )
    room = room_left(deadline) if goes_on else 0
    granted = list(extensions_of(deadline))
    return ClockDetail(
        row=row,
        clock=clocks.present(deadline, now=now, why=True),
        sentence=SENTENCES[State(deadline.state)],
        name=_in_language(deadline.clock["label"]),
        zone=deadline.clock["zone"],
        due_in_law=deadline.due_at.astimezone(zone),
        pauses=[(h.since.astimezone(zone), h.until.astimezone(zone)) for h in halts(deadline)],
        extensions=list(zip(granted, _names(granted), strict=True)),
        unit=unit_words(deadline.clock["unit"]),
        room=room,
        may_extend=room is None or room > 0,
        needs_paper=deadline.kind == WAIT,
    )


def unit_words(unit: str) -> str:
    """The unit of a clock in the active language."""
    return unit_in(unit, get_language() or EN)


def _names(granted: Sequence[Extension]) -> list[str]:
    names = granters(granted) if granted else {}
    return [names.get(one.granted_by, _("somebody")) for one in granted]


def _in_language(words: dict[str, str]) -> str:
    return words[ZH if (get_language() or EN).startswith("zh") else EN]
