"""Whether everything that a counter-notice gave back is really back at the platform, and by when it must be."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from common.actors import SWEEP, WORKER
from common.transactions import lock_case, require_transaction
from counternotices.models import CounterNotice
from counternotices.rules import PUT_BACK
from counternotices.services.lifecycle import locate
from counternotices.services.restoring import own_items
from counternotices.states import State
from deadlines.models import Deadline
from deadlines.services import meet, stop
from deadlines.states import OPEN
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from measures.models import Measure
from measures.selectors import given_back
from measures.services.alarms import ring
from measures.services.lifecycle import has_ground, is_frozen
from measures.states import LIVE, MeasureState
from notices.services.lifecycle import Step

log = logging.getLogger(__name__)


def sweep(now: datetime) -> int:
    """Close the clock of every put-back that is done; how many. One that fails keeps no other waiting."""
    waiting = Deadline.objects.filter(kind=PUT_BACK, state__in=OPEN)
    prevailed = CounterNotice.objects.filter(state=State.PREVAILED).values("id")
    ids = waiting.filter(subject_id__in=prevailed).values_list("subject_id", flat=True)
    return sum(_settle(id, now) for id in list(ids))


@transaction.atomic
def settle(id: UUID, *, now: datetime) -> bool:
    """Meet the clock with the last measure that the platform really lifted, and not with the order to lift.

    A measure that stays for another reason (another ground, a court's order) is not this clock's: when
    only such are left and none was lifted, the clock is stopped.
    """
    case_id, _regime_id = locate(id)
    lock_case(case_id)
    counter_notice = CounterNotice.objects.select_related("case_regime").get(id=id)
    measures = list(_measures(counter_notice))
    if counter_notice.state != State.PREVAILED or any(_on_its_way(one) for one in measures):
        return False
    lifted = [one.lifted_at for one in measures if one.lifted_at and one.state not in LIVE]
    if lifted:
        done = meet(PUT_BACK, id, at=max(lifted), actor=WORKER, now=now)
    else:
        done = stop(PUT_BACK, id, at=now, actor=WORKER, reason="stays_for_another_reason")
    if done and lifted:
        back_at = max(lifted).isoformat()
        facts: dict[str, Fact] = {"counter_notice": counter_notice.reference, "back_at": back_at}
        append(case_chain(case_id), "put_back.done", actor=WORKER, at=now, facts=facts)
    return bool(done)


def comes_near(id: UUID, *, now: datetime) -> None:
    """The last day comes near: what should be back and is not goes on the list of alarms.

    Called by the sweep, which holds the case. Says nothing while the earliest moment is still to come.
    """
    require_transaction()
    counter_notice = CounterNotice.objects.select_related("case_regime").get(id=id)
    late = [one.id for one in _measures(counter_notice) if _on_its_way(one)]
    if counter_notice.state != State.PREVAILED or not late:
        return
    case_id = counter_notice.case_regime.case_id
    facts: dict[str, Fact] = {
        "counter_notice": counter_notice.reference,
        "measures": len(late),
    }
    append(case_chain(case_id), "put_back.late", actor=SWEEP, at=now, facts=facts)
    ring(late, case_id, Step(SWEEP, now))


def still_to_lift(counter_notice: CounterNotice) -> bool:
    """Whether something that it gave back is not back yet."""
    return any(_on_its_way(one) for one in _measures(counter_notice))


def _measures(counter_notice: CounterNotice) -> QuerySet[Measure]:
    regime = counter_notice.case_regime
    person_id = counter_notice.respondent_id
    return given_back(regime.id, own_items(regime, person_id), person_id)


def _on_its_way(measure: Measure) -> bool:
    moving = measure.state in {MeasureState.LIFTING, MeasureState.EXECUTING}
    return moving and not has_ground(measure) and not is_frozen(measure)


def _settle(id: UUID, now: datetime) -> bool:
    try:
        return settle(id, now=now)
    except Exception:
        log.exception("The put-back of the counter-notice %s could not be settled.", id)
        return False
