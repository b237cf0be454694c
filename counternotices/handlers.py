"""What happens when a clock of this room runs out."""

from common.actors import SWEEP
from counternotices.rules import REVIEW, WAIT
from counternotices.services.waiting import wait_is_over
from deadlines.registry import Due, Kind, Outcome, register


def waiting_period_is_over(due: Due) -> Outcome:
    """Civil Code 1196(2), second sentence: nobody showed suit or complaint, so the measures end."""
    done = wait_is_over(due.subject_id, due_at=due.due_at, now=due.now, actor=SWEEP)
    return Outcome.CARRIED_OUT if done else Outcome.NOT_DUE


def join() -> None:
    """Tell the deadlines room about the kinds of this room. Called once, when the apps are ready."""
    register(Kind(REVIEW))
    register(Kind(WAIT, fire=waiting_period_is_over))
