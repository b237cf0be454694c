"""Tasks of this room."""

from celery import shared_task

from common.clock import now
from counternotices.services import arrivals


@shared_task(name="counternotices.sweep")
def sweep() -> None:
    """Start waiting periods whose statement has arrived."""
    arrivals.sweep(now())
