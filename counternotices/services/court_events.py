"""The one door to a court order's state, and what its beginning and end do to the measures it names."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django_fsm import can_proceed

from common.actors import SWEEP, Actor
from common.errors import Conflict
from common.transactions import lock_case, require_transaction
from counternotices.models import CounterNotice, CourtOrder, Effect
from counternotices.rules import PRESERVATION_TAKEN, SUE
from counternotices.services.clocks import stop_clocks
from counternotices.services.letters_court import court_step
from counternotices.services.lifecycle import advance_counter_notice, follow
from counternotices.states import CAN_BECOME_MOOT, CourtState
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from measures.selectors import contestable_grounds
from measures.services.freezing import freeze, thaw
from measures.services.grounds import end_grounds
from measures.states import EndReason
from notices.services.clocks import start_clock
from notices.services.decisions import close_if_settled
from notices.services.lifecycle import Step
from notices.services.regimes import pack_of
from regimes.questions import clocks_started_by

EVENTS: Final = {
    "grant": "court_order.received",
    "refuse": "court_application.refused",
    "lift": "court_order.lifted",
    "lapse": "court_order.lapsed",
}


@dataclass(frozen=True)
class Event:
    """Who records it, now, from when it counts in law, and the SHA-256 of the paper that shows it, if one does."""

    actor: Actor
    now: datetime
    effective_at: datetime
    paper: str | None = None

    def step(self) -> Step:
        """The same as a step of a case."""
        return Step(self.actor, self.now, effective_at=self.effective_at)


def move(order: CourtOrder, name: str, event: Event) -> CourtOrder:
    """Move an order by one of EVENTS. Raises Conflict when its state does not allow it."""
    lock_case(order.case_regime.case_id)
    fresh = CourtOrder.objects.select_related("case_regime__case").get(id=order.id)
    transition = getattr(fresh, name)
    if not can_proceed(transition):
        raise Conflict(
            _("This step is not possible while the order stands at “%(state)s”. Reload the page.")
            % {"state": fresh.get_state_display()}
        )
    transition()
    fresh.save(update_fields=["state"])
    born(fresh, EVENTS[name], event)
    return fresh


def born(order: CourtOrder, name: str, event: Event) -> None:
    """Write down what happened to an order: ids and codes, and the hash of the paper."""
    measures: list[Fact] = [str(id) for id in sorted(order.measures.values_list("id", flat=True))]
    facts: dict[str, Fact] = {
        "order": order.reference,
        "regime": order.case_regime.pack_id,
        "effect": order.effect,
        "before_suit": order.before_suit,
        "state": order.state,
        "measures": measures,
        "file": event.paper,
        "effective_at": event.effective_at.isoformat(),
    }
    chain = case_chain(order.case_regime.case_id)
    append(chain, name, actor=event.actor, at=event.now, facts=facts)


def obey(order: CourtOrder, event: Event) -> None:
    """Hold what is to be kept, give back what is to be given back; the time to sue begins where it has to."""
    if order.effect == Effect.KEEP:
        case_id = order.case_regime.case_id
        freeze(case_id, _measures(order), order.id, event.step())
    if order.before_suit:
        start_court_clock(SUE, order, PRESERVATION_TAKEN, event)
    court_step(order, CourtState.IN_FORCE, event.effective_at, now=event.now, actor=event.actor)
    if order.effect == Effect.RESTORE:
        _give_back(order, event)


def end_hold(order: CourtOrder, state: CourtState, event: Event) -> None:
    """What the order held is free again, and both sides are told."""
    CourtOrder.objects.filter(id=order.id).update(ended_at=event.effective_at)
    thaw(order.case_regime.case_id, order.id, event.step())
    court_step(order, state, event.effective_at, now=event.now, actor=event.actor)


def lapse(id: UUID, *, due_at: datetime, now: datetime) -> bool:
    """Nobody sued in time: the hold ends as of that moment. Called by the sweep, which holds the case."""
    require_transaction()
    order = CourtOrder.objects.select_related("case_regime__case").get(id=id)
    if order.state != CourtState.IN_FORCE:
        return False
    event = Event(SWEEP, now, due_at)
    end_hold(move(order, "lapse", event), CourtState.LAPSED, event)
    return True


def start_court_clock(kind: str, order: CourtOrder, trigger: str, event: Event) -> None:
    """The clock that the pack starts with this event, if it has one."""
    regime = order.case_regime
    for clock in clocks_started_by(pack_of(regime), trigger)[:1]:
        at, now = event.effective_at, event.now
        start_clock(kind, clock, regime, order.id, at=at, now=now, actor=event.actor)


def _give_back(order: CourtOrder, event: Event) -> None:
    """The named measures lose this regime's ground; a counter-notice with nothing left to contest ends."""
    regime = order.case_regime
    end_grounds(regime, EndReason.COURT, event.step(), measures=_measures(order))
    people = {one.touches for one in order.measures.all()}
    open_ = CounterNotice.objects.filter(
        case_regime=regime, respondent__in=[p for p in people if p], state__in=CAN_BECOME_MOOT
    )
    for counter_notice in open_:
        if not contestable_grounds(regime.id, counter_notice.respondent_id).exists():
            advance_counter_notice(counter_notice.id, "end", event.step())
            CounterNotice.objects.filter(id=counter_notice.id).update(ended_at=event.effective_at)
            stop_clocks(counter_notice, now=event.now, actor=event.actor)
    follow(regime.id, event.step())
    close_if_settled(regime.case_id, event.step())


def _measures(order: CourtOrder) -> list[UUID]:
    return list(order.measures.order_by("id").values_list("id", flat=True))
