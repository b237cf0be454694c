"""Tasks of this room."""

from uuid import UUID

from celery import shared_task

from casework.services import staying_down
from casework.services.exporting import LONGEST, make, make_forgotten
from common.clock import now


@shared_task(name="casework.export", time_limit=LONGEST)
def export(export_id: str) -> None:
    """Make one case file."""
    make(UUID(export_id), now=now())


@shared_task(name="casework.sweep", time_limit=LONGEST)
def sweep() -> None:
    """Make the exports whose task was lost."""
    make_forgotten(now())


@shared_task(name="casework.stay_down")
def stay_down(match_id: str = "") -> None:
    """Act on one match of the output check, or on all that are acted on by themselves."""
    if match_id:
        staying_down.act(UUID(match_id), now=now())
    else:
        staying_down.sweep(now())
