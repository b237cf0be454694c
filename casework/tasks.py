"""Tasks of this room."""

from uuid import UUID

from celery import shared_task

from casework.services.exporting import LONGEST, make, make_forgotten
from casework.services.texts import end_fallen
from common.clock import now


@shared_task(name="casework.export", time_limit=LONGEST)
def export(export_id: str) -> None:
    """Make one case file."""
    make(UUID(export_id), now=now())


@shared_task(name="casework.sweep", time_limit=LONGEST)
def sweep() -> None:
    """Make the exports whose task was lost, and end the texts whose case fell."""
    moment = now()
    end_fallen(moment)
    make_forgotten(moment)
