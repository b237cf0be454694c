"""What the sweep does with one row whose moment has come."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction

from common.actors import SWEEP
from common.transactions import try_lock_case
from deadlines.models import Deadline
from deadlines.registry import Outcome, kind_of
from deadlines.selectors import waking
from deadlines.services import failures
from deadlines.services.breaching import breach
from deadlines.services.informing import due_of
from deadlines.services.lifecycle import Event, Occasion, advance
from deadlines.services.reckoning import next_warning


class Result(StrEnum):
    """What became of one row."""

    FIRED = "fired"
    BREACHED = "breached"
    WARNED = "warned"
    NOT_DUE = "not_due"
    BUSY = "busy"
    GONE = "gone"
    FAILED = "failed"


class Candidate(NamedTuple):
    """A row as it was found, without any lock: it may be another by the time its case is held."""

    pk: UUID
    case_id: UUID
    kind: str
    due_at: datetime
    wake_at: datetime


class _NothingOwed(Exception):
    """Undoes what a handler wrote before it answered that nothing is due any more."""


def attend(candidate: Candidate, now: datetime) -> Result:
    """Do what the row wakes for: carry out its consequence, record its breach, or warn.

    One transaction for each row: try the case lock (BUSY when somebody works on the case), read the row
    again (GONE when another was faster), then all or nothing. An error is kept with the row and
    blocks no other row, not even one that cost us the connection.
    """
    try:
        with transaction.atomic():
            return _attend(candidate, now)
    except (OperationalError, InterfaceError) as lost:
        connection.close()
        with transaction.atomic():
            if try_lock_case(candidate.case_id):
                failures.note(candidate.pk, lost, now)
        return Result.FAILED


def _attend(candidate: Candidate, now: datetime) -> Result:
    if not try_lock_case(candidate.case_id):
        return Result.BUSY
    row = waking(now).filter(pk=candidate.pk).first()
    return attend_held(row, now) if row else Result.GONE


def attend_held(row: Deadline, now: datetime) -> Result:
    """As `attend`, for a row that was read since its case was locked, in the caller's transaction."""
    try:
        with transaction.atomic():
            result = _act(row, now)
            connection.check_constraints()  # what would only fail at commit fails here
    except Exception as error:  # noqa: BLE001  a handler may raise anything; note() keeps and logs it
        failures.note(row.pk, error, now)
        return Result.FAILED
    return result


def _act(row: Deadline, now: datetime) -> Result:
    if row.due_at > now:
        return _warn(row, now)
    if kind_of(row.kind).is_duty:
        breach(row, now)
        return Result.BREACHED
    return _fire(row, now)


def _fire(row: Deadline, now: datetime) -> Result:
    """The row is closed before its handler runs, so that the handler may stop the case's other clocks or
    start a new one of this kind; both are undone together."""
    try:
        with transaction.atomic():
            fired = advance(row, Event.FIRE, Occasion(SWEEP, row.due_at, now))
            fire = kind_of(row.kind).fire
            if fire and fire(due_of(fired, now)) is Outcome.NOT_DUE:
                raise _NothingOwed
    except _NothingOwed:
        facts = {"reason": str(Outcome.NOT_DUE)}
        advance(row, Event.STOP, Occasion(SWEEP, now, now), facts=facts)
        return Result.NOT_DUE
    return Result.FIRED


def _warn(row: Deadline, now: datetime) -> Result:
    row.warned_at = now
    row.warn_at = next_warning(row, now)
    row.save(update_fields=["warned_at", "warn_at"])
    if tell := kind_of(row.kind).warn:
        tell(due_of(row, now))
    return Result.WARNED
