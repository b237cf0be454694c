"""The sweeps of this room as Celery tasks, called by beat."""

from dataclasses import asdict

from celery import shared_task

from common import clock
from deadlines.services import recomputing, sweep


@shared_task(name="deadlines.sweep")
def sweep_deadlines() -> dict[str, int]:
    """Attend to every clock whose moment has come by the database's clock."""
    return asdict(sweep.run(clock.now()))


@shared_task(name="deadlines.apply_years")
def apply_years() -> dict[str, int]:
    """Compute anew the clocks that a loaded calendar year may move; also called by beat."""
    return asdict(recomputing.run(clock.now()))
