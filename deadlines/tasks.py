"""The sweep as a Celery task, called by beat."""

from dataclasses import asdict

from celery import shared_task

from common import clock
from deadlines.services import sweep


@shared_task(name="deadlines.sweep")
def sweep_deadlines() -> dict[str, int]:
    """Attend to every clock whose moment has come by the database's clock."""
    return asdict(sweep.run(clock.now()))
