"""What happens when a clock of this room runs out."""

from datetime import datetime
from uuid import UUID

from deadlines.models import Deadline
from deadlines.registry import Kind, register

from common.actors import SWEEP
from notices.models import Case, CaseRegime, InformationRequest
from notices.rules import ACKNOWLEDGE, ANSWER, CLOSE_FILE, DECIDE
from notices.services.decisions import close_if_settled, lapse
from notices.services.lifecycle import Step, advance_regime
from notices.states import CaseState, RegimeState


def answer_is_over(deadline: Deadline, now: datetime) -> None:
    """The filer did not complete the notice: it lapses, from the moment the time was over."""
    asked = InformationRequest.objects.get(id=deadline.subject_id)
    case = Case.objects.get(id=asked.case_id)
    if asked.answered_at is None and case.state == CaseState.AWAITING_FILER:
        lapse(case.id, Step(SWEEP, now, effective_at=deadline.due_at))


def file_may_close(deadline: Deadline, now: datetime) -> None:
    """The affected user did not answer: measures stay and the regime's procedure ends."""
    regime = CaseRegime.objects.get(id=_regime_id(deadline))
    if regime.state == RegimeState.MEASURES:
        step = Step(SWEEP, now, effective_at=deadline.due_at)
        advance_regime(regime.id, "close", step)
        close_if_settled(regime.case_id, step)


def join() -> None:
    """Tell the deadlines room about the kinds of this room. Called once, when the apps are ready."""
    register(Kind(ACKNOWLEDGE))
    register(Kind(DECIDE))
    register(Kind(ANSWER, fire=answer_is_over))
    register(Kind(CLOSE_FILE, fire=file_may_close))


def _regime_id(deadline: Deadline) -> UUID:
    if deadline.case_regime_id is None:
        raise LookupError(f"The clock {deadline.id} belongs to no regime.")
    return deadline.case_regime_id
