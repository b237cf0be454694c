"""MP4 and MOV: metadata keys in moov, XMP and C2PA in boxes of their own."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evidence.traces.pieces import Carrier, Manifest, Piece, Text, plain
from evidence.traces.source import LONGEST_TEXT, Ended, Source

_XMP: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_C2PA: Final = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_MOST_BOXES: Final = 20_000
_FOLDERS: Final = frozenset({b"moov", b"udta", b"trak", b"mdia"})
_DEEPEST: Final = 6


@dataclass(frozen=True)
class _Box:
    kind: bytes
    at: int
    """Of its content."""
    end: int


def pieces(source: Source) -> Iterator[Piece]:
    """What the boxes say about the whole file. Raises Ended, Spent."""
    yield from _folder(source, 0, source.size, 0)


def _boxes(source: Source, at: int, end: int) -> Iterator[_Box]:
    for _index in range(_MOST_BOXES):
        if at + 8 > end:
            return
        size, kind = struct.unpack(">I4s", source.read(at, 8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", source.read(at + 8, 8))
            head = 16
        last = end if size == 0 else at + size
        if last < at + head:
            raise Ended
        yield _Box(kind, at + head, min(last, end))
        if last > source.size:
            raise Ended
        at = last


def _folder(source: Source, at: int, end: int, depth: int) -> Iterator[Piece]:
    for box in _boxes(source, at, end):
        if box.kind == b"uuid":
            yield from _own(source, box)
        elif box.kind == b"meta":
            yield from _meta(source, box)
        elif box.kind in _FOLDERS and depth < _DEEPEST:
            yield from _folder(source, box.at, box.end, depth + 1)
        elif box.kind == b"XMP_":
            yield Text(Carrier.XMP, "XMP", plain(_content(source, box)), _long(box))
        elif box.kind == b"AIGC" or (box.kind[:1] == b"\xa9" and depth):
            yield Text(Carrier.MP4_KEY, _name(box.kind), _words(source, box), _long(box))


def _own(source: Source, box: _Box) -> Iterator[Piece]:
    owner = source.some(box.at, 16)
    if owner == _C2PA:
        yield Manifest()
    elif owner == _XMP:
        inner = _Box(box.kind, box.at + 16, box.end)
        yield Text(Carrier.XMP, "XMP", plain(_content(source, inner)), _long(inner))


def _meta(source: Source, box: _Box) -> Iterator[Text]:
    """`meta` of MP4 begins with four bytes that the one of QuickTime does not have."""
    full = source.some(box.at + 4, 4) not in {b"hdlr", b"keys", b"ilst"}
    keys: list[str] = []
    for inner in _boxes(source, box.at + (4 if full else 0), box.end):
        if inner.kind == b"keys":
            keys = _keys(source, inner)
        elif inner.kind == b"ilst":
            yield from _items(source, inner, keys)
        elif inner.kind == b"AIGC":
            yield Text(Carrier.MP4_KEY, "AIGC", _words(source, inner), _long(inner))


def _keys(source: Source, box: _Box) -> list[str]:
    return [plain(_content(source, one))[:200] for one in _boxes(source, box.at + 8, box.end)]


def _items(source: Source, box: _Box, keys: list[str]) -> Iterator[Text]:
    for item in _boxes(source, box.at, box.end):
        number = int.from_bytes(item.kind)
        name = keys[number - 1] if 0 < number <= len(keys) else _name(item.kind)
        for part in _boxes(source, item.at, item.end):
            if part.kind == b"name":
                name = plain(_content(source, part)[4:])[:200]
            elif part.kind == b"data":
                inner = _Box(part.kind, min(part.at + 8, part.end), part.end)
                yield Text(Carrier.MP4_KEY, name, plain(_content(source, inner)), _long(inner))


def _words(source: Source, box: _Box) -> str:
    """A text of QuickTime is preceded by its length and language; others stand as they are, or in a data box."""
    raw = _content(source, box)
    if raw[4:8] == b"data":
        return plain(raw[16:])
    if box.kind[:1] == b"\xa9" and len(raw) >= 4:
        return plain(raw[4 : 4 + int.from_bytes(raw[:2])])
    return plain(raw)


def _content(source: Source, box: _Box) -> bytes:
    return source.some(box.at, min(box.end - box.at, LONGEST_TEXT))


def _long(box: _Box) -> bool:
    return box.end - box.at > LONGEST_TEXT


def _name(kind: bytes) -> str:
    return kind.decode("latin-1")
