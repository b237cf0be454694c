"""Where sealed bytes lie: one interface, chosen by STORAGE_URL. Keys are SHA-256 in hex."""

import os
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import File
from storages.backends.s3 import S3Storage


class Storage(Protocol):
    """Content-addressed and write-once: what lies under a key never changes."""

    def keep(self, key: str, source: BinaryIO) -> None:
        """Store the whole of `source`; when this returns, a power cut loses nothing."""

    def open(self, key: str) -> BinaryIO:
        """The bytes under a key. Raises FileNotFoundError."""


class FolderStorage:
    """A folder: written beside its place, synced, then moved there, so nothing is ever half there."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, key: str, source: BinaryIO) -> None:
        place = self._place(key)
        if place.exists():
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as target:
                while piece := source.read(1 << 20):
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
            Path(name).chmod(0o440)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self._sync_folders(place)

    def open(self, key: str) -> BinaryIO:
        return self._place(key).open("rb")

    def _place(self, key: str) -> Path:
        return self.root / key[:2] / key[2:4] / key

    def _sync_folders(self, place: Path) -> None:
        for folder in (place.parent, place.parent.parent, self.root):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


class BucketStorage:
    """An S3 bucket, or anything that speaks S3. A write is whole or not there: S3 promises that."""

    def __init__(self, bucket: str, prefix: str, options: Mapping[str, str]) -> None:
        self._bucket = S3Storage(
            bucket_name=bucket,
            location=prefix,
            endpoint_url=options.get("endpoint"),
            region_name=options.get("region"),
            file_overwrite=True,
            default_acl=None,
        )

    def keep(self, key: str, source: BinaryIO) -> None:
        if not self._bucket.exists(self._place(key)):
            self._bucket.save(self._place(key), File(source))

    def open(self, key: str) -> BinaryIO:
        return cast(BinaryIO, self._bucket.open(self._place(key), "rb"))

    def _place(self, key: str) -> str:
        return f"{key[:2]}/{key[2:4]}/{key}"


@lru_cache(maxsize=8)
def _from(url: str) -> Storage:
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return FolderStorage(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        return BucketStorage(parts.netloc, parts.path.strip("/"), dict(parse_qsl(parts.query)))
    raise ImproperlyConfigured("STORAGE_URL must be file:///folder or s3://bucket/prefix.")


def storage() -> Storage:
    """The storage that STORAGE_URL names. Raises ImproperlyConfigured."""
    return _from(settings.STORAGE_URL)
