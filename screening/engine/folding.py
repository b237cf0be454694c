"""A text reduced to its letters, with the way back to the original."""

from collections.abc import Sequence
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import compress, pairwise
from typing import Final

from screening.engine.letters import is_silent, letters_of

_CACHED_CHARACTERS: Final = (
    70_000  # all of the basic plane; a flood of rare characters fills no memory
)
_CLAUSE_MARKS: Final = frozenset(",.;:!?，．；：！？。、｡､؟،؛।…‥")
_ASCII_SEPARATORS: Final = {p: None for p in range(128) if not chr(p).isalnum()}
_ASCII_MASK: Final = bytes(chr(p).isalnum() and p < 128 for p in range(256))


class _Letters(dict[str, str]):
    """`letters_of`, remembered."""

    def __missing__(self, character: str) -> str:
        letters = letters_of(character)
        if len(self) < _CACHED_CHARACTERS:
            self[character] = letters
        return letters


_LETTERS: Final = _Letters()


class Gap(IntEnum):
    """What stands between two neighbouring letters, from nothing to the widest."""

    NONE = 0
    JOINER = 1  # a hyphen, a star, a picture: no space, no clause mark
    CLAUSE = 2  # a comma or full stop without a space
    SPACE = 3  # one space
    WIDE = 4  # several spaces, a new line, a clause mark with a space, the edge of the text


class Folded:
    """`letters` is what is searched; every place in it leads back to a code point of `text`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces = None if text.isascii() else list(map(_LETTERS.__getitem__, text))
        if self._pieces is None:
            self.letters = text.lower().translate(_ASCII_SEPARATORS)
        else:
            self.letters = "".join(self._pieces)

    @property
    def solid(self) -> bool:
        """Whether every character of the text is exactly one letter."""
        if self._pieces is not None and "" in self._pieces:
            return False
        return len(self.letters) == len(self.text)

    @cached_property
    def offsets(self) -> Sequence[int]:
        """For each letter, the index of its character in the original text."""
        places = range(len(self.text))
        if self._pieces is None:
            return list(compress(places, self.text.encode().translate(_ASCII_MASK)))
        if self.solid:
            return places
        return [i for i, piece in enumerate(self._pieces) for _ in piece]

    def gap(self, place: int) -> Gap:
        """What stands before the letter at `place`; the edges of the text count as WIDE."""
        if place <= 0 or place >= len(self.letters):
            return Gap.WIDE
        left, right = self.offsets[place - 1], self.offsets[place]
        return _gap(self.text[left + 1 : right]) if right - left > 1 else Gap.NONE

    def touches(self, place: int) -> bool:
        """Whether the letter at `place` follows the one before it without any gap."""
        offsets = self.offsets
        if not 0 < place < len(offsets):
            return False
        return offsets[place] - offsets[place - 1] <= 1 or self.gap(place) is Gap.NONE

    def stands_alone(self, place: int) -> bool:
        """Whether the letter at `place` has a gap on both sides."""
        return not (self.touches(place) or self.touches(place + 1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of code points in `text` of the letters from `start` to before `end`.

        Marks upon the last letter belong to it.
        """
        last = self.offsets[end - 1] + 1
        while last < len(self.text) and is_silent(self.text[last]):
            last += 1
        return self.offsets[start], last

    def words(self) -> list[tuple[int, int]]:
        """The letters' own words as half-open ranges: what gaps separate."""
        steps = enumerate(pairwise(self.offsets), start=1)
        breaks = [k for k, (a, b) in steps if b - a > 1 and self.gap(k) is not Gap.NONE]
        edges = [0, *breaks, len(self.letters)]
        return list(pairwise(edges)) if self.letters else []


def _gap(between: str) -> Gap:
    return _usual_gap(between) if len(between) <= 8 else _measure(between)


def _measure(between: str) -> Gap:
    visible = [c for c in between if not is_silent(c)]
    spaces = sum(c.isspace() for c in visible)
    clause = not _CLAUSE_MARKS.isdisjoint(visible)
    if spaces > 1 or (spaces and clause) or "\n" in visible:
        return Gap.WIDE
    if spaces:
        return Gap.SPACE
    if clause:
        return Gap.CLAUSE
    return Gap.JOINER if visible else Gap.NONE


_usual_gap = lru_cache(maxsize=4096)(_measure)
