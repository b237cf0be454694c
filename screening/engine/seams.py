"""The places where one field of a prompt ends and another begins: a name can be cut in two there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import Final, NamedTuple

from .folding import Folded

_REACH: Final = 100  # letters on each side: a phrase is never longer
_JOINT: Final = "-"


class Place(NamedTuple):
    """A half-open span of code points in a field."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Seam:
    """The last letters of `first` and the first ones of `last`, joined by a hyphen."""

    first: str
    last: str
    left: Folded
    right: Folded

    @property
    def names(self) -> tuple[str, str]:
        """Both fields."""
        return self.first, self.last

    @cached_property
    def text(self) -> Folded:
        """The joined text."""
        left = self.left.text[self._begin : self._cut]
        return Folded(f"{left}{_JOINT}{self.right.text[self._resume : self._end]}")

    def is_across(self, start: int, end: int) -> bool:
        """Whether a span of the joined text has letters on both sides."""
        return start < self._joint and end > self._joint + len(_JOINT)

    def places(self, start: int, end: int) -> dict[Place, str]:
        """Where a span of the joined text stands in the two fields, with the fields' texts."""
        over = end - self._joint - len(_JOINT)
        first = Place(self.first, self._begin + start, self._cut)
        last = Place(self.last, self._resume, self._resume + over)
        return {first: self.left.text, last: self.right.text}

    @property
    def _begin(self) -> int:
        return self.left.offsets[max(0, len(self.left.letters) - _REACH)]

    @property
    def _cut(self) -> int:
        return self.left.span(len(self.left.letters) - 1, len(self.left.letters))[1]

    @property
    def _resume(self) -> int:
        return self.right.offsets[0]

    @property
    def _end(self) -> int:
        return self.right.span(0, min(len(self.right.letters), _REACH))[1]

    @property
    def _joint(self) -> int:
        return self._cut - self._begin


def seams(texts: Mapping[str, Folded]) -> Iterator[Seam]:
    """Every pair of fields that both have letters, in both orders."""
    written = [(name, text) for name, text in texts.items() if text.letters]
    for (first, left), (last, right) in permutations(written, 2):
        yield Seam(first, last, left, right)
