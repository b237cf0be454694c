"""Upholding a notice: the decision, its measures and the letters, all of it or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from casework.services.forward import forward_notice
from common.actors import staff
from measures.services.impose import impose
from measures.services.orders import Order
from measures.services.standing import enter
from notices.models import Case
from notices.services import letters
from notices.services.clocks import start_close_file
from notices.services.decisions import Ruling, accept
from notices.services.lifecycle import Step
from users.models import User


@transaction.atomic
def uphold(
    case_id: UUID,
    ruling: Ruling,
    orders: Sequence[Order],
    intents: Mapping[UUID, str] = MappingProxyType({}),
    *,
    user: User,
    now: datetime,
) -> Case:
    """Accept a notice in whole or in part, order its measures, enter it on its users' ladders, forward it, tell the filer.

    `intents`: what was found of the intent of each user, by their id (measures.rules.Intent).

    Forwarding goes with the measures: at the same time under Regulation 2013 art. 15, timely under
    Civil Code 1195(2), and the statement of reasons no later than the restriction under DSA 17(2).
    """
    case = accept(case_id, ruling, user=user, now=now)
    regimes = list(case.regimes.all())
    if orders:
        impose(case, regimes, orders, user=user, now=now)
    actor = staff(user.id)
    enter(case, intents, Step(actor, now))
    forward_notice(case, ruling.reasons, now=now, actor=actor)
    for regime in regimes:
        start_close_file(regime, now=now, actor=actor)
    letters.accepted(case, ruling.reasons, now=now, actor=actor)
    return case
