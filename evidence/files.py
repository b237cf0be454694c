"""Sealing files: hash, recognise, store, and only then a row. What is sealed never changes."""

import hashlib
import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO, cast

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from common.errors import RedressError
from evidence.kinds import ACCEPTED, media_type
from evidence.models import SealedFile
from evidence.storage import storage

PIECE = 1 << 20
_IN_MEMORY = 4 * PIECE
_NAME_LENGTH = 255
_ENDING_LENGTH = 12
_UNFIT = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class FileRefused(RedressError):
    """The file cannot be taken as it is; the sentence says what to do."""

    code = "file-refused"


class KindRefused(FileRefused):
    """The content is of no accepted kind."""


def seal(content: bytes | BinaryIO, *, name: str, at: datetime) -> SealedFile:
    """Seal a file that somebody handed in. Streams it, so its size is no matter.

    Raises FileRefused for an empty file or one over UPLOAD_MAX_BYTES, and KindRefused for content of
    no accepted type (`evidence.kinds.ACCEPTED`). `at` is when it was received, UTC.
    """
    with _spooled(content, limit=settings.UPLOAD_MAX_BYTES, name=name) as (source, sha256, size):
        kind = media_type(source)
        if kind not in ACCEPTED:
            raise KindRefused(_refusal(name))
        return _keep(source, SealedFile(sha256=sha256, size=size, media_type=kind, name=name), at)


def seal_own(content: bytes | BinaryIO, *, name: str, kind: str, at: datetime) -> SealedFile:
    """Seal what this house itself made or fetched: of any size and type, `kind` is its media type."""
    with _spooled(content, limit=None, name=name) as (source, sha256, size):
        return _keep(source, SealedFile(sha256=sha256, size=size, media_type=kind, name=name), at)


@contextmanager
def _spooled(
    content: bytes | BinaryIO, *, limit: int | None, name: str
) -> Iterator[tuple[BinaryIO, str, int]]:
    """The content in a temporary file of ours with its hash and size, read exactly once."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    digest, size = hashlib.sha256(), 0
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        while piece := source.read(PIECE):
            size += len(piece)
            if limit is not None and size > limit:
                raise FileRefused(_too_large(name, limit))
            digest.update(piece)
            spool.write(piece)
        if not size:
            raise FileRefused(
                _("“%(name)s” is empty. Choose the file again.") % {"name": showable(name)}
            )
        yield cast(BinaryIO, spool), digest.hexdigest(), size


def _keep(source: BinaryIO, sealed: SealedFile, at: datetime) -> SealedFile:
    source.seek(0)
    storage().keep(sealed.sha256, source)
    sealed.name = showable(sealed.name)
    sealed.sealed_at = at
    sealed.save(force_insert=True)
    return sealed


def showable(name: str) -> str:
    """An original file name fit for showing: its last part, without control and direction marks."""
    last = re.split(r"[/\\]", name)[-1]
    tidy = _UNFIT.sub("", last).strip()
    stem, dot, ending = tidy.rpartition(".")
    if len(tidy) > _NAME_LENGTH and dot and len(ending) < _ENDING_LENGTH:
        return stem[: _NAME_LENGTH - len(ending) - 1] + dot + ending
    return tidy[:_NAME_LENGTH] or "file"


def _too_large(name: str, limit: int) -> str:
    return _("“%(name)s” is larger than %(limit)s. Send a smaller file, or split it.") % {
        "name": showable(name),
        "limit": filesizeformat(limit),
    }


def _refusal(name: str) -> str:
    return _("“%(name)s” is of a kind that cannot be taken. Send one of: %(kinds)s.") % {
        "name": showable(name),
        "kinds": ", ".join(ACCEPTED.values()),
    }
