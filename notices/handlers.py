"""What happens when a clock of this room runs out."""

from common.actors import SWEEP
from deadlines.models import Deadline
from deadlines.registry import Change, Due, Kind, Outcome, register
from notices.models import Case, CaseRegime, InformationRequest
from notices.presenters.clocks import TOLD
from notices.rules import ACKNOWLEDGE, ANSWER, CLOSE_FILE, DECIDE
from notices.services.decisions import close_if_settled, lapse
from notices.services.lifecycle import Step, advance_regime
from notices.services.moving import tell_filer
from notices.services.warning import warn
from notices.states import MAY_BE_PUT_AWAY, CaseState


def answer_is_over(due: Due) -> Outcome:
    """The filer did not complete the notice: it lapses, from the moment the time was over."""
    asked = InformationRequest.objects.get(id=due.subject_id)
    case = Case.objects.get(id=asked.case_id)
    if asked.answered_at is not None or case.state != CaseState.AWAITING_FILER:
        return Outcome.NOT_DUE
    lapse(case.id, Step(SWEEP, due.now, effective_at=due.due_at))
    return Outcome.CARRIED_OUT


def file_may_close(due: Due) -> Outcome:
    """The affected user did not answer: measures, if any were taken, stay and the regime's procedure ends."""
    regime = CaseRegime.objects.get(id=due.subject_id)
    if regime.state not in MAY_BE_PUT_AWAY:
        return Outcome.NOT_DUE
    step = Step(SWEEP, due.now, effective_at=due.due_at)
    advance_regime(regime.id, "close", step)
    close_if_settled(regime.case_id, step)
    return Outcome.CARRIED_OUT


def filer_learns_new_date(due: Due, change: Change) -> None:
    """The filer was told a date and is told the new one."""
    row = Deadline.objects.get(pk=due.deadline_id)
    tell_filer(row, change, TOLD[due.kind], now=due.now)


def join() -> None:
    """Tell the deadlines room about the kinds of this room. Called once, when the apps are ready."""
    register(Kind(ACKNOWLEDGE, warn=warn, breach=warn))
    register(Kind(DECIDE, warn=warn, breach=warn, moved=filer_learns_new_date))
    register(Kind(ANSWER, fire=answer_is_over, warn=warn, moved=filer_learns_new_date))
    register(Kind(CLOSE_FILE, fire=file_may_close, warn=warn))
