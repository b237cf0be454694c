"""Making an export whatever happens: what goes wrong is told to the person who asked."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from casework.models import Export
from casework.services.export import make_export
from common.errors import RedressError


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
