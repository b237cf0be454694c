"""The clocks of a counter-notice."""

from datetime import datetime

from deadlines.services import stop

from common.actors import Actor
from counternotices.models import CounterNotice
from counternotices.rules import REVIEW, WAIT


def stop_clocks(counter_notice: CounterNotice, *, now: datetime, actor: Actor) -> None:
    """Nothing is owed on this counter-notice any more."""
    for kind in (REVIEW, WAIT):
        stop(kind, counter_notice.id, at=now, actor=actor)
