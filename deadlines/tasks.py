"""The sweeps of this room as Celery tasks, called by beat."""

from dataclasses import asdict
from datetime import timedelta
from typing import Final

from celery import shared_task

from common import clock
from deadlines.rules import ON_THE_WAY
from deadlines.services import recomputing, sweep

ABOUT_TO_END: Final = timedelta(minutes=1)


@shared_task(name="deadlines.sweep")
def sweep_deadlines() -> dict[str, int]:
    """Attend to every clock whose moment came ON_THE_WAY ago or before, by the database's clock.

    What is about to end is computed anew first where data arrived: no clock ends by a date that is known to be wrong.
    """
    now = clock.now()
    recomputing.run(now, ending_by=now + ABOUT_TO_END)
    return asdict(sweep.run(now, on_the_way=ON_THE_WAY))


@shared_task(name="deadlines.apply_years")
def apply_years() -> dict[str, int]:
    """Compute anew the clocks that a loaded calendar year may move; also called by beat."""
    return asdict(recomputing.run(clock.now()))
