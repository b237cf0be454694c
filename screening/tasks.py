"""The worker's side of screening."""

from celery import shared_task

from common import clock
from screening.services import wiping


@shared_task(name="screening.wipe")
def wipe() -> None:
    """Wipe the prompts, and the checks, whose time is over."""
    wiping.wipe(clock.now())
