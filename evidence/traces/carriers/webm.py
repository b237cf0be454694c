"""WebM: the simple tags of a Matroska file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evidence.traces.pieces import Carrier, Piece, Text, plain
from evidence.traces.source import LONGEST_TEXT, Ended, Source

SIGNATURE: Final = b"\x1a\x45\xdf\xa3"
_SEGMENT, _TAGS, _TAG, _SIMPLE, _NAME, _STRING = (
    0x18538067,
    0x1254C367,
    0x7373,
    0x67C8,
    0x45A3,
    0x4487,
)
_FOLDERS: Final = frozenset({_SEGMENT, _TAGS, _TAG, _SIMPLE})
_MOST_ELEMENTS: Final = 20_000
_DEEPEST: Final = 6


@dataclass(frozen=True)
class _Element:
    kind: int
    at: int
    end: int


def pieces(source: Source) -> Iterator[Piece]:
    """The tags, wherever they stand; a live stream without sizes ends the walk. Raises Ended, Spent."""
    yield from _folder(source, 0, source.size, 0)


def _folder(source: Source, at: int, end: int, depth: int) -> Iterator[Text]:
    name = ""
    for element in _elements(source, at, end):
        size = element.end - element.at
        if element.kind == _NAME:
            name = plain(source.some(element.at, min(size, 200)))
        elif element.kind == _STRING:
            value = plain(source.some(element.at, min(size, LONGEST_TEXT)))
            yield Text(Carrier.WEBM_TAG, name, value, size > LONGEST_TEXT)
        elif element.kind in _FOLDERS and depth < _DEEPEST:
            yield from _folder(source, element.at, element.end, depth + 1)


def _elements(source: Source, at: int, end: int) -> Iterator[_Element]:
    for _index in range(_MOST_ELEMENTS):
        if at >= end:
            return
        kind, at = _number(source, at, keep=True)
        size, at = _number(source, at, keep=False)
        last = end if size is None else at + size
        yield _Element(kind or 0, at, min(last, end))
        if last > source.size:
            raise Ended
        at = last


def _number(source: Source, at: int, *, keep: bool) -> tuple[int | None, int]:
    """A number of one to eight bytes and where it ends; None for a size that is not known."""
    first = source.read(at, 1)[0]
    length = 9 - first.bit_length()
    if length > 8:
        raise Ended
    raw = source.read(at, length)
    value = int.from_bytes(raw)
    if keep:
        return value, at + length
    bits = 7 * length
    value &= (1 << bits) - 1
    return (None if value == (1 << bits) - 1 else value), at + length
