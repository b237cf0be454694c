"""TIFF, and EXIF which is one: the few tags that hold words."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evidence.traces.pieces import Carrier, Manifest, Piece, Text, plain
from evidence.traces.source import LONGEST_TEXT, Source

_NAMES: Final = {
    0x010D: "DocumentName",
    0x010E: "ImageDescription",
    0x0110: "Model",
    0x0131: "Software",
    0x013B: "Artist",
    0x8298: "Copyright",
    0x9286: "UserComment",
    0x9C9B: "XPTitle",
    0x9C9C: "XPComment",
    0x9C9E: "XPKeywords",
}
_WIDE: Final = frozenset({0x9C9B, 0x9C9C, 0x9C9E})
_XMP, _EXIF_IFD, _C2PA = 0x02BC, 0x8769, 0xCD41
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 9: 4, 10: 8, 13: 4}
_MOST_ENTRIES: Final = 500
_MOST_DIRECTORIES: Final = 8


@dataclass(frozen=True)
class _Entry:
    tag: int
    size: int
    at: int
    number: int
    """The value itself where it is one number, else its place."""


def pieces(source: Source, carrier: Carrier = Carrier.TIFF_TAG) -> Iterator[Piece]:
    """The words of the first directories and of their EXIF. Raises Ended, Spent."""
    head = source.some(0, 8)
    if head[:6] == b"Exif\x00\x00":
        with source.inside(source.some(6, LONGEST_TEXT)) as inner:
            yield from pieces(inner, carrier)
        return
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(head[:4])
    if order is None or len(head) < 8:
        return
    ahead, seen = [struct.unpack(order + "I", head[4:8])[0]], set[int]()
    while ahead and len(seen) < _MOST_DIRECTORIES:
        at = ahead.pop(0)
        if at in seen or at == 0:
            continue
        seen.add(at)
        for entry in _entries(source, order, at):
            if entry.tag == _EXIF_IFD:
                ahead.append(entry.number)
            elif entry.tag == _C2PA:
                yield Manifest()
            elif entry.tag in _NAMES or entry.tag == _XMP:
                yield _text(source, entry, carrier)


def _entries(source: Source, order: str, at: int) -> Iterator[_Entry]:
    (count,) = struct.unpack(order + "H", source.read(at, 2))
    for index in range(min(count, _MOST_ENTRIES)):
        place = at + 2 + 12 * index
        tag, kind, number = struct.unpack(order + "HHI", source.read(place, 8))
        (value,) = struct.unpack(order + "I", source.read(place + 8, 4))
        size = _SIZES.get(kind, 1) * number
        yield _Entry(tag, size, place + 8 if size <= 4 else value, value)


def _text(source: Source, entry: _Entry, carrier: Carrier) -> Text:
    raw = source.read(entry.at, min(entry.size, LONGEST_TEXT))
    cut = entry.size > LONGEST_TEXT
    if entry.tag == _XMP:
        return Text(Carrier.XMP, "XMP", plain(raw), cut)
    if entry.tag in _WIDE:
        return Text(carrier, _NAMES[entry.tag], raw.decode("utf-16-le", "replace").strip("\0"), cut)
    said = _comment(raw) if entry.tag == 0x9286 else plain(raw)
    return Text(carrier, _NAMES[entry.tag], said, cut)


def _comment(raw: bytes) -> str:
    """A user comment names its own alphabet in its first eight bytes; many writers leave that out."""
    marked, body = raw[:8].rstrip(b"\x00 ").upper(), raw[8:]
    if marked == b"UNICODE":
        # EXIF does not say which way round. Of two readings, the one with the fewer strange letters is meant.
        both = [body.decode(order, "replace") for order in ("utf-16-be", "utf-16-le")]
        return min(both, key=lambda text: sum(ord(letter) > 0x2FFF for letter in text)).strip("\0")
    if marked in {b"ASCII", b"JIS", b""}:
        return plain(body)
    return plain(raw)
