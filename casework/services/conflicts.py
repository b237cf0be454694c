"""Carrying out what a person decided between two laws."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from common.actors import Actor, staff
from common.transactions import lock_case
from counternotices.models import CounterNotice
from counternotices.services import conflict_letters
from counternotices.services.clocks import stop_clocks
from counternotices.services.lifecycle import advance_counter_notice, follow
from counternotices.states import CAN_BECOME_MOOT
from measures.models import RegimeConflict
from measures.selectors import live_grounds
from measures.services.deciding import Choice, decide_conflict
from notices.models import CaseRegime
from notices.services.decisions import close_if_settled
from notices.services.lifecycle import Step
from users.models import User


@transaction.atomic
def decide(case_id: UUID, id: UUID, choice: Choice, *, user: User, now: datetime) -> RegimeConflict:
    """Decide, bring the holding regime to where it then stands, and tell both sides why.

    Raises what `decide_conflict` raises; nothing is done in that case.
    """
    lock_case(case_id)
    conflict = decide_conflict(case_id, id, choice, user=user, now=now)
    actor = staff(user.id)
    _settle(conflict.holds, Step(actor, now))
    conflict_letters.decided(conflict, now=now, actor=actor)
    return conflict


def _settle(regime: CaseRegime, step: Step) -> None:
    """Where nothing rests on the regime any more, its statements have nothing left to contest."""
    if live_grounds(regime.id).exists():
        return
    for one in CounterNotice.objects.filter(case_regime=regime, state__in=CAN_BECOME_MOOT):
        _end(one, step.now, step.actor)
    follow(regime.id, step)
    close_if_settled(regime.case_id, step)


def _end(counter_notice: CounterNotice, now: datetime, actor: Actor) -> None:
    ended = advance_counter_notice(counter_notice.id, "end", Step(actor, now))
    CounterNotice.objects.filter(id=ended.id).update(ended_at=now)
    stop_clocks(ended, now=now, actor=actor)
