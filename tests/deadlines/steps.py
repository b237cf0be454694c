"""What the tests of this room do over and over."""

from datetime import datetime

from django.db import transaction

from common.actors import WORKER
from deadlines.models import Deadline
from deadlines.services import Period, Subject, start
from evidence.models import LedgerEntry
from regimes.pack import Clock
from tests.deadlines.conftest import ARRIVED, DUTY, FORWARDING, PERIOD, WAITING, PackName


def start_period(subject: Subject, at: datetime = ARRIVED, clock: Clock = WAITING) -> Deadline:
    """A waiting period whose end has a consequence."""
    with transaction.atomic():
        return start(Period(PERIOD, clock, PackName(), at), subject, actor=WORKER, now=at)


def start_duty(subject: Subject, at: datetime = ARRIVED) -> Deadline:
    """A duty of the provider, 24 hours long."""
    with transaction.atomic():
        return start(Period(DUTY, FORWARDING, PackName(), at), subject, actor=WORKER, now=at)


def stored(row: Deadline) -> Deadline:
    return Deadline.objects.get(pk=row.pk)


def events(row: Deadline) -> list[str]:
    """The names of what the ledger says happened in the row's case."""
    entries = LedgerEntry.objects.filter(chain_id=row.case_id).order_by("sequence")
    return list(entries.values_list("event", flat=True))
