"""JPEG: EXIF and XMP in APP1, comments, and APP11 for a C2PA manifest."""

import struct
from collections.abc import Iterator
from typing import Final

from evidence.traces.carriers import tiff
from evidence.traces.pieces import Carrier, Manifest, Piece, Text, plain
from evidence.traces.source import LONGEST_TEXT, Source

_XMP: Final = b"http://ns.adobe.com/xap/1.0/\x00"
_MORE_XMP: Final = b"http://ns.adobe.com/xmp/extension/\x00"
_MORE_HEAD: Final = len(_MORE_XMP) + 40  # a digest, the whole length and the place of the part
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_SCAN, _END, _COMMENT, _APP1, _APP11 = 0xDA, 0xD9, 0xFE, 0xE1, 0xEB


def pieces(source: Source) -> Iterator[Piece]:
    """Everything written before the picture itself. Raises Ended, Spent."""
    extended = bytearray()
    cut = False
    for marker, data in _segments(source):
        if marker == _APP1 and data.startswith(_MORE_XMP):
            room = LONGEST_TEXT - len(extended)
            cut = cut or len(data) - _MORE_HEAD > room
            extended += data[_MORE_HEAD:][:room]
        elif marker == _APP1:
            yield from _app1(source, data)
        elif marker == _COMMENT:
            yield Text(Carrier.JPEG_COMMENT, "COM", plain(data))
        elif marker == _APP11 and b"c2pa" in data:
            yield Manifest()
    if extended:
        yield Text(Carrier.XMP, "XMP", plain(bytes(extended)), cut)


def _app1(source: Source, data: bytes) -> Iterator[Piece]:
    if data.startswith(b"Exif\x00"):
        with source.inside(data[6:]) as exif:
            yield from tiff.pieces(exif, Carrier.EXIF)
    elif data.startswith(_XMP):
        yield Text(Carrier.XMP, "XMP", plain(data[len(_XMP) :]))
    elif b"<x:xmpmeta" in data or b"<rdf:RDF" in data:
        # Some writers put another name before their packet.
        yield Text(Carrier.XMP, "XMP", plain(data[data.find(b"<") :]))


def _segments(source: Source) -> Iterator[tuple[int, bytes]]:
    at = 2
    while at < source.size:
        lead, marker = source.read(at, 2)
        if lead != 0xFF:
            return
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in {_SCAN, _END}:
            return
        (length,) = struct.unpack(">H", source.read(at + 2, 2))
        wanted = marker in {_APP1, _APP11, _COMMENT}
        yield marker, source.read(at + 4, max(length - 2, 0)) if wanted else b""
        at += 2 + max(length, 2)
