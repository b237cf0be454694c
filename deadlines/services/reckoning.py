"""From a clock and its pauses to the fields of a row. All date arithmetic is in `deadlines.compute`."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from deadlines import rules
from deadlines.calendars.due import Due, Halt
from deadlines.calendars.registry import calendar
from deadlines.compute import compute
from deadlines.models import Deadline
from deadlines.terms import thaw
from regimes.pack import Clock

ONE_DAY: Final = timedelta(days=1)
LONGEST_REST: Final = 15
"""More days than any stretch of rest days has."""


def reckon(
    clock: Clock, begun: datetime, now: datetime, pauses: Iterable[Halt] = ()
) -> dict[str, Any]:
    """The fields of a deadline that follow from its clock, its trigger and its pauses.

    Raises CalendarError when no date can be computed.
    """
    due = compute(clock, begun, tuple(pauses))
    return {
        "due_at": due.due_at,
        "last_day": due.last_day,
        "provisional": due.provisional,
        "derivation": due.derivation_json(),
        "warn_at": rules.next_warning(begun, due, calendar(clock.calendar), now),
    }


def resumed(deadline: Deadline, since: datetime, until: datetime) -> dict[str, Any]:
    """The fields of a deadline that stood still from `since` and runs again at `until`.

    The day on which it was stopped counts as used and the day on which it runs again does not. Stopped
    on its very last day, nothing would be left of the period: then it is the other way round. Stopped on
    the days of rest behind the last day, it is taken to have been stopped before them.
    """
    clock, earlier = thaw(deadline.clock), halts(deadline)
    for halt in _readings(Halt(since, until)):
        pauses = [*earlier, halt]
        fields = reckon(clock, deadline.triggered_at, until, pauses)
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
    clock = thaw(row.clock)
    due = Due(row.due_at, row.last_day, clock.zone, row.provisional, ())
    return rules.next_warning(row.triggered_at, due, calendar(clock.calendar), now)


def halts(deadline: Deadline) -> list[Halt]:
    """The stretches over which the deadline stood still."""
    return [
        Halt(datetime.fromisoformat(since), datetime.fromisoformat(until))
        for since, until in deadline.pauses
    ]
