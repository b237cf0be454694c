"""What handlers are told about a row."""

from datetime import datetime

from deadlines.models import Deadline
from deadlines.registry import Due


def due_of(row: Deadline, now: datetime) -> Due:
    """The row as a handler sees it."""
    return Due(
        deadline_id=row.pk,
        kind=row.kind,
        case_id=row.case_id,
        case_regime_id=row.case_regime_id,
        subject_id=row.subject_id,
        owner_id=row.owner_id,
        due_at=row.due_at,
        now=now,
    )
