"""The clocks of a counter-notice."""

from datetime import datetime
from uuid import UUID

from common.actors import Actor
from counternotices.models import CounterNotice
from counternotices.rules import REVIEW, WAIT
from deadlines.selectors import open_deadlines
from deadlines.services import pause, resume, stop
from deadlines.states import State
from notices.services.clocks import start_clock
from notices.services.regimes import pack_of
from regimes.questions import house_clock

_REVIEW_CLOCK = "review_statement"


def start_review(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """The operator's time to review, if the pack's house rules set one."""
    regime = counter_notice.case_regime
    clock = house_clock(pack_of(regime), _REVIEW_CLOCK)
    if clock is not None:
        start_clock(REVIEW, clock, regime, counter_notice.id, at=now, now=now, actor=actor)


def pause_review(id: UUID, *, now: datetime, actor: Actor) -> None:
    """Review waits while the affected user owes an answer; a clock that has run out goes on."""
    for row in open_deadlines(REVIEW, id).filter(state=State.RUNNING, due_at__gt=now):
        pause(REVIEW, id, now, actor, case_regime_id=row.case_regime_id, reason="respondent")


def resume_review(id: UUID, *, now: datetime, actor: Actor) -> None:
    """The affected user answered: review goes on."""
    for row in open_deadlines(REVIEW, id).filter(state=State.PAUSED):
        resume(REVIEW, id, now, actor, case_regime_id=row.case_regime_id)


def stop_clocks(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Nothing is owed on this counter-notice any more."""
    for kind in (REVIEW, WAIT):
        stop(kind, counter_notice.id, at=now, actor=actor, reason="counter_notice_over")
