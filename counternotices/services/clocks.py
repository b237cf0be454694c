"""The clocks of a counter-notice."""

from datetime import datetime
from uuid import UUID

from common.actors import Actor
from counternotices.models import CounterNotice
from counternotices.rules import PUT_BACK, REVIEW, WAIT
from deadlines.models import Deadline
from deadlines.selectors import open_deadlines
from deadlines.services import pause, resume, stop
from deadlines.states import State
from notices.services.clocks import start_clock
from notices.services.regimes import pack_of
from regimes.pack import Clock
from regimes.questions import (
    house_clock,
    put_back_clock,
    waiting_clock,
    waits_from_receipt,
    window_end_clock,
)

_REVIEW_CLOCK = "review_statement"


def start_review(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """The operator's time to review, if the pack's house rules set one."""
    clock = house_clock(pack_of(counter_notice.case_regime), _REVIEW_CLOCK)
    _start(REVIEW, clock, counter_notice, at=now, now=now, actor=actor)


def start_from_receipt(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Where the law counts from the receipt, both ends of the window run from it (17 USC 512(g)(2)(C))."""
    pack = pack_of(counter_notice.case_regime)
    if waits_from_receipt(pack):
        at = counter_notice.received_at
        _start(WAIT, waiting_clock(pack), counter_notice, at=at, now=now, actor=actor)
        _start(PUT_BACK, window_end_clock(pack), counter_notice, at=at, now=now, actor=actor)


def stop_from_receipt(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """What lacks an element was not the receipt of a counter-notice: the window begins with the whole one."""
    if waits_from_receipt(pack_of(counter_notice.case_regime)):
        for kind in (WAIT, PUT_BACK):
            stop(kind, counter_notice.id, at=now, actor=actor, reason="incomplete")


def start_from_arrival(
    counter_notice: CounterNotice, arrived_at: datetime, *, now: datetime, actor: Actor
) -> None:
    """Where the law counts from the arrival at the right holder, the period runs from it."""
    pack = pack_of(counter_notice.case_regime)
    if not waits_from_receipt(pack):
        clock = waiting_clock(pack)
        _start(WAIT, clock, counter_notice, at=arrived_at, now=now, actor=actor)


def start_put_back(
    counter_notice: CounterNotice, at: datetime, *, now: datetime, actor: Actor
) -> None:
    """By when what it gives back has to be back, unless that clock runs already."""
    if not open_deadlines(PUT_BACK, counter_notice.id).exists():
        clock = put_back_clock(pack_of(counter_notice.case_regime))
        _start(PUT_BACK, clock, counter_notice, at=at, now=now, actor=actor)


def wait_has_ended(counter_notice: CounterNotice, now: datetime) -> bool:
    """Whether a period that runs from the receipt has ended, be its clock closed already or not."""
    if not waits_from_receipt(pack_of(counter_notice.case_regime)):
        return False
    rows = Deadline.objects.filter(kind=WAIT, subject_id=counter_notice.id)
    last = rows.order_by("-triggered_at").first()
    return last is not None and last.due_at <= now


def pause_review(id: UUID, *, now: datetime, actor: Actor) -> None:
    """Review waits while the affected user owes an answer; a clock that has run out goes on."""
    for row in open_deadlines(REVIEW, id).filter(state=State.RUNNING, due_at__gt=now):
        pause(REVIEW, id, now, actor, case_regime_id=row.case_regime_id, reason="respondent")


def resume_review(id: UUID, *, now: datetime, actor: Actor) -> None:
    """The affected user answered: review goes on."""
    for row in open_deadlines(REVIEW, id).filter(state=State.PAUSED):
        resume(REVIEW, id, now, actor, case_regime_id=row.case_regime_id)


def stop_clocks(
    counter_notice: CounterNotice,
    *,
    now: datetime,
    actor: Actor,
    reason: str = "counter_notice_over",
) -> None:
    """Nothing is owed on this counter-notice any more."""
    for kind in (REVIEW, WAIT, PUT_BACK):
        stop(kind, counter_notice.id, at=now, actor=actor, reason=reason)


def _start(
    kind: str,
    clock: Clock | None,
    counter_notice: CounterNotice,
    *,
    at: datetime,
    now: datetime,
    actor: Actor,
) -> None:
    if clock is not None:
        regime = counter_notice.case_regime
        start_clock(kind, clock, regime, counter_notice.id, at=at, now=now, actor=actor)
