"""What happens when a clock of this room runs out, or comes near its end."""

from common.actors import SWEEP
from counternotices.rules import (
    ANSWER_COMPLAINT,
    PUT_BACK,
    REVIEW,
    RULING,
    SUE,
    WAIT,
    WINDOW,
)
from counternotices.services.court_events import lapse
from counternotices.services.putting_back import comes_near
from counternotices.services.waiting import wait_is_over
from deadlines.registry import Due, Kind, Outcome, register


def waiting_period_is_over(due: Due) -> Outcome:
    """Civil Code 1196(2), second sentence: nobody showed suit or complaint, so the measures end."""
    done = wait_is_over(due.subject_id, due_at=due.due_at, now=due.now, actor=SWEEP)
    return Outcome.CARRIED_OUT if done else Outcome.NOT_DUE


def put_back_comes_near(due: Due) -> None:
    """17 USC 512(g)(2)(C): not later than the fourteenth business day. What is not back rings the alarm."""
    comes_near(due.subject_id, now=due.now)


def window_closes(due: Due) -> None:
    """Regulation 2022/2065 art. 20(1): the window was open long enough. Nothing else changes."""


def nobody_sued(due: Due) -> Outcome:
    """Civil Procedure Law 104(3): preservation before the suit falls away without a suit."""
    done = lapse(due.subject_id, due_at=due.due_at, now=due.now)
    return Outcome.CARRIED_OUT if done else Outcome.NOT_DUE


def join() -> None:
    """Tell the deadlines room about the kinds of this room. Called once, when the apps are ready."""
    register(Kind(REVIEW))
    register(Kind(WAIT, fire=waiting_period_is_over))
    register(
        Kind(PUT_BACK, warn=put_back_comes_near, breach=put_back_comes_near, outlives_case=True)
    )
    register(Kind(WINDOW, fire=window_closes, outlives_case=True))
    register(Kind(ANSWER_COMPLAINT, outlives_case=True))
    register(Kind(RULING, outlives_case=True))
    register(Kind(SUE, fire=nobody_sued, outlives_case=True))
