"""Making an export whatever happens: what goes wrong is told to the person who asked."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from casework.models import Export
from casework.services.export import make_export
from common.errors import RedressError

# Seconds that the largest case file may take.
LONGEST: Final = 1800


def make_forgotten(now: datetime) -> int:
    """Make every export that nobody can be at any more; how many."""
    before = now - timedelta(seconds=LONGEST)
    lost = Export.objects.filter(finished_at=None, error="", requested_at__lt=before)
    ids = list(lost.values_list("id", flat=True))
    for export_id in ids:
        make(export_id, now=now)
    return len(ids)


def make(export_id: UUID, *, now: datetime) -> None:
    """As `make_export`; a failure is written beside the export and raised again for the worker's log."""
    try:
        make_export(export_id, now=now)
    except RedressError as error:
        Export.objects.filter(id=export_id).update(error=error.message[:500])
        raise
    except Exception:
        text = _("The case file could not be made. The operator's log says why; ask for it again.")
        Export.objects.filter(id=export_id).update(error=text)
        raise
