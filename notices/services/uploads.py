"""Files handed in by the API."""

from datetime import datetime
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from evidence.files import seal
from notices.models import Upload
from users.models import User


@transaction.atomic
def take(content: UploadedFile, *, user: User, now: datetime) -> Upload:
    """Seal one file for this account. Raises FileRefused for a kind or size that cannot be taken."""
    sealed = seal(cast(BinaryIO, content), name=content.name or "file", at=now)
    return Upload.objects.create(account=user, file=sealed, uploaded_at=now)
