"""Ordering measures for a case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Conflict
from common.jobs import enqueue
from common.transactions import lock_case
from evidence.chain import Fact
from measures.errors import BadOrder, StillLifting
from measures.models import FAMILY_MODELS, Measure
from measures.rules import ON_ARTEFACT, SENT, Family, needs_second_person
from measures.services import blocks, grounds, terms, widths
from measures.services.lifecycle import hold_row, record, store
from measures.services.orders import Order, check
from measures.services.prior_warning import require_warned
from measures.services.requests import compose
from measures.services.ticket_opening import join_ticket, open_ticket
from measures.states import LIVE, MeasureState
from notices.access import require_role
from notices.models import Case, CaseRegime, ClaimedItem
from notices.services.lifecycle import Step, advance_regime
from notices.states import CARRIES_MEASURES, CaseState, RegimeState
from regimes.vocabulary import CaseKind
from users.models import User
from users.roles import CASEWORKERS

# How long the ordinary task has before the sweep sends another one.
GRACE = timedelta(seconds=10)


@dataclass(frozen=True)
class _Basis:
    """For which case, under which of its regimes, who orders, and when."""

    case: Case
    regimes: Sequence[CaseRegime]
    user: User
    step: Step


@transaction.atomic
def impose(
    case: Case, regimes: Sequence[CaseRegime], orders: Sequence[Order], *, user: User, now: datetime
) -> list[Measure]:
    """Order these measures on the grounds of a case under these of its regimes.

    A target that already bears such a measure gets a further ground instead of a second measure.
    What needs a second person waits for approval, a block that would stop too many recent prompts
    among it; everything else is on its way when the transaction commits. Returns the measures, new or joined, in the order of `orders`.
    Raises Forbidden, Conflict, BadOrder, StillLifting, NotWarned; nothing is done in that case.
    """
    require_role(user, *CASEWORKERS)
    return _impose(_Basis(case, regimes, user, Step(staff(user.id), now)), orders)


@transaction.atomic
def impose_by_itself(
    case: Case, regimes: Sequence[CaseRegime], order: Order, *, decider: User, step: Step
) -> Measure:
    """As `impose`, with nobody pressing: what a decision that stands already reaches.

    The ground stands in the name of `decider`, who made that decision, so that they cannot approve it
    either; `step` names the machine that acts, and why.
    """
    return _impose(_Basis(case, regimes, decider, step), [order])[0]


def _impose(basis: _Basis, orders: Sequence[Order]) -> list[Measure]:
    lock_case(basis.case.id)
    _check_standing(basis.case, basis.regimes)
    claimed = ClaimedItem.objects.filter(notice__case=basis.case).select_related("artefact")
    items = {item.id: item for item in claimed}
    for order in orders:
        check(order, basis.case, items)
        require_warned(order, basis.case, basis.regimes)
    orders = [_tried(order, basis.step.now) for order in orders]
    done: dict[int, Measure] = {}
    for place, order in sorted(enumerate(orders), key=lambda pair: pair[1].sort_key()):
        done[place] = _impose_one(order, basis)
    return [done[place] for place in range(len(orders))]


def take_up(measure: Measure, regimes: Sequence[CaseRegime], step: Step) -> None:
    """The measure is ordered for good: its regimes carry measures from now on, and it is sent off."""
    for regime in regimes:
        if CaseRegime.objects.get(id=regime.id).state == RegimeState.OPEN:
            advance_regime(regime.id, "take_measures", step)
    if measure.state == MeasureState.ORDERED and measure.family in SENT:
        enqueue("measures.execute", measure.id)


def _check_standing(case: Case, regimes: Sequence[CaseRegime]) -> None:
    if case.kind != CaseKind.OUTPUT_NOTICE:
        raise BadOrder(_("A complaint about training brings no measure on items."))
    if Case.objects.get(id=case.id).state != CaseState.ACCEPTED:
        raise Conflict(_("Accept the notice first: measures rest on that decision."))
    if not regimes or any(regime.case_id != case.id for regime in regimes):
        raise BadOrder(_("Name the regimes of this case that ask for the measure."))
    fresh = CaseRegime.objects.filter(id__in=[regime.id for regime in regimes])
    if any(regime.state not in {RegimeState.OPEN, *CARRIES_MEASURES} for regime in fresh):
        raise Conflict(_("The procedure has ended under this regime; no measure can rest on it."))


def _impose_one(order: Order, basis: _Basis) -> Measure:
    existing = _live(order, basis.case)
    if existing is None:
        try:
            with transaction.atomic():
                return _create(order, basis)
        except IntegrityError:  # another case was quicker by a moment, or the order is impossible
            existing = _live(order, basis.case)
            if existing is None:
                raise
    return _join(existing, order, basis)


def _tried(order: Order, now: datetime) -> Order:
    """A block with what came of trying it on recent prompts; before anything is begun that others wait for."""
    found = widths.tried(order, now)
    if found is None:
        return order
    told = {**order.parameters, "tried": widths.as_stored(found)}
    return replace(order, parameters=told, too_wide=found.too_wide)


def _live(order: Order, case: Case) -> Measure | None:
    live = Measure.objects.filter(state__in=LIVE, family=order.family, level=order.level)
    target = order.target()
    if target is None:
        found = live.filter(platform=case.platform, terms_digest=order.terms_digest())
    elif order.family in ON_ARTEFACT:
        found = live.filter(artefact=target.id)
    else:
        found = live.filter(platform_user=target.id)
    measure = found.first()
    return hold_row(measure.id) if measure else None


def _create(order: Order, basis: _Basis) -> Measure:
    measure = _row(order, basis)
    measure.request = compose(measure, basis.case.reference)
    measure.save(force_insert=True)
    grounds.add(measure, basis.regimes, order.item, basis.user, basis.step.now)
    event = "measure.proposed" if measure.approval_required else "measure.ordered"
    record(measure, event, basis.step, cases=[basis.case.id])
    if order.family == Family.MODEL_OPTIMISATION:
        open_ticket(measure, basis.regimes[0], basis.step)
    if not measure.approval_required:
        take_up(measure, basis.regimes, basis.step)
    if order.family == Family.PROMPT_BLOCK:
        begin = blocks.watch if measure.approval_required else blocks.create
        begin(measure, basis.step)
    return measure


def _row(order: Order, basis: _Basis) -> Measure:
    heavy = needs_second_person(order.family, order.level) or order.too_wide
    target, on_artefact = order.target(), order.family in ON_ARTEFACT
    return FAMILY_MODELS[order.family](
        family=order.family,
        level=order.level,
        platform=basis.case.platform,
        artefact_id=target.id if target and on_artefact else None,
        platform_user_id=target.id if target and not on_artefact else None,
        terms_digest=order.terms_digest(),
        parameters=dict(order.parameters),
        territory=order.territory,
        state=MeasureState.PROPOSED if heavy else MeasureState.ORDERED,
        approval_required=heavy,
        ordered_by=basis.user,
        ordered_at=basis.step.now,
        expires_at=order.expires_at,
        try_after=basis.step.now + GRACE,
    )


def _join(measure: Measure, order: Order, basis: _Basis) -> Measure:
    if measure.state == MeasureState.LIFTING:
        raise StillLifting(
            _("An earlier measure on this target is just being lifted. Order again in a minute.")
        )
    if grounds.add(measure, basis.regimes, order.item, basis.user, basis.step.now):
        # What tests have shown so far, for a chain that did not see it.
        facts: dict[str, Fact] = {**basis.step.facts, "verified": measure.verified_at is not None}
        joined = Step(basis.step.actor, basis.step.now, facts=facts)
        record(measure, "measure.ground_added", joined, cases=[basis.case.id])
        if order.family == Family.MODEL_OPTIMISATION:
            join_ticket(measure, basis.regimes[0], basis.step)
    terms.lengthen(measure, order, basis.case, basis.user, basis.step)
    if measure.state != MeasureState.PROPOSED:
        take_up(measure, basis.regimes, basis.step)
    if order.parameters.get("names_person") and not measure.parameters.get("names_person"):
        # One who knows it for a person's name is enough: the rule leaves for no other provider from now on.
        store(measure, parameters={**measure.parameters, "names_person": True})
    blocks.keep_true(measure, basis.step)
    return measure
