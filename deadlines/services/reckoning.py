"""From what is stored of a clock to the fields that follow. All date arithmetic is in `deadlines.compute`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from deadlines import rules
from deadlines.calendars.due import Due, Halt
from deadlines.compute import compute
from deadlines.models import Deadline
from deadlines.shelf import Shelf, shelf
from deadlines.terms import thaw
from regimes.pack import Clock

ONE_DAY: Final = timedelta(days=1)
LONGEST_REST: Final = 15
"""More days than any stretch of rest days has."""
RECKONED: Final = (
    *("due_at", "last_day", "provisional", "derivation", "history", "extension"),
    *("warn_at", "years_seen"),
)
"""The fields that `reckon` gives."""


@dataclass(frozen=True)
class Facts:
    """All that a date follows from, besides the calendars.

    The pack's clock, its trigger, the times it stood still, and the extension granted so far, in the
    clock's own unit. `history` tells what moved the date before; it explains and changes nothing.
    """

    clock: Clock
    triggered_at: datetime
    halts: tuple[Halt, ...] = ()
    extension: int = 0
    history: tuple[Mapping[str, Any], ...] = ()


def facts_of(row: Deadline) -> Facts:
    """What is stored of a deadline."""
    return Facts(
        clock=thaw(row.clock),
        triggered_at=row.triggered_at,
        halts=tuple(halts(row)),
        extension=row.extension,
        history=tuple(row.history),
    )


def reckon(facts: Facts, now: datetime, calendars: Shelf) -> dict[str, Any]:
    """The fields of a deadline that follow from its facts and the calendars, in whatever order those came.

    The one way to a date: starting, resuming, extending and computing anew all come through here.
    Raises CalendarError when no date can be computed.
    """
    due = _due(facts, calendars)
    return {
        "due_at": due.due_at,
        "last_day": due.last_day,
        "provisional": due.provisional,
        "derivation": [*due.derivation_json(), *facts.history],
        "history": list(facts.history),
        "extension": facts.extension,
        "warn_at": _next_warning(facts, due, now, calendars),
        "years_seen": calendars.position,
    }


def resumed(
    deadline: Deadline, since: datetime, until: datetime, calendars: Shelf
) -> dict[str, Any]:
    """The fields of a deadline that stood still from `since` and runs again at `until`.

    The day on which it was stopped counts as used and the day on which it runs again does not. Stopped
    on its very last day, nothing would be left of the period: then it is the other way round. Stopped on
    the days of rest behind the last day, it is taken to have been stopped before them.
    """
    facts = facts_of(deadline)
    earlier: Sequence[Halt] = facts.halts
    for halt in _readings(Halt(since, until)):
        pauses = (*earlier, halt)
        fields = reckon(replace(facts, halts=pauses), until, calendars)
        if fields["due_at"] > until:
            break
    # When no reading leaves anything, the law's cap has been reached: a cap outlasts every pause.
    return {**fields, "pauses": [[h.since.isoformat(), h.until.isoformat()] for h in pauses]}


def _readings(halt: Halt) -> Iterator[Halt]:
    yield halt
    yield Halt(halt.since - ONE_DAY, halt.until - ONE_DAY)
    for days in range(1, LONGEST_REST):
        yield Halt(halt.since - days * ONE_DAY, halt.until)


def next_warning(row: Deadline, now: datetime) -> datetime | None:
    """When the owner of a running clock is to be warned next, or None."""
    facts = facts_of(row)
    due = Due(row.due_at, row.last_day, facts.clock.zone, row.provisional, ())
    return _next_warning(facts, due, now, shelf())


def halts(deadline: Deadline) -> list[Halt]:
    """The stretches over which the deadline stood still."""
    return [
        Halt(datetime.fromisoformat(since), datetime.fromisoformat(until))
        for since, until in deadline.pauses
    ]


def _due(facts: Facts, calendars: Shelf) -> Due:
    return compute(facts.clock, facts.triggered_at, facts.halts, facts.extension, calendars)


def _next_warning(facts: Facts, due: Due, now: datetime, calendars: Shelf) -> datetime | None:
    clock = facts.clock
    office = calendars(rules.office_calendar(clock.calendar, clock.zone))
    return rules.next_warning(facts.triggered_at, due, office, now)
