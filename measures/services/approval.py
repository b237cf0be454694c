"""The second pair of eyes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Conflict, RedressError
from measures.errors import OwnMeasure
from measures.models import Measure, MeasureGround
from measures.rules import Family
from measures.services import blocks, term_letters, terms
from measures.services.grounds import end_all
from measures.services.impose import GRACE, take_up
from measures.services.lifecycle import hold, move, record, store
from measures.states import FREEZABLE, EndReason, MeasureState
from notices.access import require_role
from notices.models import CaseRegime
from notices.services.lifecycle import Step
from users.models import User
from users.roles import Role


@transaction.atomic
def approve(measure_id: UUID, *, user: User, now: datetime) -> Measure:
    """Agree to a proposed measure; it is sent off when the transaction commits, a block is in force then.

    Of one in force for which a longer term is asked, the term is agreed to: it ends then as late as any case asks.
    Raises Forbidden for anybody but an approver, OwnMeasure for whoever ordered it, stands behind
    it or decided a case behind it, and Conflict when it no longer waits.
    """
    measure = _to_be_judged(measure_id, user, now)
    if measure.state != MeasureState.PROPOSED:
        return _agree_to_term(measure, user, now)
    step = Step(staff(user.id), now, facts={"approved_by": str(user.id)})
    move(
        measure,
        "approve",
        "measure.approved",
        step,
        approved_by=user,
        approved_at=now,
        try_after=now + GRACE,
    )
    regimes = CaseRegime.objects.filter(
        id__in=MeasureGround.objects.filter(measure=measure, ended_at=None).values("case_regime")
    )
    take_up(measure, list(regimes), Step(staff(user.id), now))
    if measure.family == Family.PROMPT_BLOCK:
        blocks.begin(measure, Step(staff(user.id), now))
    return measure


@transaction.atomic
def refuse(measure_id: UUID, reason: str, *, user: User, now: datetime) -> Measure:
    """Do not agree, and say why; a measure in force keeps the term it has. Raises as `approve` does, and RedressError without a reason."""
    if not reason.strip():
        raise RedressError(
            _("Say why you do not agree."), fields={"reason": _("Give your reasons.")}
        )
    measure = _to_be_judged(measure_id, user, now)
    if measure.state != MeasureState.PROPOSED:
        terms.settle(measure)
        told = Step(staff(user.id), now, payload=reason.strip().encode())
        record(measure, "measure.term_refused", told)
        return measure
    store(measure, refused_by=user, refused_reason=reason.strip())
    end_all(measure, EndReason.REFUSED, Step(staff(user.id), now, payload=reason.strip().encode()))
    return measure


def _agree_to_term(measure: Measure, user: User, now: datetime) -> Measure:
    asked = terms.longest(measure)
    if asked is None:
        raise Conflict(_("This measure no longer waits for approval. Reload the page."))
    terms.settle(measure, agreed=user)
    before = measure.expires_at
    store(measure, expires_at=asked.expires_at)
    told = asked.expires_at.isoformat() if asked.expires_at else None
    facts = {"approved_by": str(user.id), "expires_at": told}
    step = Step(staff(user.id), now, facts=facts)
    record(measure, "measure.term_extended", step)
    blocks.keep_true(measure, Step(staff(user.id), now))
    term_letters.lengthened(measure, before, asked.case_id, step)
    return measure


def may_judge(measure: Measure, user: User) -> bool:
    """Whether this person may approve or refuse it."""
    return user.has_role(Role.APPROVER) and user.id not in involved(measure)


def _to_be_judged(measure_id: UUID, user: User, now: datetime) -> Measure:
    require_role(user, Role.APPROVER)
    measure = hold(measure_id)
    asked = terms.waiting(measure) if measure.state in FREEZABLE else []
    waits = asked and not terms.is_over(measure, now)
    if measure.state != MeasureState.PROPOSED and not waits:
        raise Conflict(_("This measure no longer waits for approval. Reload the page."))
    if user.id in involved(measure) | {one.ordered_by for one in asked}:
        raise OwnMeasure(
            _("You ordered this measure or decided its case: somebody else must approve it.")
        )
    return measure


def involved(measure: Measure) -> set[UUID | None]:
    """Who ordered the measure, stands behind it or decided a case behind it."""
    pairs = MeasureGround.objects.filter(measure=measure).values_list(
        "ordered_by", "case__decided_by"
    )
    behind: set[UUID | None] = {person for pair in pairs for person in pair}
    return behind | {measure.ordered_by_id}
