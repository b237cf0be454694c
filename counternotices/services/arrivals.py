"""What the clockwork of this room does: arrivals, and counter-notices that became moot."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from common.actors import SWEEP
from common.transactions import lock_case
from counternotices.models import CounterNotice
from counternotices.services import bars, letters, putting_back, windows, withdrawals
from counternotices.services.clocks import stop_clocks
from counternotices.services.lifecycle import advance_counter_notice, locate
from counternotices.services.waiting import take_arrival
from counternotices.states import CAN_BECOME_MOOT, State
from notices.services.lifecycle import Step
from notices.states import RegimeState

log = logging.getLogger(__name__)


def sweep(now: datetime) -> int:
    """Start the waiting period of every forwarded statement whose letter was delivered; how many.

    Ends, too, what is moot because the measures ended for another reason, closes the clock of what is back,
    opens windows for complaints and marks notices that may not be filed again. One that fails is told of
    and keeps no other waiting; the next sweep tries it again.
    """
    delivered = CounterNotice.objects.filter(
        state=State.FORWARDED, forwarding__delivered_at__isnull=False
    )
    arrived = sum(_take_arrival(one, now) for one in delivered.select_related("forwarding"))
    for one in _moot():
        _end(one, now)
    putting_back.sweep(now)
    windows.sweep(now)
    bars.sweep(now)
    for case_id in withdrawals.untold().values_list("id", flat=True):
        withdrawals.tell(case_id, now=now)
    return arrived


@transaction.atomic
def end(id: UUID, *, now: datetime) -> bool:
    """The measures ended for another reason: nothing is left to contest, and its author is told."""
    case_id, _regime_id = locate(id)
    lock_case(case_id)
    if not _moot().filter(id=id).exists():
        return False
    ended = advance_counter_notice(id, "end", Step(SWEEP, now))
    CounterNotice.objects.filter(id=id).update(ended_at=now)
    stop_clocks(ended, now=now, actor=SWEEP)
    letters.ended(ended, now=now, actor=SWEEP)
    return True


def _moot() -> QuerySet[CounterNotice]:
    restored = CounterNotice.objects.filter(case_regime__state=RegimeState.RESTORED)
    return restored.filter(state__in=CAN_BECOME_MOOT)


def _take_arrival(one: CounterNotice, now: datetime) -> bool:
    try:
        return take_arrival(one.id, now=now)
    except Exception:
        log.exception("The arrival of %s could not be taken.", one.reference)
        return False


def _end(one: CounterNotice, now: datetime) -> None:
    try:
        end(one.id, now=now)
    except Exception:
        log.exception("The counter-notice %s could not be ended.", one.reference)
