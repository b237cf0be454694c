"""What happens when a clock of this room runs out."""

from common.actors import SWEEP
from deadlines.models import Deadline
from deadlines.registry import Change, Due, Kind, Outcome, register
from notices.models import Case, InformationRequest
from notices.presenters.clocks import TOLD
from notices.rules import ACKNOWLEDGE, ANSWER, CURE_CONTACT, DECIDE, SUSPENSION
from notices.services import sanctions
from notices.services.completeness import may_be_refused_for_a_gap
from notices.services.decisions import lapse
from notices.services.information import leave_unanswered
from notices.services.lifecycle import Step
from notices.services.moving import tell_filer
from notices.services.warning import warned
from notices.states import CaseState


def answer_is_over(due: Due) -> Outcome:
    """The filer did not complete the notice: from the moment the time was over it lapses.

    Where a law of the case lets no missing element justify a refusal (Regulation 2022/2065 art. 16), it is
    decided on what was given instead.
    """
    asked = InformationRequest.objects.get(id=due.subject_id)
    case = Case.objects.get(id=asked.case_id)
    if asked.answered_at is not None or case.state != CaseState.AWAITING_FILER:
        return Outcome.NOT_DUE
    step = Step(SWEEP, due.now, effective_at=due.due_at)
    if may_be_refused_for_a_gap(case):
        lapse(case.id, step)
    else:
        leave_unanswered(asked, step)
    return Outcome.CARRIED_OUT


def filer_learns_new_date(due: Due, change: Change) -> None:
    """The filer was told a date and is told the new one."""
    row = Deadline.objects.get(pk=due.deadline_id)
    tell_filer(row, change, TOLD[due.kind], now=due.now)


def suspension_is_over(due: Due) -> Outcome:
    """A suspended filer may file again from this very moment, whenever the sweep wakes."""
    done = sanctions.end(due.subject_id, Step(SWEEP, due.now, effective_at=due.due_at))
    return Outcome.CARRIED_OUT if done else Outcome.NOT_DUE


def join() -> None:
    """Tell the deadlines room about the kinds of this room. Called once, when the apps are ready.

    CLOSE_FILE is joined by `measures`, the lowest room that sees what still rests on a regime.
    """
    register(warned(Kind(ACKNOWLEDGE)))
    register(warned(Kind(CURE_CONTACT)))
    register(warned(Kind(DECIDE, moved=filer_learns_new_date)))
    register(warned(Kind(ANSWER, fire=answer_is_over, moved=filer_learns_new_date)))
    register(Kind(SUSPENSION, fire=suspension_is_over, outlives_case=True))
