"""What handlers are told about a row."""

from datetime import datetime

from deadlines.models import Deadline
from deadlines.registry import Change, Due, moved_listeners
from deadlines.services.lifecycle import Breached


def due_of(row: Deadline | Breached, now: datetime) -> Due:
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


def tell_moved(row: Deadline, change: Change, now: datetime) -> None:
    """Let everybody who registered for it tell people that the date moved."""
    for tell in moved_listeners(row.kind):
        tell(due_of(row, now), change)
