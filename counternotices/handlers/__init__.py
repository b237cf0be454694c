"""What happens when a clock of this room runs out, or comes near its end."""

from common.actors import SWEEP
from counternotices.handlers import moved
from counternotices.rules import (
    ANSWER_COMPLAINT,
    PUT_BACK,
    REVIEW,
    RULING,
    SUE,
    SUSPENSION,
    WAIT,
    WINDOW,
)
from counternotices.services import abuse
from counternotices.services.court_events import lapse
from counternotices.services.putting_back import comes_near
from counternotices.services.waiting import wait_is_over
from deadlines.registry import Due, Kind, Outcome, register, register_moved
from notices.rules import CLOSE_FILE
from notices.services.lifecycle import Step
from notices.services.warning import warned


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


def suspension_is_over(due: Due) -> Outcome:
    """They may contest again from this very moment, whenever the sweep wakes."""
    done = abuse.end(due.subject_id, Step(SWEEP, due.now, effective_at=due.due_at))
    return Outcome.CARRIED_OUT if done else Outcome.NOT_DUE


def join() -> None:
    """Tell the deadlines room about the kinds of this room. Called once, when the apps are ready."""
    register(warned(Kind(REVIEW, moved=moved.of_counter_notice)))
    register(warned(Kind(WAIT, fire=waiting_period_is_over, moved=moved.of_counter_notice)))
    register(
        Kind(
            PUT_BACK,
            warn=put_back_comes_near,
            breach=put_back_comes_near,
            moved=moved.of_counter_notice,
            outlives_case=True,
        )
    )
    register(Kind(WINDOW, fire=window_closes, moved=moved.of_window, outlives_case=True))
    register(warned(Kind(ANSWER_COMPLAINT, moved=moved.filer, outlives_case=True)))
    register(warned(Kind(RULING, outlives_case=True)))
    register(warned(Kind(SUE, fire=nobody_sued, moved=moved.of_court_order, outlives_case=True)))
    register(Kind(SUSPENSION, fire=suspension_is_over, outlives_case=True))
    register_moved(CLOSE_FILE, moved.of_case)
