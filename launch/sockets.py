"""The private folder in which the embedded servers put their sockets."""

import hashlib
import os
import tempfile
from pathlib import Path

from launch.accounts import Account
from launch.errors import Refusal

LONGEST_NAME = "/.s.PGSQL.5432"
PATH_LIMIT = 100  # the kernel's is 107 bytes


def socket_folder(data: Path) -> Path:
    """`<data>/run`, or a folder of the system's temporary folder when that path is too long."""
    inside = data / "run"
    if len(os.fsencode(inside)) + len(LONGEST_NAME) <= PATH_LIMIT:
        return inside
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"redress-{os.geteuid()}-{digest}"


def claim(folder: Path, account: Account) -> Path:
    """Make the socket folder the account's own; refuse one that somebody else laid there."""
    if folder.is_symlink() or (
        folder.exists() and folder.lstat().st_uid not in (os.geteuid(), account.uid)
    ):
        raise Refusal(f"{folder} belongs to somebody else: remove it, or set TMPDIR.")
    return account.own(folder)
