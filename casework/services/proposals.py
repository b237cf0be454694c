"""A rule that another provider proposes becomes a measure of a case of our own, by a person, or nothing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Forbidden, RedressError
from measures.models import Measure
from measures.rules import Family
from measures.services.impose import impose
from measures.services.orders import Order
from notices.access import case_for, require_role
from notices.models import Case, CaseRegime
from notices.states import CARRIES_MEASURES, CaseState, RegimeState
from screening.models import RuleProposal
from screening.services.lists import approved, hold_proposal, refuse_proposal
from users.models import User
from users.roles import Role


@dataclass(frozen=True)
class Taking:
    """For which case of ours a proposed rule is ordered, and what it is to do.

    `names_person`: a term is, or may be, a real person's name. Lists do not say, so it is until somebody says not.
    """

    reference: str
    mode: str
    names_person: bool = True


@transaction.atomic
def take(id: UUID, taking: Taking, *, user: User, now: datetime) -> Measure:
    """Order the proposed rule for an accepted case of ours: a block rests on a notice, or it does not live.

    It is tried like every block, and waits for another person if it is too wide. Raises Forbidden for
    anybody but an approver and for whoever took the list in, RedressError without an accepted case.
    """
    require_role(user, Role.APPROVER)
    case = _case(user, taking.reference)
    proposal = hold_proposal(id)
    if proposal.source.imported_by == staff(user.id).key:
        raise Forbidden(_("You took this list in: somebody else must approve what is in it."))
    [measure] = impose(case, _regimes(case), [_order(proposal, taking)], user=user, now=now)
    approved(proposal, measure.id, actor=staff(user.id), now=now)
    return measure


def turn_down(id: UUID, reason: str, *, user: User, now: datetime) -> None:
    """Do not take the proposed rule. Raises Forbidden, RedressError without a reason, Conflict once decided."""
    require_role(user, Role.APPROVER)
    refuse_proposal(id, reason, actor=staff(user.id), now=now)


def _case(user: User, reference: str) -> Case:
    sentence = _("Name an accepted case of ours on which the rule is to stand.")
    try:
        case = case_for(user, reference)
    except RedressError as error:
        raise RedressError(sentence, fields={"reference": error.message}) from None
    if case.state != CaseState.ACCEPTED:
        raise RedressError(
            sentence, fields={"reference": _("This case is not accepted, or no longer.")}
        )
    return case


def _regimes(case: Case) -> list[CaseRegime]:
    return [one for one in case.regimes.all() if one.state in {RegimeState.OPEN, *CARRIES_MEASURES}]


def _order(proposal: RuleProposal, taking: Taking) -> Order:
    told = proposal.content
    expires = told.get("expires")
    return Order(
        Family.PROMPT_BLOCK,
        parameters={
            "terms": told["terms"],
            "allow": [{"text": text, "language": "und"} for text in told["allow_phrases"]],
            "mode": taking.mode,
            "fields": told["fields"],
            "names_person": taking.names_person,
        },
        territory=told["territory"],
        expires_at=parse_datetime(expires) if expires else None,
    )
