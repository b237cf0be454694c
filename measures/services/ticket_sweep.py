"""Clocks of tickets whose measure ended otherwise than by its suites: nothing is owed any more."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from common.actors import SWEEP
from deadlines.models import Deadline
from deadlines.services import stop
from deadlines.states import OPEN
from measures.models import Measure
from measures.rules import TICKET
from measures.services.lifecycle import hold
from measures.states import ENDED

BATCH: Final = 200


def stop_clocks(now: datetime) -> int:
    """Stop the clocks of tickets that were cancelled or whose model is not there; how many. Safe at any time."""
    running = Deadline.objects.filter(kind=TICKET, state__in=OPEN).order_by().values("subject_id")
    ended = Measure.objects.filter(id__in=running, state__in=ENDED).order_by("ordered_at")
    return sum(_stop(id, now) for id in list(ended.values_list("id", flat=True)[:BATCH]))


@transaction.atomic
def _stop(measure_id: UUID, now: datetime) -> int:
    measure = hold(measure_id)
    if measure.state not in ENDED:
        return 0
    return len(stop(TICKET, measure.id, at=now, actor=SWEEP, reason="measure_ended"))
