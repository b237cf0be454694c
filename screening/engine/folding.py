"""A text reduced to its letters, with the way back to the original."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import compress, pairwise
from typing import Final

from .letters import SIGNS, is_silent, letters_of, letters_or_sign

_CACHED_CHARACTERS: Final = (
    70_000  # all of the basic plane; a flood of rare characters fills no memory
)
_CLAUSE_MARKS: Final = frozenset(",.;:!?，．；：！？。、｡､؟،؛।…‥")
_DOT: Final = "."  # as in "奥.特.曼"; Chinese clauses end with other marks


class _Alphabet:
    """What counts as a letter. Single characters are remembered."""

    def __init__(self, fold: Callable[[str], str], signs: frozenset[str]) -> None:
        self.pieces = _Pieces(fold)
        kept = [p < 128 and (chr(p).isalnum() or chr(p) in signs) for p in range(256)]
        self.ascii_mask = bytes(kept)
        self.ascii_separators = {p: None for p in range(128) if not kept[p]}


class _Pieces(dict[str, str]):
    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, character: str) -> str:
        letters = self._fold(character)
        if len(self) < _CACHED_CHARACTERS:
            self[character] = letters
        return letters


_LETTERS: Final = _Alphabet(letters_of, frozenset())
_WITH_SIGNS: Final = _Alphabet(letters_or_sign, SIGNS)


class Gap(IntEnum):
    """What stands between two neighbouring letters, from nothing to the widest."""

    NONE = 0
    JOINER = 1  # a hyphen, a star, a picture, one dot: no space, no clause mark
    CLAUSE = 2  # a comma or other full stop without a space
    SPACE = 3  # one space
    WIDE = 4  # several spaces, a new line, a clause mark with a space, the edge of the text


class Reading(ABC):
    """Letters seen in a text; each has a place that leads back to a code point of `text`.

    `searched` is as long as `letters`: what is looked for, where `letters` is what stands there.
    """

    text: str
    letters: str
    searched: str

    @cached_property
    def offsets(self) -> Sequence[int]:
        """For each letter, the index of its character in the original text."""
        return self._places()

    @abstractmethod
    def _places(self) -> Sequence[int]: ...

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

    def inside_word(self, place: int) -> bool:
        """Whether a plain Latin letter stands right before the plain Latin one at `place`."""
        if place == 0 or self.offsets[place] - self.offsets[place - 1] != 1:
            return False
        pair = self.letters[place - 1 : place + 1]
        return pair.isascii() and pair.isalpha()

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


class Folded(Reading):
    """A text reduced to its letters; with `signs`, signs drawn like letters are letters too."""

    def __init__(self, text: str, *, signs: bool = False) -> None:
        self.text = text
        self._alphabet = _WITH_SIGNS if signs else _LETTERS
        pieces = self._alphabet.pieces
        self._pieces = None if text.isascii() else list(map(pieces.__getitem__, text))
        if self._pieces is None:
            self.letters = text.lower().translate(self._alphabet.ascii_separators)
        else:
            self.letters = "".join(self._pieces)
        self.searched = self.letters

    @property
    def solid(self) -> bool:
        """Whether every character of the text is exactly one letter."""
        if self._pieces is not None and "" in self._pieces:
            return False
        return len(self.letters) == len(self.text)

    def _places(self) -> Sequence[int]:
        places = range(len(self.text))
        if self._pieces is None:
            return list(compress(places, self.text.encode().translate(self._alphabet.ascii_mask)))
        if self.solid:
            return places
        return [i for i, piece in enumerate(self._pieces) for _ in piece]


class Reread(Reading):
    """The letters of another reading at some `places`, told or looked up otherwise.

    `seen` replaces what stands there, `searched` what is looked for; both as long as `places`.
    """

    def __init__(self, of: Reading, places: Sequence[int], searched: str, seen: str = "") -> None:
        self.text = of.text
        self.letters = seen or searched
        self.searched = searched
        self.of = of
        self.kept = places

    def _places(self) -> Sequence[int]:
        offsets = self.of.offsets
        return [offsets[place] for place in self.kept]


class Toneless(Reread):
    """What was left out after a letter belongs to it."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """As of any reading, with what was left out."""
        following = self.kept[end] if end < len(self.kept) else len(self.of.letters)
        last = self.kept[end - 1] + 1
        while last < following and self.of.touches(last):
            last += 1
        return self.of.span(self.kept[start], last)


class Unstretched(Reread):
    """What was left out before a letter belongs to it."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """As of any reading, with what was left out."""
        first = self.kept[start - 1] + 1 if start else 0
        return self.of.span(first, self.kept[end - 1] + 1)


def _gap(between: str) -> Gap:
    return _usual_gap(between) if len(between) <= 8 else _measure(between)


def _measure(between: str) -> Gap:
    visible = [c for c in between if not is_silent(c)]
    spaces = sum(c.isspace() for c in visible)
    clause = visible != [_DOT] and not _CLAUSE_MARKS.isdisjoint(visible)
    if spaces > 1 or (spaces and clause) or "\n" in visible:
        return Gap.WIDE
    if spaces:
        return Gap.SPACE
    if clause:
        return Gap.CLAUSE
    return Gap.JOINER if visible else Gap.NONE


_usual_gap = lru_cache(maxsize=4096)(_measure)
