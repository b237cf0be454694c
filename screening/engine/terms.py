"""Terms as the automaton sees them."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .folding import Folded

_ONE_WORD: Final[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Term:
    """`letters` is the key to search for, `breaks` the places in it where the term begins a new word."""

    letters: str
    breaks: frozenset[int]

    def words(self) -> list[str]:
        """The letters of each word."""
        if not self.breaks:
            return [self.letters]
        edges = [0, *sorted(self.breaks), len(self.letters)]
        return [self.letters[a:b] for a, b in pairwise(edges)]

    @property
    def normalized(self) -> str:
        """The term's words in their folded form, one space between them."""
        return " ".join(self.words())


def fold_term(text: str) -> Term:
    """A term or allow-phrase made ready. Letters spelled out one by one are one word here as well."""
    folded = Folded(text)
    if folded.solid:
        return Term(folded.letters, _ONE_WORD)
    words = folded.words()
    if len(words) == len(folded.letters):
        return Term(folded.letters, _ONE_WORD)
    return Term(folded.letters, frozenset(start for start, _ in words[1:]))
