"""Granting more time at the desk: the paper is sealed and the clock extended, both or neither."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from common.actors import staff
from common.transactions import lock_case
from deadlines.models import Deadline
from deadlines.services import Grant, extend
from evidence.files import seal
from notices.access import require_role
from users.models import User
from users.roles import CASEWORKERS


@dataclass(frozen=True)
class Paper:
    """A file as it was handed in."""

    name: str
    content: BinaryIO


@transaction.atomic
def extend_clock(
    row: Deadline, grant: Grant, paper: Paper | None, *, user: User, now: datetime
) -> Deadline:
    """Extend this very clock. Raises Forbidden, FileRefused and what `deadlines.services.extend` raises."""
    require_role(user, *CASEWORKERS)
    lock_case(row.case_id)
    sealed = seal(paper.content, name=paper.name, at=now).id if paper else None
    return extend(
        row.kind,
        row.subject_id,
        Grant(grant.length, grant.reason, sealed),
        actor=staff(user.id),
        now=now,
        case_regime_id=row.case_regime_id,
    )
