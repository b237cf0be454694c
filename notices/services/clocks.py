"""The clocks of a case before it is decided: ours, and the filer's."""

from datetime import datetime
from uuid import UUID

from deadlines.services import Subject, meet, pause, resume, start, stop

from common.actors import Actor
from notices.models import Case, CaseRegime, InformationRequest
from notices.rules import ACKNOWLEDGE, ANSWER, CLOSE_FILE, DECIDE, ON_FILING, PAUSED_WHILE_ASKING
from notices.services.regimes import pack_of


def start_on_filing(regime: CaseRegime, *, now: datetime, actor: Actor) -> None:
    """Start what the operator owes from the moment of filing."""
    for kind in ON_FILING:
        start_clock(kind, regime, regime.case_id, now=now, actor=actor)


def start_clock(
    kind: str, regime: CaseRegime, subject_id: UUID, *, now: datetime, actor: Actor
) -> None:
    """Start the clock that the regime's pack has for this kind, if it has one."""
    pack = pack_of(regime)
    clock = pack.clock_of_kind(kind)
    if clock is None:
        return
    subject = Subject(case_id=regime.case_id, case_regime_id=regime.id, subject_id=subject_id)
    start(kind, clock=clock, pack=pack, triggered_at=now, subject=subject, actor=actor, now=now)


def meet_acknowledgement(case: Case, *, now: datetime, actor: Actor) -> None:
    """The receipt was issued."""
    meet(ACKNOWLEDGE, case.id, at=now, actor=actor)


def meet_decision(case: Case, *, now: datetime, actor: Actor) -> None:
    """The notice was decided."""
    meet(DECIDE, case.id, at=now, actor=actor)


def pause_ours(case: Case, *, now: datetime, actor: Actor) -> None:
    """Our clocks wait while the filer owes an answer."""
    for kind in PAUSED_WHILE_ASKING:
        pause(kind, case.id, at=now, actor=actor)


def resume_ours(case: Case, *, now: datetime, actor: Actor) -> None:
    """The filer answered: our clocks run again."""
    for kind in PAUSED_WHILE_ASKING:
        resume(kind, case.id, at=now, actor=actor)


def start_answer(case: Case, asked: InformationRequest, *, now: datetime, actor: Actor) -> None:
    """The filer's time to answer, under each regime."""
    for regime in case.regimes.all():
        start_clock(ANSWER, regime, asked.id, now=now, actor=actor)


def meet_answer(case: Case, asked: InformationRequest, *, now: datetime, actor: Actor) -> None:
    """The filer answered in time."""
    meet(ANSWER, asked.id, at=now, actor=actor)


def stop_all(case: Case, *, now: datetime, actor: Actor) -> None:
    """Nothing is owed any more before a decision."""
    subjects = [case.id, *case.information_requests.values_list("id", flat=True)]
    for kind in (ACKNOWLEDGE, DECIDE, ANSWER, CLOSE_FILE):
        for subject_id in subjects:
            stop(kind, subject_id, at=now, actor=actor)
