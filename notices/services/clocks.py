"""The clocks of a case before it is decided: ours, and the filer's."""

from datetime import datetime
from uuid import UUID

from common.actors import Actor
from deadlines.selectors import open_deadlines
from deadlines.services import Period, Subject, meet, pause, resume, start, stop
from deadlines.services import stop_all as stop_all_clocks
from deadlines.states import State
from notices.models import Case, CaseRegime, InformationRequest
from notices.rules import (
    ACKNOWLEDGE,
    ANSWER,
    CLOCK,
    CLOSE_FILE,
    DECIDE,
    ON_FILING,
    OWED_BY_HOLDER,
    PAUSED_WHILE_ASKING,
)
from notices.services.regimes import pack_of
from regimes.pack import Clock
from regimes.questions import house_clock


def start_on_filing(regime: CaseRegime, *, at: datetime, now: datetime, actor: Actor) -> None:
    """Start what the operator owes from the moment of filing, `at`, however late the law is added."""
    pack = pack_of(regime)
    for kind in ON_FILING:
        clock = house_clock(pack, CLOCK[kind])
        if clock is not None:
            start_clock(kind, clock, regime, regime.case_id, at=at, now=now, actor=actor)


def start_kind(
    kind: str, regime: CaseRegime, subject_id: UUID, *, now: datetime, actor: Actor
) -> None:
    """Start the clock that the regime's pack has for a kind of this room; nothing if it has none."""
    clock = house_clock(pack_of(regime), CLOCK[kind])
    if clock is not None:
        start_clock(kind, clock, regime, subject_id, at=now, now=now, actor=actor)


def start_clock(
    kind: str,
    clock: Clock,
    regime: CaseRegime,
    subject_id: UUID,
    *,
    at: datetime,
    now: datetime,
    actor: Actor,
) -> None:
    """Start this very clock from the moment `at`."""
    subject = Subject(case_id=regime.case_id, case_regime_id=regime.id, subject_id=subject_id)
    owner = _holder(regime.case_id) if kind in OWED_BY_HOLDER else None
    start(Period(kind, clock, pack_of(regime), at, owner), subject, actor=actor, now=now)


def _holder(case_id: UUID) -> UUID | None:
    return Case.objects.values_list("claimed_by", flat=True).get(id=case_id)


def meet_acknowledgement(case: Case, *, now: datetime, actor: Actor) -> None:
    """The receipt was issued."""
    meet(ACKNOWLEDGE, case.id, at=now, actor=actor)


def meet_decision(case: Case, *, now: datetime, actor: Actor) -> None:
    """The notice was decided."""
    meet(DECIDE, case.id, at=now, actor=actor)


def pause_ours(case: Case, *, now: datetime, actor: Actor) -> None:
    """Our clocks wait while the filer owes an answer. One that has run out already goes on being owed."""
    for kind in PAUSED_WHILE_ASKING:
        running = open_deadlines(kind, case.id).filter(state=State.RUNNING, due_at__gt=now)
        for row in running:
            pause(kind, case.id, now, actor, case_regime_id=row.case_regime_id, reason="filer")


def resume_ours(case: Case, *, now: datetime, actor: Actor) -> None:
    """The filer answered: our clocks run again."""
    for kind in PAUSED_WHILE_ASKING:
        for row in open_deadlines(kind, case.id).filter(state=State.PAUSED):
            resume(kind, case.id, now, actor, case_regime_id=row.case_regime_id)


def start_answer(case: Case, asked: InformationRequest, *, now: datetime, actor: Actor) -> None:
    """The filer's time to answer, under each regime."""
    for regime in case.regimes.all():
        start_kind(ANSWER, regime, asked.id, now=now, actor=actor)


def meet_answer(asked: InformationRequest, *, now: datetime, actor: Actor) -> None:
    """The filer answered in time. Raises PeriodOver when the time was over."""
    meet(ANSWER, asked.id, at=now, actor=actor)


def stop_answer(asked: InformationRequest, *, now: datetime, actor: Actor) -> None:
    """No answer is waited for any more, under whichever regime."""
    stop(ANSWER, asked.id, at=now, actor=actor, reason="unanswered")


def start_close_file(regime: CaseRegime, *, now: datetime, actor: Actor) -> None:
    """The time after which an unanswered case is put away; a late answer opens it again."""
    start_kind(CLOSE_FILE, regime, regime.id, now=now, actor=actor)


def stop_all(case: Case, *, now: datetime, actor: Actor) -> None:
    """Nothing is owed in this case any more."""
    stop_all_clocks(case.id, at=now, actor=actor, reason="case_over")
