"""The one door to a counter-notice's state, and the regime that follows it."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django_fsm import can_proceed

from common.errors import Conflict
from common.transactions import lock_case
from counternotices.models import CounterNotice
from counternotices.states import State
from deadlines.selectors import open_deadlines
from evidence.ledger import append, case_chain
from measures.selectors import live_grounds
from notices.models import CaseRegime
from notices.rules import CLOSE_FILE
from notices.services.clocks import start_close_file
from notices.services.lifecycle import Step, advance_regime
from notices.states import RegimeState

EVENTS: Final = {
    "ask": "counter_notice.information_requested",
    "complete": "counter_notice.completed",
    "forward": "counter_notice.forwarded",
    "reject": "counter_notice.rejected",
    "arrive": "counter_notice.arrived",
    "hold": "counter_notice.held",
    "prevail": "counter_notice.prevailed",
    "withdraw": "counter_notice.withdrawn",
    "confirm": "counter_notice.confirmed",
    "end": "counter_notice.ended",
}
_REGIME_EVENT: Final[Mapping[str, str]] = {
    RegimeState.CONTESTED: "contest",
    RegimeState.WAITING: "wait",
    RegimeState.HELD: "record_suit",
    RegimeState.MEASURES: "stand",
    RegimeState.RESTORED: "restore",
}


def advance_counter_notice(id: UUID, event: str, step: Step) -> CounterNotice:
    """Move a counter-notice by one event of EVENTS, and its regime with it. Raises Conflict."""
    case_id, regime_id = locate(id)
    lock_case(case_id)
    counter_notice = CounterNotice.objects.get(id=id)
    transition = getattr(counter_notice, event)
    if not can_proceed(transition):
        raise Conflict(
            _("This step is not possible while the counter-notice stands at “%(state)s”.")
            % {"state": counter_notice.get_state_display()}
        )
    transition()
    counter_notice.save(update_fields=["state"])
    facts = {
        "counter_notice": counter_notice.reference,
        "state": counter_notice.state,
        **step.facts,
    }
    effective = (step.effective_at or step.now).isoformat()
    append(
        case_chain(case_id),
        EVENTS[event],
        actor=step.actor,
        at=step.now,
        facts={**facts, "effective_at": effective},
        payload=step.payload,
    )
    follow(regime_id, step)
    return counter_notice


def follow(regime_id: UUID, step: Step) -> None:
    """Bring the regime to where its counter-notices and grounds say that it stands.

    What was restored stays so, unless proceedings were shown just before the put-back. Where measures stand uncontested again, the time begins anew after
    which the file is put away.
    """
    regime = CaseRegime.objects.get(id=regime_id)
    target = _target(regime)
    over = regime.state == RegimeState.RESTORED and target != RegimeState.HELD
    if regime.state == target or over:
        return
    plain = Step(step.actor, step.now, step.effective_at)
    advance_regime(regime_id, _REGIME_EVENT[target], plain)
    if target == RegimeState.MEASURES and not open_deadlines(CLOSE_FILE, regime_id).exists():
        start_close_file(regime, now=step.now, actor=step.actor)


def locate(id: UUID) -> tuple[UUID, UUID]:
    """The case and the regime of a counter-notice."""
    case_id, regime_id = CounterNotice.objects.values_list(
        "case_regime__case_id", "case_regime_id"
    ).get(id=id)
    return case_id, regime_id


def _target(regime: CaseRegime) -> RegimeState:
    states = set(CounterNotice.objects.filter(case_regime=regime).values_list("state", flat=True))
    if not live_grounds(regime.id).exists():
        return RegimeState.RESTORED
    if State.WAITING in states:
        return RegimeState.WAITING
    if states & {State.FILED, State.INCOMPLETE, State.FORWARDED}:
        return RegimeState.CONTESTED
    return RegimeState.HELD if State.HELD in states else RegimeState.MEASURES
