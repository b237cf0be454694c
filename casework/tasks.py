"""Tasks of this room."""

from uuid import UUID

from celery import shared_task

from casework.services.exporting import make
from common.clock import now


@shared_task(name="casework.export")
def export(export_id: str) -> None:
    """Make one case file."""
    make(UUID(export_id), now=now())
