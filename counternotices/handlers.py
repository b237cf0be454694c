"""What happens when a clock of this room runs out."""

from datetime import datetime

from deadlines.models import Deadline
from deadlines.registry import Kind, register

from common.actors import SWEEP
from counternotices.rules import REVIEW, WAIT
from counternotices.services.waiting import wait_is_over


def waiting_period_is_over(deadline: Deadline, now: datetime) -> None:
    """Civil Code 1196(2), second sentence: nobody showed suit or complaint, so the measures end."""
    wait_is_over(deadline.subject_id, due_at=deadline.due_at, now=now, actor=SWEEP)


def join() -> None:
    """Tell the deadlines room about the kinds of this room. Called once, when the apps are ready."""
    register(Kind(REVIEW))
    register(Kind(WAIT, fire=waiting_period_is_over))
