"""Files of words, and PDF: what stands in the text itself."""

import re
from collections.abc import Iterator
from typing import Final

from evidence.traces.pieces import Carrier, Manifest, Piece, Text, plain
from evidence.traces.source import Source

_HEAD: Final = 256 << 10
_TAIL: Final = 64 << 10
_WINDOW: Final = 1 << 20
_LONGEST_PACKET: Final = 256 << 10
_MOST_PACKETS: Final = 20
_MOST_SCANNED: Final = 24 << 20
_INFO: Final = re.compile(rb"/AIGC\s{0,8}(\((?:\\.|[^\\()]){0,20000}\)|<[0-9A-Fa-f\s]{0,40000}>)")


def text(source: Source) -> Iterator[Piece]:
    """The beginning and the end of a text: that is where labels stand. Raises Ended, Spent."""
    head = source.some(0, _HEAD)
    yield Text(Carrier.TEXT, "", plain(head))
    rest = source.size - len(head)
    if rest > 0:
        size = min(rest, _TAIL)
        yield Text(Carrier.TEXT, "", plain(source.read(source.size - size, size)))
    if rest > _TAIL:
        yield Text(Carrier.TEXT, "", "", cut=True)


def pdf(source: Source) -> Iterator[Piece]:
    """XMP packets and the `/AIGC` of the information dictionary, where they are not compressed. Raises Ended, Spent."""
    at, found = 0, 0
    while at < min(source.size, _MOST_SCANNED) and found < _MOST_PACKETS:
        window = source.some(at, _WINDOW)
        start = window.find(b"<x:xmpmeta")
        for told in _INFO.finditer(window):
            found += 1
            yield Text(Carrier.PDF_INFO, "AIGC", _string(told[1]))
        if b"c2pa" in window and b"jumb" in window:
            yield Manifest()
        while start >= 0 and found < _MOST_PACKETS:
            found += 1
            packet = source.some(at + start, _LONGEST_PACKET)
            end = packet.find(b"</x:xmpmeta>")
            yield Text(Carrier.XMP, "XMP", plain(packet[:end] if end >= 0 else packet), end < 0)
            start = window.find(b"<x:xmpmeta", start + 10)
        at += _WINDOW - 16
    if at >= _MOST_SCANNED:
        yield Text(Carrier.PDF_INFO, "", "", cut=True)


def _string(raw: bytes) -> str:
    if raw[:1] == b"<":
        digits = re.sub(rb"\s", b"", raw[1:-1])
        return plain(bytes.fromhex(digits[: len(digits) // 2 * 2].decode()))
    return plain(re.sub(rb"\\([()\\])", rb"\1", raw[1:-1]))
