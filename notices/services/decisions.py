"""Deciding a notice: item by item, with reasons, by a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor, staff
from common.jobs import enqueue
from common.transactions import lock_case
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.errors import NothingUpheld
from notices.models import Case, ClaimedItem, Decision
from notices.services import clocks, letters
from notices.services.claims import held_by
from notices.services.curing import decided_without_help, standing
from notices.services.lifecycle import Step, advance, advance_regime, require_possible
from notices.services.reasons import as_payload, require_reasons
from notices.states import CARRIES_MEASURES, SETTLED, CaseState, ItemOutcome, RegimeState
from regimes.vocabulary import CaseKind
from users.models import User


@dataclass(frozen=True)
class Ruling:
    """What a person decided: the outcome of each item by its id, and reasons in both languages."""

    reasons: Mapping[str, str]
    outcomes: Mapping[UUID, str] = field(default_factory=dict)
    item_reasons: Mapping[UUID, str] = field(default_factory=dict)


@transaction.atomic
def accept(case_id: UUID, ruling: Ruling, *, user: User, now: datetime) -> Case:
    """Uphold the notice in whole or in part. Items without an outcome are declined.

    Raises NothingUpheld when no item is upheld. Measures and letters to the affected user are the
    business of the rooms above, in the same transaction.
    """
    case = held_by(case_id, user)
    require_possible(case, "accept")
    upheld = _rule_on_items(case, ruling, user=user, now=now)
    if not upheld and case.kind == CaseKind.OUTPUT_NOTICE:
        raise NothingUpheld(_("Uphold at least one item, or decline the notice."))
    _decide(case, ruling, accepted=True, user=user, now=now)
    facts: dict[str, Fact] = {
        "upheld": upheld,
        "items": case.notice.items.count(),
        **standing(case),
    }
    step = Step(staff(user.id), now, facts=facts, payload=as_payload(ruling.reasons))
    return advance(case_id, "accept", step)


@transaction.atomic
def decline(case_id: UUID, ruling: Ruling, *, user: User, now: datetime) -> Case:
    """Refuse the notice with reasons; every regime closes, every clock stops, the filer is told."""
    case = held_by(case_id, user)
    require_possible(case, "decline")
    _rule_on_items(case, Ruling(ruling.reasons), user=user, now=now)
    _decide(case, ruling, accepted=False, user=user, now=now)
    step = Step(staff(user.id), now, facts=standing(case), payload=as_payload(ruling.reasons))
    declined = advance(case_id, "decline", step)
    close_regimes(case, step)
    letters.declined(case, ruling.reasons, now=now, actor=step.actor)
    return declined


@transaction.atomic
def reverse_refusal(case_id: UUID, ruling: Ruling, *, user: User, now: datetime) -> Case:
    """Uphold, on a complaint, items that were refused. What was upheld before stays so.

    The earlier decision stays in the ledger. Raises NothingUpheld without an item, Conflict when the
    case does not stand where something was refused.
    """
    lock_case(case_id)
    case = Case.objects.get(id=case_id)
    items = ClaimedItem.objects.filter(notice__case=case, id__in=list(ruling.outcomes))
    if not items.exists():
        raise NothingUpheld(_("Uphold at least one item, or reject the complaint."))
    step = Step(staff(user.id), now, payload=as_payload(ruling.reasons))
    if case.state == CaseState.DECLINED:
        advance(case_id, "reverse", step)
    elif case.state == CaseState.CLOSED:
        advance(case_id, "reopen", step)
    for regime in case.regimes.filter(state=RegimeState.CLOSED):
        advance_regime(regime.id, "reopen", Step(step.actor, now))
    items.update(outcome=ItemOutcome.UPHELD, outcome_reason="")
    numbers = sorted(items.values_list("number", flat=True))
    chain = case_chain(case_id)
    append(chain, "item.upheld", actor=step.actor, at=now, facts={"items": numbers})
    changed = {"reasons": dict(ruling.reasons), "decided_by": user, "decided_at": now}
    Decision.objects.filter(case=case).update(accepted=True, **changed)
    Case.objects.filter(id=case_id).update(decided_by=user, decided_at=now, closed_at=None)
    return Case.objects.get(id=case_id)


@transaction.atomic
def withdraw(case_id: UUID, *, actor: Actor, now: datetime) -> Case:
    """The filer takes the notice back: what rests on it ends, everybody is told."""
    lock_case(case_id)
    step = Step(actor, now)
    case = advance(case_id, "withdraw", step)
    close_regimes(case, step)
    letters.withdrawn(case, now=now, actor=actor)
    return case


def lapse(case_id: UUID, step: Step) -> Case:
    """Close a notice that was never completed; it may be filed anew."""
    case = advance(case_id, "lapse", step)
    close_regimes(case, step)
    letters.lapsed(case, now=step.now, actor=step.actor)
    return case


def close_regimes(case: Case, step: Step) -> None:
    """Settle every regime that is still open, and stop what runs. Measures follow their regimes."""
    clocks.stop_all(case, now=step.now, actor=step.actor)
    for regime in case.regimes.all():
        if regime.state in CARRIES_MEASURES:
            advance_regime(regime.id, "restore", step)
        elif regime.state not in SETTLED:
            advance_regime(regime.id, "close", step)
    Case.objects.filter(id=case.id).update(closed_at=step.now)
    enqueue("measures.follow", case.id)


def close_if_settled(case_id: UUID, step: Step) -> None:
    """Close an accepted case once each of its regimes has settled."""
    case = Case.objects.get(id=case_id)
    settled = all(regime.state in SETTLED for regime in case.regimes.all())
    if case.state == CaseState.ACCEPTED and settled:
        clocks.stop_all(case, now=step.now, actor=step.actor)
        advance(case_id, "close", step)
        Case.objects.filter(id=case_id).update(closed_at=step.now)


def _rule_on_items(case: Case, ruling: Ruling, *, user: User, now: datetime) -> int:
    items = list(case.notice.items.exclude(outcome=ItemOutcome.NOT_FOUND))
    for item in items:
        item.outcome = ruling.outcomes.get(item.id, ItemOutcome.DECLINED.value)
        item.outcome_reason = ruling.item_reasons.get(item.id, "")
    ClaimedItem.objects.bulk_update(items, ["outcome", "outcome_reason"], batch_size=500)
    for outcome, event in (
        (ItemOutcome.UPHELD, "item.upheld"),
        (ItemOutcome.DECLINED, "item.declined"),
    ):
        numbers = [item.number for item in items if item.outcome == outcome]
        if numbers:
            append(
                case_chain(case.id), event, actor=staff(user.id), at=now, facts={"items": numbers}
            )
    return sum(item.outcome == ItemOutcome.UPHELD for item in items)


def _decide(case: Case, ruling: Ruling, *, accepted: bool, user: User, now: datetime) -> None:
    require_reasons(ruling.reasons)
    Decision.objects.create(
        case=case, accepted=accepted, reasons=dict(ruling.reasons), decided_by=user, decided_at=now
    )
    Case.objects.filter(id=case.id).update(decided_by=user, decided_at=now)
    clocks.meet_decision(case, now=now, actor=staff(user.id))
    decided_without_help(case, now=now, actor=staff(user.id))
