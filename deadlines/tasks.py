"""The sweep as a Celery task, called by beat."""

from dataclasses import asdict

from celery import shared_task

from common import clock
from deadlines.rules import ON_THE_WAY
from deadlines.services import sweep


@shared_task(name="deadlines.sweep")
def sweep_deadlines() -> dict[str, int]:
    """Attend to every clock whose moment came ON_THE_WAY ago or before, by the database's clock."""
    return asdict(sweep.run(clock.now(), on_the_way=ON_THE_WAY))
