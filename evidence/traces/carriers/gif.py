"""GIF: comments, and XMP in an application block."""

from collections.abc import Iterator
from typing import Final

from evidence.traces.pieces import Carrier, Piece, Text, plain
from evidence.traces.source import LONGEST_TEXT, Source

_EXTENSION, _PICTURE, _COMMENT, _APPLICATION = 0x21, 0x2C, 0xFE, 0xFF
_COLOURS: Final = 0x80
# XMP lies in a GIF as it is, followed by 258 bytes that make it look like blocks.
_TRAILER: Final = 258


def pieces(source: Source) -> Iterator[Piece]:
    """The words between the pictures. Raises Ended, Spent."""
    at = 13 + _colours(source.read(10, 1)[0])
    while at < source.size:
        kind = source.read(at, 1)[0]
        if kind == _PICTURE:
            at += 10 + _colours(source.read(at + 9, 1)[0]) + 1
            at, _data = _blocks(source, at, keep=False)
        elif kind == _EXTENSION:
            label = source.read(at + 1, 1)[0]
            if label == _APPLICATION and source.some(at + 3, 11) == b"XMP DataXMP":
                start = at + 14
                at, _data = _blocks(source, start, keep=False)
                size = min(max(at - start - _TRAILER, 0), LONGEST_TEXT)
                yield Text(Carrier.XMP, "XMP", plain(source.some(start, size)))
                continue
            at, data = _blocks(source, at + 2, keep=label == _COMMENT)
            if label == _COMMENT:
                yield Text(Carrier.GIF_COMMENT, "COM", plain(data), len(data) >= LONGEST_TEXT)
        else:
            return


def _colours(flags: int) -> int:
    """Bytes of the table of colours that follows such flags."""
    return 3 << ((flags & 7) + 1) if flags & _COLOURS else 0


def _blocks(source: Source, at: int, *, keep: bool) -> tuple[int, bytes]:
    """Where a chain of blocks ends, and what it holds as far as that is looked at."""
    found = bytearray()
    while size := source.read(at, 1)[0]:
        if keep and len(found) < LONGEST_TEXT:
            found += source.read(at + 1, size)
        at += 1 + size
    return at + 1, bytes(found)
