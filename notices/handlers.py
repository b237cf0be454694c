"""What happens when a clock of this room runs out."""

from common.actors import SWEEP
from deadlines.registry import Due, Kind, Outcome, register
from notices.models import Case, CaseRegime, InformationRequest
from notices.rules import ACKNOWLEDGE, ANSWER, CLOSE_FILE, CURE_CONTACT, DECIDE
from notices.services.decisions import close_if_settled, lapse
from notices.services.lifecycle import Step, advance_regime
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


def join() -> None:
    """Tell the deadlines room about the kinds of this room. Called once, when the apps are ready."""
    register(Kind(ACKNOWLEDGE))
    register(Kind(DECIDE))
    register(Kind(CURE_CONTACT))
    register(Kind(ANSWER, fire=answer_is_over))
    register(Kind(CLOSE_FILE, fire=file_may_close))
