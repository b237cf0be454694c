"""Files handed in by the API."""

from datetime import datetime
from typing import BinaryIO, Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from evidence.files import KindRefused, seal, seal_own
from evidence.tracing import trace
from notices.models import Upload
from users.models import User

UNKNOWN: Final = "application/octet-stream"


@transaction.atomic
def take(content: UploadedFile, *, user: User, now: datetime) -> Upload:
    """Seal one file for this account and read what it says about its making. Raises FileRefused for a kind or size that cannot be taken.

    A caseworker hands in what came by post or mail, byte for byte: any kind, for it is evidence
    and is only ever given out as a download.
    """
    stream, name = cast(BinaryIO, content), content.name or "file"
    try:
        sealed = seal(stream, name=name, at=now)
    except KindRefused:
        if not user.is_caseworker:
            raise
        stream.seek(0)
        sealed = seal_own(stream, name=name, kind=UNKNOWN, at=now)
    trace(sealed, now=now)
    return Upload.objects.create(account=user, file=sealed, uploaded_at=now)
