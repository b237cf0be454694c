"""From a clock and its pauses to the fields of a row. All date arithmetic is in `deadlines.compute`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from deadlines import rules
from deadlines.calendars.due import Due, Halt
from deadlines.calendars.registry import calendar
from deadlines.compute import compute
from deadlines.models import Deadline
from deadlines.terms import thaw
from regimes.pack import Clock


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


def next_warning(row: Deadline, now: datetime) -> datetime | None:
    """When the owner of a running clock is to be warned next, or None."""
    clock = thaw(row.clock)
    due = Due(row.due_at, row.last_day, clock.zone, row.provisional, ())
    return rules.next_warning(row.triggered_at, due, calendar(clock.calendar), now)


def again(deadline: Deadline, now: datetime, *further: Halt) -> dict[str, Any]:
    """The same for a deadline that has begun, with all its pauses and `further` ones."""
    pauses = [*halts(deadline), *further]
    fields = reckon(thaw(deadline.clock), deadline.triggered_at, now, pauses)
    return {**fields, "pauses": [[h.since.isoformat(), h.until.isoformat()] for h in pauses]}


def halts(deadline: Deadline) -> list[Halt]:
    """The stretches over which the deadline stood still."""
    return [
        Halt(datetime.fromisoformat(since), datetime.fromisoformat(until))
        for since, until in deadline.pauses
    ]
