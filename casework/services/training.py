"""Answering a complaint about training."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Conflict
from common.transactions import lock_case
from notices.models import Case
from notices.services import letters
from notices.services.decisions import Ruling, accept, close_regimes
from notices.services.lifecycle import Step, advance
from regimes.vocabulary import CaseKind
from users.models import User


@transaction.atomic
def find_justified(case_id: UUID, reasons: Mapping[str, str], *, user: User, now: datetime) -> Case:
    """The complaint holds: the complainant is told what will be done, and the case is closed.

    Nothing is taken down, so there is nothing to contest and nobody else to tell (GPAI Code, measure
    1.5). Raises Conflict for a notice about output, and what `accept` raises.
    """
    lock_case(case_id)
    if Case.objects.get(id=case_id).kind != CaseKind.TRAINING_COMPLAINT:
        raise Conflict(_("This is a notice about output: uphold it with its measures."))
    case = accept(case_id, Ruling(reasons), user=user, now=now)
    step = Step(staff(user.id), now)
    letters.training_answered(case, reasons, now=now, actor=step.actor)
    close_regimes(case, step)
    return advance(case_id, "close", step)
