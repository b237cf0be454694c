"""Whether a filer may file at this moment."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from notices.errors import FilingSuspended
from notices.filers import Filer, suspension_of
from notices.filing import Filing
from notices.services.in_zone import in_zone
from regimes.loader import pack


def require_may_file(filing: Filing, *, now: datetime) -> None:
    """Raise FilingSuspended, naming the end and how to contest it, while a suspension runs.

    Only filing is suspended: everything filed earlier stays open to read, and what was written for
    the notice that is refused here is kept by whoever keeps drafts.
    """
    found = suspension_of(Filer(filing.account_id, filing.filer_email), now)
    if found is None or found.until is None:
        return
    zone = pack(found.pack_id, found.pack_version).zone
    raise FilingSuspended(
        _(
            "Filing of notices is suspended for you until %(until)s. What you wrote is "
            "kept and can be sent after that; your earlier notices stay open to you. If you hold "
            "the suspension to be wrong, write to %(address)s and name %(reference)s: a person "
            "examines it."
        )
        % {
            "until": in_zone(found.until, zone),
            "address": settings.DEFAULT_FROM_EMAIL,
            "reference": found.case.reference,
        }
    )
