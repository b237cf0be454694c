"""RIFF: WebP pictures and WAV sound."""

import struct
from collections.abc import Iterator
from typing import Final

from evidence.traces.carriers import id3, tiff
from evidence.traces.pieces import Carrier, Manifest, Piece, Text, plain
from evidence.traces.source import LONGEST_TEXT, Source

_XMP: Final = frozenset({b"XMP ", b"_PMX"})
_MOST_INFO: Final = 200


def pieces(source: Source) -> Iterator[Piece]:
    """What the chunks hold, wherever they stand. Raises Ended, Spent."""
    at = 12
    while at + 8 <= source.size:
        kind, length = struct.unpack("<4sI", source.read(at, 8))
        yield from _chunk(source, kind, at + 8, length)
        at += 8 + length + length % 2
    if at > source.size + 1:
        source.read(at, 1)


def _chunk(source: Source, kind: bytes, at: int, length: int) -> Iterator[Piece]:
    size = min(length, LONGEST_TEXT)
    cut = length > LONGEST_TEXT
    if kind == b"EXIF":
        with source.inside(source.some(at, size)) as exif:
            yield from tiff.pieces(exif, Carrier.EXIF)
    elif kind in _XMP:
        yield Text(Carrier.XMP, "XMP", plain(source.some(at, size)), cut)
    elif kind == b"C2PA":
        yield Manifest()
    elif kind.lower() == b"id3 ":
        with source.inside(source.some(at, size)) as tag:
            yield from id3.pieces(tag)
    elif kind == b"LIST" and source.some(at, 4) == b"INFO":
        yield from _info(source.some(at + 4, max(size - 4, 0)))
    elif kind.strip().upper() == b"AIGC":
        yield Text(Carrier.RIFF_INFO, "AIGC", plain(source.some(at, size)), cut)


def _info(data: bytes) -> Iterator[Text]:
    at = 0
    for _index in range(_MOST_INFO):
        if at + 8 > len(data):
            return
        kind, length = struct.unpack_from("<4sI", data, at)
        yield Text(Carrier.RIFF_INFO, plain(kind), plain(data[at + 8 : at + 8 + length]))
        at += 8 + length + length % 2
