"""Secrets that a data folder makes for itself once and keeps."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def key(data: Path, name: str) -> str:
    """The secret of that name in `<data>/keys`, made at the first call, readable by us only."""
    folder = data / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / name
    if not file.exists():
        fresh = folder / f"{name}.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text()
