"""Files by their content: the hash of the bytes, and of a model's tensors whatever they are called."""

import hashlib
import json
import struct
from dataclasses import dataclass
from os import SEEK_END
from typing import Any, BinaryIO, Final

PIECE: Final = 1 << 20
LARGEST_HEADER: Final = 100_000_000  # bytes: the format's own limit
MOST_TENSORS: Final = 100_000  # the largest models in one file have some tens of thousands
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
    parts = sorted(_header(file))
    base = file.tell()
    if not parts or not _follow(parts, file.seek(0, SEEK_END) - base):
        return None
    each = sorted(_hash(file, base + begin, end - begin, kind) for begin, end, kind in parts)
    return hashlib.sha256(b"".join(each)).digest()


def _follow(parts: list[tuple[int, int, bytes]], size: int) -> bool:
    """Whether no two of the sorted tensors share a byte, and all lie within the file.

    The format wants it so; and else a small file could have us read the same bytes for hours.
    """
    ends = [0, *(end for _begin, end, _kind in parts)]
    return ends[-1] <= size and all(
        last <= begin <= end for last, (begin, end, _kind) in zip(ends, parts, strict=False)
    )


def _hash(file: BinaryIO, begin: int, left: int, kind: bytes) -> bytes:
    file.seek(begin)
    digest = hashlib.sha256(kind)
    while left > 0 and (piece := file.read(min(PIECE, left))):
        digest.update(piece)
        left -= len(piece)
    return digest.digest()


def _header(file: BinaryIO) -> list[tuple[int, int, bytes]]:
    """Where each tensor lies and of what kind it is; empty for a file of another format."""
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size or not 2 <= _LENGTH.unpack(head)[0] <= LARGEST_HEADER:
        return []
    raw = file.read(_LENGTH.unpack(head)[0])
    try:
        header = json.loads(raw)
        named = [entry for name, entry in header.items() if name != "__metadata__"]
        return [_part(entry) for entry in named] if len(named) <= MOST_TENSORS else []
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return []


def _part(entry: dict[str, Any]) -> tuple[int, int, bytes]:
    begin, end = entry["data_offsets"]
    if not isinstance(begin, int) or not isinstance(end, int):
        raise TypeError("The place of a tensor is two whole numbers.")
    return begin, end, json.dumps([entry["dtype"], entry["shape"]]).encode()
