"""Calendar data arrived: clocks that count over the year are computed anew, one case at a time.

A row says itself with which loaded years it was computed (`years_seen`), so any number of workers may do
this at once, and one that is killed leaves the rest to the next sweep.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from common.actors import SWEEP
from common.transactions import try_lock_case
from deadlines.calendars.steps import Step, Value
from deadlines.models import CalendarYear, Deadline, YearApplied
from deadlines.registry import Change
from deadlines.selectors import touched_by, years_to_apply
from deadlines.services import failures
from deadlines.services.informing import tell_moved
from deadlines.services.lifecycle import Occasion, record
from deadlines.services.reckoning import RECKONED, facts_of, reckon
from deadlines.shelf import Shelf, shelf
from deadlines.states import State
from evidence.chain import Fact

logger = logging.getLogger(__name__)
BATCH: Final = 500
SETTLED: Final = timedelta(minutes=10)
"""How long after loading one looks again, for clocks that were being started at that very moment."""
_WRITTEN: Final = (*RECKONED, "last_error", "alarmed_at")


@dataclass(frozen=True)
class Applied:
    """How many clocks were computed anew, and how many are left for the next sweep: busy, or with an error."""

    done: int = 0
    left: int = 0


def run(now: datetime, ending_by: datetime | None = None) -> Applied:
    """Compute anew whatever a loaded year may have moved, or of that only what ends by a moment.

    One query when there is nothing to do.
    """
    done = left = 0
    for year in years_to_apply():
        calendars = shelf()
        rows = touched_by(year)
        for row in _in_batches(rows.filter(due_at__lte=ending_by) if ending_by else rows):
            if _attempt(row, year, now, calendars):
                done += 1
            else:
                left += 1
        if ending_by is None and now - year.loaded_at >= SETTLED and not touched_by(year).exists():
            _mark(year, now)
    return Applied(done, left)


def _attempt(candidate: Deadline, year: CalendarYear, now: datetime, calendars: Shelf) -> bool:
    """One row in a transaction of its own; whether nothing is left to do for it."""
    with transaction.atomic():
        if not try_lock_case(candidate.case_id):
            return False
        row = touched_by(year).filter(pk=candidate.pk).first()
        if row is None:
            return True
        try:
            with transaction.atomic():
                recompute(row, year, now, calendars)
                connection.check_constraints()
        except Exception as error:
            logger.exception("deadline %s could not be computed anew", row.pk)
            if row.alarmed_at is None:
                failures.alarm_without_retry(Deadline.objects.get(pk=row.pk), error, now)
            return False
    return True


def recompute(row: Deadline, year: CalendarYear, now: datetime, calendars: Shelf) -> bool:
    """The row's fields by the calendars in force; whether its date moved.

    With the case locked. Writes the ledger (deadline.recomputed) when the date moved or became certain,
    and lets the kind tell people when it moved. A running clock that would have ended already ends
    now: nobody is late by a date that nobody knew.
    """
    before, day, was_provisional = row.due_at, row.last_day, row.provisional
    fields = _not_before_known(row, reckon(facts_of(row), now, calendars), now)
    moved = fields["due_at"] != before
    if moved or fields["provisional"] != was_provisional:
        why = _why(row, year, fields)
        fields["history"] = [*fields["history"], *(step.as_json() for step in why)]
        fields["derivation"] = [*fields["derivation"], *(step.as_json() for step in why)]
    _save(row, fields)
    if fields["due_at"] == before and row.provisional == was_provisional:
        return False
    facts: dict[str, Fact] = {
        "calendar": year.calendar,
        "year": year.year,
        "version": year.version,
        "sha256": year.sha256,
        "due_before": before.isoformat(),
        "last_day_before": day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "provisional": row.provisional,
    }
    record(row, "deadline.recomputed", Occasion(SWEEP, now, now), facts)
    if moved:
        tell_moved(row, Change(before, tuple(why)), now)
    return moved


def _not_before_known(row: Deadline, fields: dict[str, Any], now: datetime) -> dict[str, Any]:
    if row.state != State.RUNNING or fields["due_at"] > now:
        return fields
    local = now.astimezone(ZoneInfo(row.clock["zone"]))
    return {**fields, "due_at": now, "last_day": local.date(), "computed": fields["last_day"]}


def _why(row: Deadline, year: CalendarYear, fields: dict[str, Any]) -> list[Step]:
    of_year: dict[str, Value] = {
        "calendar": year.calendar,
        "year": year.year,
        "version": year.version,
    }
    new = fields.get("computed", fields["last_day"])
    if fields["due_at"] == row.due_at or new == row.last_day:
        return [Step("settled", {**of_year, "date": new.isoformat()})]
    span = {"from": row.last_day.isoformat(), "to": new.isoformat()}
    steps = [Step("recomputed", {**of_year, **span})]
    if "computed" in fields:
        local = fields["due_at"].astimezone(ZoneInfo(row.clock["zone"]))
        steps.append(Step("overtaken", {"date": new.isoformat(), "moment": local.isoformat()}))
    return steps


def _save(row: Deadline, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if name in _WRITTEN:
            setattr(row, name, value)
    if row.attempts == 0:  # an alarm of an earlier attempt at this very thing
        row.last_error, row.alarmed_at = "", None
    row.save(update_fields=_WRITTEN)


def _mark(year: CalendarYear, now: datetime) -> None:
    try:
        with transaction.atomic():
            YearApplied.objects.create(year=year, finished_at=now)
    except IntegrityError:
        logger.info("year %s was marked as applied by another worker", year)


def _in_batches(rows: QuerySet[Deadline]) -> Iterator[Deadline]:
    """Rows read without any lock, each offered once in this run."""
    rows = rows.only("id", "case_id")
    after: UUID | None = None
    while batch := list((rows if after is None else rows.filter(pk__gt=after))[:BATCH]):
        yield from batch
        after = batch[-1].pk
