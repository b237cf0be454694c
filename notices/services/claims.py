"""Taking a case, and giving it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.transactions import lock_case
from deadlines.services import hand_over
from evidence.ledger import append, case_chain
from notices.access import require_role
from notices.errors import AlreadyClaimed, NotYours
from notices.models import Case
from notices.rules import OWED_BY_HOLDER
from notices.services.lifecycle import Step, advance
from notices.states import CaseState
from users.models import User
from users.roles import CASEWORKERS


@transaction.atomic
def claim(case_id: UUID, *, user: User, now: datetime) -> Case:
    """The case is this person's to work on. Raises AlreadyClaimed when somebody else has it."""
    require_role(user, *CASEWORKERS)
    lock_case(case_id)
    case = Case.objects.select_related("claimed_by").get(id=case_id)
    if case.claimed_by_id == user.id:
        return case
    if case.claimed_by is not None:
        raise AlreadyClaimed(
            _("%(name)s is working on this case.") % {"name": case.claimed_by.name}
        )
    Case.objects.filter(id=case_id).update(claimed_by=user, claimed_at=now)
    hand_over(case_id, user.id, OWED_BY_HOLDER)
    append(case_chain(case_id), "case.claimed", actor=staff(user.id), at=now)
    if case.state == CaseState.RECEIVED:
        return advance(case_id, "start_review", Step(staff(user.id), now))
    return Case.objects.get(id=case_id)


@transaction.atomic
def release(case_id: UUID, *, user: User, now: datetime) -> Case:
    """The case is free again for anybody of the desk."""
    case = held_by(case_id, user)
    Case.objects.filter(id=case_id).update(claimed_by=None, claimed_at=None)
    hand_over(case_id, None, OWED_BY_HOLDER)
    append(case_chain(case_id), "case.released", actor=staff(user.id), at=now)
    return case


def held_by(case_id: UUID, user: User) -> Case:
    """The locked case, if this caseworker holds it. Raises NotYours, Forbidden for a role that was lost."""
    require_role(user, *CASEWORKERS)
    lock_case(case_id)
    case = Case.objects.get(id=case_id)
    if case.claimed_by_id != user.id:
        raise NotYours(_("Claim the case first: somebody else may be working on it."))
    return case
