"""What the platform tells about its artefacts and users, kept as rows."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Manager, Model

from platforms.client import PlatformClient
from platforms.contract import ArtefactRecord, PlatformUserRecord, TargetNotFound
from platforms.models import Artefact, Platform, PlatformUser
from platforms.public import PublicFace

# PlatformUser.email; cut off, an address would be somebody else's.
LONGEST_ADDRESS: Final = 254
Row = TypeVar("Row", bound=Model)


def client() -> PlatformClient:
    """The operator's own platform (PLATFORM_URL, PLATFORM_KEY, PLATFORM_TIMEOUT_SECONDS)."""
    limit = float(settings.PLATFORM_TIMEOUT_SECONDS)
    return PlatformClient(settings.PLATFORM_URL, settings.PLATFORM_KEY, limit)


def public_face() -> PublicFace:
    """What anybody sees of the operator's own platform (PLATFORM_URL, PLATFORM_PUBLIC_HOSTS)."""
    return PublicFace(settings.PLATFORM_URL, tuple(settings.PLATFORM_PUBLIC_HOSTS))


def find(platform: Platform, locator: str, now: datetime) -> Artefact | None:
    """What an id, share link or page address names, freshly read; None if the platform knows nothing.

    Reads the platform, so never inside a transaction. Raises PlatformError when it does not answer.
    """
    try:
        record = client().resolve(locator)
    except TargetNotFound:
        return None
    return keep(platform, record, read_user(platform, record.owner, now), now)


def read_user(platform: Platform, external_id: str, now: datetime) -> PlatformUser | None:
    """A user and their standing, freshly read; None if the platform knows nobody of that id."""
    try:
        record = client().user(external_id)
    except TargetNotFound:
        return None
    return keep_user(platform, record, now)


def keep(
    platform: Platform, record: ArtefactRecord, owner: PlatformUser | None, now: datetime
) -> Artefact:
    """The artefact as the platform told it just now; asks the platform nothing."""
    return _kept(
        Artefact.objects,
        {"platform": platform, "external_id": record.id},
        {
            "kind": record.kind,
            "title": record.title[:300],
            "url": record.url[:2000],
            "owner": owner,
            "parent_external_id": record.parent or "",
            "record": _as_stored(record),
            "read_at": now,
        },
    )


def keep_user(platform: Platform, record: PlatformUserRecord, now: datetime) -> PlatformUser:
    """The user as the platform told it just now; asks the platform nothing."""
    return _kept(
        PlatformUser.objects,
        {"platform": platform, "external_id": record.id},
        {
            "handle": record.handle[:200],
            "email": _address(record.contact_email),
            "state": record.state,
            "read_at": now,
        },
    )


def _kept(rows: Manager[Row], key: Mapping[str, Any], told: Mapping[str, Any]) -> Row:
    """The row of this key as it was told now.

    Never by update_or_create: it locks the row FOR UPDATE, for which every transaction waits at its commit that
    names the row by a foreign key, and two readings that meet on several rows would wait for each other.
    """
    row, created = rows.get_or_create(**key, defaults=told)
    if not created:
        rows.filter(pk=row.pk).update(**told)
        for name, value in told.items():
            setattr(row, name, value)
    return row


def _address(told: str) -> str:
    """The address if it is one. Anything else counts as none: staff then carry the letters another way."""
    try:
        validate_email(told)
    except ValidationError:
        return ""
    return told if len(told) <= LONGEST_ADDRESS else ""


def _as_stored(record: ArtefactRecord) -> dict[str, object]:
    return {**asdict(record), "created_at": record.created_at.isoformat()}
