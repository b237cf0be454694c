"""Looking for forwarded statements that have arrived."""

from datetime import datetime

from counternotices.models import CounterNotice
from counternotices.services.waiting import arrive
from counternotices.states import State


def sweep(now: datetime) -> int:
    """Start the waiting period of every forwarded statement whose letter was delivered; how many."""
    arrived = CounterNotice.objects.filter(
        state=State.FORWARDED, forwarding__delivered_at__isnull=False
    ).values_list("id", "forwarding__delivered_at")
    for id, delivered_at in arrived:
        arrive(id, delivered_at=delivered_at, now=now)
    return len(arrived)
