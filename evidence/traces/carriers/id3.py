"""ID3v2: the free texts and comments at the head of an MP3."""

import struct
from collections.abc import Iterator
from typing import Final

from evidence.traces.pieces import Carrier, Manifest, Piece, Text
from evidence.traces.source import LONGEST_TEXT, Source

_MOST_FRAMES: Final = 500
_ENCODINGS: Final = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}
_FREE: Final = frozenset({b"TXXX", b"TXX", b"COMM", b"COM"})


def pieces(source: Source) -> Iterator[Piece]:
    """The frames that hold words. Raises Ended, Spent."""
    head = source.some(0, 10)
    if head[:3] != b"ID3" or len(head) < 10:
        return
    version, flags, end = head[3], head[5], 10 + _safe(head[6:10])
    at = 10
    if flags & 0x40 and version >= 3:
        extended = source.read(at, 4)
        at += _safe(extended) if version == 4 else 4 + struct.unpack(">I", extended)[0]
    for _index in range(_MOST_FRAMES):
        frame = _frame(source, at, version) if at + 10 <= min(end, source.size) else None
        if frame is None:
            return
        name, body, length = frame
        at = body + length
        data = source.some(body, min(length, LONGEST_TEXT))
        if name == b"GEOB" and b"c2pa" in data[:200]:
            yield Manifest()
        elif name in _FREE or name[:1] == b"T":
            yield _text(name, data, cut=length > LONGEST_TEXT)


def _frame(source: Source, at: int, version: int) -> tuple[bytes, int, int] | None:
    """Name, place and length of the frame there; None in the padding."""
    if version == 2:
        raw = source.read(at, 6)
        name, length, body = raw[:3], int.from_bytes(raw[3:6]), at + 6
    else:
        raw = source.read(at, 10)
        name, body = raw[:4], at + 10
        length = _safe(raw[4:8]) if version == 4 else struct.unpack(">I", raw[4:8])[0]
    return (name, body, length) if name.strip(b"\x00") else None


def _text(name: bytes, data: bytes, cut: bool) -> Text:
    encoding = _ENCODINGS.get(data[0] if data else 3, "latin-1")
    body = data[4:] if name in {b"COMM", b"COM"} else data[1:]
    words = body.decode(encoding, "replace")
    key, value = "", words
    if name in _FREE:
        key, _, value = words.partition("\x00")
    label = key.strip("\ufeff\x00") or name.decode("latin-1")
    return Text(Carrier.ID3, label[:200], value.strip("\ufeff\x00"), cut)


def _safe(raw: bytes) -> int:
    """Four times seven bits."""
    return sum((byte & 0x7F) << shift for byte, shift in zip(raw, (21, 14, 7, 0), strict=True))
