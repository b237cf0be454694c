"""What happens when a clock of this room runs out, or comes near its end."""

from common.actors import SWEEP
from counternotices.models import CounterNotice
from counternotices.presenters.clocks import TO_FILER, TO_RESPONDENT
from counternotices.rules import (
    ANSWER_COMPLAINT,
    PUT_BACK,
    REVIEW,
    RULING,
    SUE,
    WAIT,
    WINDOW,
)
from counternotices.services import letters
from counternotices.services.court_events import lapse
from counternotices.services.putting_back import comes_near
from counternotices.services.waiting import wait_is_over
from deadlines.models import Deadline
from deadlines.registry import Change, Due, Kind, Outcome, register, register_moved
from notices.models import Case
from notices.presenters.clocks import TOLD
from notices.rules import CLOSE_FILE
from notices.selectors import affected_users
from notices.services.moving import tell_filer
from notices.services.warning import warned


def waiting_period_is_over(due: Due) -> Outcome:
    """Civil Code 1196(2), second sentence: nobody showed suit or complaint, so the measures end."""
    done = wait_is_over(due.subject_id, due_at=due.due_at, now=due.now, actor=SWEEP)
    return Outcome.CARRIED_OUT if done else Outcome.NOT_DUE


def both_learn_new_date(due: Due, change: Change) -> None:
    """Both sides were told a date and are told the new one."""
    row = Deadline.objects.get(pk=due.deadline_id)
    filer = TO_FILER.get(due.kind) or TOLD.get(due.kind)
    if filer:
        tell_filer(row, change, filer, now=due.now)
    author = CounterNotice.objects.select_related("respondent").get(id=due.subject_id).respondent
    letters.date_moved(row, change, author, TO_RESPONDENT[due.kind], now=due.now)


def affected_users_learn_new_date(due: Due, change: Change) -> None:
    """Whoever is affected was told when the file is put away."""
    row = Deadline.objects.get(pk=due.deadline_id)
    for person in affected_users(Case.objects.get(id=due.case_id)):
        letters.date_moved(row, change, person, TO_RESPONDENT[due.kind], now=due.now)


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
    register(warned(Kind(REVIEW, moved=both_learn_new_date)))
    register(warned(Kind(WAIT, fire=waiting_period_is_over, moved=both_learn_new_date)))
    register(
        Kind(
            PUT_BACK,
            warn=put_back_comes_near,
            breach=put_back_comes_near,
            moved=both_learn_new_date,
            outlives_case=True,
        )
    )
    register(Kind(WINDOW, fire=window_closes, outlives_case=True))
    register(warned(Kind(ANSWER_COMPLAINT, outlives_case=True)))
    register(warned(Kind(RULING, outlives_case=True)))
    register(warned(Kind(SUE, fire=nobody_sued, outlives_case=True)))
    register_moved(CLOSE_FILE, affected_users_learn_new_date)
