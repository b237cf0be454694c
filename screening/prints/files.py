"""Files by their content: the hash of the bytes, and of a model's tensors whatever they are called."""

import hashlib
import json
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

PIECE: Final = 1 << 20
LARGEST_HEADER: Final = 100_000_000  # bytes: the format's own limit
_LENGTH: Final = struct.Struct("<Q")


@dataclass(frozen=True)
class FilePrint:
    """SHA-256 of the whole file; for a safetensors file also `tensors`, which neither the names of the
    tensors, their order nor the metadata change."""

    sha256: bytes
    tensors: bytes | None


def take(file: BinaryIO) -> FilePrint:
    """Read a file from its present place to its end, twice where it holds tensors; never whole in memory."""
    start = file.tell()
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    file.seek(start)
    return FilePrint(digest.digest(), _tensors(file))


def _tensors(file: BinaryIO) -> bytes | None:
    """SHA-256 over the sorted hashes of the tensors (type, shape, bytes); None when there are none."""
    parts = _header(file)
    if not parts:
        return None
    base, each = file.tell(), []
    for begin, end, kind in sorted(parts):
        file.seek(base + begin)
        digest = hashlib.sha256(kind)
        left = end - begin
        while left > 0:
            piece = file.read(min(PIECE, left))
            if not piece:
                return None  # cut short: no model
            digest.update(piece)
            left -= len(piece)
        each.append(digest.digest())
    return hashlib.sha256(b"".join(sorted(each))).digest()


def _header(file: BinaryIO) -> list[tuple[int, int, bytes]]:
    """Where each tensor lies and of what kind it is; empty for a file of another format."""
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size or not 2 <= _LENGTH.unpack(head)[0] <= LARGEST_HEADER:
        return []
    raw = file.read(_LENGTH.unpack(head)[0])
    try:
        header = json.loads(raw)
        named = [entry for name, entry in header.items() if name != "__metadata__"]
        return [_part(entry) for entry in named]
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return []


def _part(entry: dict[str, Any]) -> tuple[int, int, bytes]:
    begin, end = entry["data_offsets"]
    if not 0 <= int(begin) <= int(end):
        raise ValueError("A tensor ends before it begins.")
    return int(begin), int(end), json.dumps([entry["dtype"], entry["shape"]]).encode()
