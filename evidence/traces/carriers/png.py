"""PNG: tEXt, zTXt, iTXt, eXIf, and caBX for a C2PA manifest."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from evidence.traces.carriers import tiff
from evidence.traces.pieces import Carrier, Manifest, Piece, Text, plain
from evidence.traces.source import LONGEST_TEXT, Source

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_XMP_KEYS: Final = ("xml:com.adobe.xmp", "xmp")


def pieces(source: Source) -> Iterator[Piece]:
    """Everything written in the chunks, until IEND. Raises Ended, Spent."""
    at = len(SIGNATURE)
    while at < source.size:
        length, kind = struct.unpack(">I4s", source.read(at, 8))
        if kind in {b"tEXt", b"zTXt", b"iTXt"}:
            data = source.some(at + 8, min(length, LONGEST_TEXT))
            yield _text(kind, data, cut=length > LONGEST_TEXT)
        elif kind == b"eXIf":
            with source.inside(source.some(at + 8, min(length, LONGEST_TEXT))) as exif:
                yield from tiff.pieces(exif, Carrier.EXIF)
        elif kind == b"caBX":
            yield Manifest()
        elif kind == b"IEND":
            return
        at += 12 + length
        if at > source.size:
            source.read(at, 1)


def _text(kind: bytes, data: bytes, cut: bool) -> Text:
    name, _, rest = data.partition(b"\x00")
    if kind == b"zTXt":
        rest, longer = inflated(rest[1:])
        cut = cut or longer
    elif kind == b"iTXt":
        packed, rest = rest[:1] == b"\x01", rest[2:]
        _language, _, rest = rest.partition(b"\x00")
        _translated, _, rest = rest.partition(b"\x00")
        if packed:
            rest, longer = inflated(rest)
            cut = cut or longer
    key = plain(name[:200])
    carrier = Carrier.XMP if key.lower() in _XMP_KEYS else Carrier.PNG_TEXT
    return Text(carrier, key, plain(rest), cut)


def inflated(data: bytes) -> tuple[bytes, bool]:
    """Unpacked up to what is looked at, and whether there was more; what is damaged counts as far as it goes."""
    machine = zlib.decompressobj()
    try:
        found = machine.decompress(data, LONGEST_TEXT)
    except zlib.error:
        return b"", True
    return found, not machine.eof
