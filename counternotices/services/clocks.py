"""The clocks of a counter-notice."""

from datetime import datetime

from deadlines.services import stop

from notices.services.clocks import house_clock, start_clock
from notices.services.regimes import pack_of

_REVIEW_CLOCK = "review_statement"


def start_review(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """The operator's time to review, if the pack's house rules set one."""
    regime = counter_notice.case_regime
    clock = house_clock(pack_of(regime), _REVIEW_CLOCK)
    if clock is not None:
        start_clock(REVIEW, clock, regime, counter_notice.id, at=now, now=now, actor=actor)


from common.actors import Actor
from counternotices.models import CounterNotice
from counternotices.rules import REVIEW, WAIT


def stop_clocks(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Nothing is owed on this counter-notice any more."""
    for kind in (REVIEW, WAIT):
        stop(kind, counter_notice.id, at=now, actor=actor)
