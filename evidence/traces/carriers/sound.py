"""FLAC and Ogg: Vorbis comments."""

import struct
from collections.abc import Iterator
from typing import Final

from evidence.traces.pieces import Carrier, Piece, Text, plain
from evidence.traces.source import LONGEST_TEXT, Source

_COMMENTS: Final = 4
_MOST_COMMENTS: Final = 500
_MOST_PAGES: Final = 300
_HEADS: Final = (b"\x03vorbis", b"OpusTags")


def flac(source: Source) -> Iterator[Piece]:
    """The comments of a FLAC file. Raises Ended, Spent."""
    at, last = 4, False
    while not last:
        head = source.read(at, 4)
        last, kind, length = bool(head[0] & 0x80), head[0] & 0x7F, int.from_bytes(head[1:])
        if kind == _COMMENTS:
            yield from _comments(source.read(at + 4, min(length, LONGEST_TEXT)))
        at += 4 + length


def ogg(source: Source) -> Iterator[Piece]:
    """The comments of an Ogg file: its second packet. Raises Ended, Spent."""
    packet = _second_packet(source)
    for head in _HEADS:
        if packet.startswith(head):
            yield from _comments(packet[len(head) :])


def _second_packet(source: Source) -> bytes:
    """The packet that may run over several pages; as much of it as is looked at."""
    at, finished, packet = 0, 0, bytearray()
    for _index in range(_MOST_PAGES):
        head = source.read(at, 27)
        if head[:4] != b"OggS":
            break
        sizes = source.read(at + 27, head[26])
        at += 27 + head[26]
        for size in sizes:
            if finished == 1:
                packet += source.read(at, size)
            at += size
            finished += size < 255
            if finished > 1 or len(packet) > LONGEST_TEXT:
                return bytes(packet)
    return bytes(packet)


def _comments(data: bytes) -> Iterator[Text]:
    at = 0

    def number() -> int:
        nonlocal at
        value = struct.unpack_from("<I", data, at)[0] if at + 4 <= len(data) else 0
        at += 4
        return int(value)

    vendor = number()
    at += vendor
    for _index in range(min(number(), _MOST_COMMENTS)):
        length = number()
        key, sign, value = data[at : at + length].partition(b"=")
        if sign:
            yield Text(Carrier.VORBIS, plain(key)[:200], plain(value), at + length > len(data))
        at += length
