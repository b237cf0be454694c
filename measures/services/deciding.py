"""A person decides between two laws."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import Conflict, NotFound, RedressError
from common.transactions import lock_case
from measures.models import RegimeConflict
from measures.services.conflicts import record
from measures.services.grounds import end_grounds
from measures.states import ConflictDecision, EndReason
from notices.access import require_role
from notices.services.lifecycle import Step
from notices.services.reasons import require_reasons
from users.models import User
from users.roles import CASEWORKERS


@dataclass(frozen=True)
class Choice:
    """Which way (a code of ConflictDecision), and why, in both languages: both sides are told."""

    decision: str
    reasons: Mapping[str, str]


@transaction.atomic
def decide_conflict(
    case_id: UUID, id: UUID, choice: Choice, *, user: User, now: datetime
) -> RegimeConflict:
    """Keep the measures, or end what the holding regime still stands on.

    Raises Forbidden, NotFound for no such conflict of this case, Conflict when it is decided or has
    closed itself, RedressError without a decision or without reasons in both languages.
    """
    require_role(user, *CASEWORKERS)
    lock_case(case_id)
    conflict = _open_one(case_id, id)
    _check(choice)
    RegimeConflict.objects.filter(id=id).update(
        decision=choice.decision,
        reasons=dict(choice.reasons),
        decided_by=user,
        decided_at=now,
        closed_at=now,
    )
    text = json.dumps(dict(choice.reasons), ensure_ascii=False, sort_keys=True)
    step = Step(staff(user.id), now, payload=text.encode())
    record(conflict, "regime_conflict.decided", step, {"decision": choice.decision})
    if choice.decision == ConflictDecision.RESTORE:
        measures = list(conflict.measures.values_list("id", flat=True))
        plain = Step(staff(user.id), now)
        end_grounds(conflict.holds, EndReason.CONFLICT, plain, measures=measures)
    return RegimeConflict.objects.get(id=id)


def _open_one(case_id: UUID, id: UUID) -> RegimeConflict:
    conflict = (
        RegimeConflict.objects.select_related("releases", "holds")
        .filter(id=id, case_id=case_id)
        .first()
    )
    if conflict is None:
        raise NotFound(_("There is no such conflict in this case."))
    if conflict.closed_at is not None:
        raise Conflict(_("This conflict is settled already. Reload the page."))
    return conflict


def _check(choice: Choice) -> None:
    if choice.decision not in ConflictDecision.values:
        raise RedressError(_("Choose which way to decide."), fields={"decision": ""})
    require_reasons(choice.reasons)
