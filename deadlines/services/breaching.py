"""Recording that a duty was not done in time."""

from datetime import datetime

from django.db import transaction

from common.actors import SWEEP
from deadlines.models import Deadline
from deadlines.registry import kind_of
from deadlines.services import failures
from deadlines.services.informing import due_of
from deadlines.services.lifecycle import Event, Occasion, advance


def breach(row: Deadline, now: datetime) -> Deadline:
    """The clock ran out on a duty: record it and let the kind tell people. The duty stays owed."""
    row = _record(row, now)
    _tell(row, now)
    return row


def breach_found_late(row: Deadline, now: datetime) -> Deadline:
    """The same when the duty was done after its end and before the sweep came.

    The breach is on record all the same, dated from the end of the period. The person who did the duty
    is not held up when telling people fails: the alarm rings instead.
    """
    row = _record(row, now)
    try:
        with transaction.atomic():
            _tell(row, now)
    except Exception as error:  # noqa: BLE001  a handler may raise anything; the alarm keeps it
        failures.alarm_without_retry(row, error, now)
    return row


def _record(row: Deadline, now: datetime) -> Deadline:
    return advance(row, Event.BREACH, Occasion(SWEEP, row.due_at, now))


def _tell(row: Deadline, now: datetime) -> None:
    if tell := kind_of(row.kind).breach:
        tell(due_of(row, now))
