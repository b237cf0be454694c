"""Reversing a refusal on the filer's complaint: the decision, its measures and the letters, all or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from casework.services.forward import forward_notice
from common.actors import staff
from counternotices.models import Complaint
from counternotices.services.complaints import answer
from deadlines.selectors import open_deadlines
from measures.services.impose import impose
from measures.services.orders import Order
from measures.services.standing import enter
from notices.models import Case
from notices.rules import CLOSE_FILE
from notices.services import letters
from notices.services.clocks import start_close_file
from notices.services.decisions import Ruling, reverse_refusal
from notices.services.lifecycle import Step
from users.models import User


@transaction.atomic
def reverse(
    complaint_id: UUID,
    ruling: Ruling,
    orders: Sequence[Order],
    intents: Mapping[UUID, str] = MappingProxyType({}),
    *,
    user: User,
    now: datetime,
) -> Complaint:
    """Uphold the complaint and the items it is about, order their measures, enter them on ladders, tell everybody.

    Raises what `answer`, `reverse_refusal` and `impose` raise; nothing is done then.
    """
    complaint = answer(complaint_id, "uphold", ruling.reasons, user=user, now=now)
    case = reverse_refusal(complaint.case_regime.case_id, ruling, user=user, now=now)
    if orders:
        impose(case, list(case.regimes.all()), orders, user=user, now=now)
    enter(case, intents, Step(staff(user.id), now))
    _tell(case, ruling, user, now)
    return complaint


def _tell(case: Case, ruling: Ruling, user: User, now: datetime) -> None:
    actor = staff(user.id)
    forward_notice(case, ruling.reasons, now=now, actor=actor)
    for regime in case.regimes.all():
        if not open_deadlines(CLOSE_FILE, regime.id).exists():
            start_close_file(regime, now=now, actor=actor)
    letters.accepted(case, ruling.reasons, now=now, actor=actor)
