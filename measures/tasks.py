"""The worker's side. Every task may be lost, late or doubled: rows and their locks decide."""

from uuid import UUID

from celery import shared_task

from common import clock
from common.actors import WORKER
from measures.services import execute as executing
from measures.services import follow as following
from measures.services import lift as lifting
from measures.services import staydown
from measures.services import sweep as sweeping
from notices.services.lifecycle import Step
from platforms.services import client


@shared_task(name="measures.execute")
def execute(measure_id: str) -> None:
    """Have the platform carry one measure out."""
    executing.execute(UUID(measure_id), client(), clock.now)


@shared_task(name="measures.lift")
def lift(measure_id: str) -> None:
    """Have the platform undo one measure."""
    lifting.lift(UUID(measure_id), client(), clock.now)


@shared_task(name="measures.follow")
def follow(case_id: str) -> None:
    """End the measures of regimes that gave them up."""
    following.follow(UUID(case_id), Step(WORKER, clock.now()))


@shared_task(name="measures.sweep")
def sweep() -> None:
    """Send off again what is due and has nobody at it."""
    sweeping.sweep(clock.now())


@shared_task(name="measures.staydown")
def stay_down() -> None:
    """Let the output check know what accepted notices protect, and forget what was given back."""
    staydown.sweep(clock.now())
