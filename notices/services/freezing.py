"""Sealing what the platform said and gave at the moment of looking."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from evidence.files import seal_own
from notices.models import ClaimedItem, FileRole, NoticeFile
from platforms.contract import Content, PlatformError
from platforms.models import Artefact
from platforms.services import client

# What has bytes worth keeping; pages and links are described by their record alone.
_WITH_CONTENT: Final = frozenset({"output", "training_picture"})


@dataclass(frozen=True)
class Found:
    """An artefact and, where it has any, its bytes at the moment of looking."""

    artefact: Artefact
    content: Content | None


def with_content(artefact: Artefact) -> Found:
    """The artefact with its bytes; without, where they were removed meanwhile or are larger than the contract allows.

    Asks the platform, so never inside a transaction. Raises PlatformError when it does not answer.
    """
    if artefact.kind not in _WITH_CONTENT:
        return Found(artefact, None)
    try:
        return Found(artefact, client().content(artefact.external_id))
    except PlatformError as error:
        if error.permanent:
            return Found(artefact, None)
        raise


def freeze(notice_id: UUID, item: ClaimedItem | None, found: Found, now: datetime) -> list[str]:
    """Seal the platform's record and the bytes, as papers of the notice; their hashes."""
    external_id = found.artefact.external_id
    record = json.dumps(found.artefact.record, ensure_ascii=False, indent=2).encode()
    files = [seal_own(record, name=f"{external_id}.json", kind="application/json", at=now)]
    if content := found.content:
        name = f"{external_id}.{content.media_type.rpartition('/')[2]}"
        files.append(seal_own(content.body, name=name, kind=content.media_type, at=now))
    NoticeFile.objects.bulk_create(
        NoticeFile(notice_id=notice_id, file=file, role=FileRole.FROZEN, item=item, added_at=now)
        for file in files
    )
    return [file.sha256 for file in files]
