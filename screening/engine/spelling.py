"""Whether letters found in a text really spell a term there: word boundaries, gaps, spelled-out letters.

The automaton finds the term's letters with every gap taken out. Here the gaps are looked at again:
"Ultra manual" is not "Ultraman", "ultra man made" is two ordinary words, "U l t r a m a n" is one.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from .folding import Gap, Reading
from .letters import SIGNS
from .ordinary import is_common

# Scripts written without spaces between words (or, Korean, with endings glued on): terms match inside.
_UNSPACED: Final = (
    range(0x0E00, 0x1200),  # Thai, Lao, Tibetan, Myanmar, conjoining jamo
    range(0x1780, 0x1800),  # Khmer
    range(0x2E80, 0xA4D0),  # kana, Bopomofo, Han, Yi
    range(0xAC00, 0xD800),  # Hangul
    range(0x20000, 0x40000),  # Han
)
# A letter followed by one of these is another letter or syllable: voiced kana, vowels and finals of Hangul.
_CONTINUES: Final = frozenset({"\u3099", "\u309a", *map(chr, range(0x1160, 0x1200))})
_SPELLED_LETTERS: Final = (
    3  # single letters needed before the longer pieces beside them count as spelled
)
_TEARABLE: Final = 5  # letters of a word that is recognised in pieces


def spells(text: Reading, start: int, end: int, breaks: frozenset[int]) -> bool:
    """Whether letters `start` to before `end` stand in `text` as the term, alone.

    `breaks` are the places, counted from the term's start, where the term itself begins a new word.
    """
    if not (_opens(text, start) and _closes(text, end)):
        return False
    words = _words(start, end, breaks)
    return all(_one_word(text, a, b) for a, b in words) and not _goes_on(text, start, end, breaks)


def _words(start: int, end: int, breaks: Iterable[int]) -> list[tuple[int, int]]:
    edges = [start, *(start + place for place in sorted(breaks)), end]
    return list(pairwise(edges))


def _opens(text: Reading, start: int) -> bool:
    return not text.touches(start) or not _joined(
        inner=text.letters[start], outer=text.letters[start - 1]
    )


def _closes(text: Reading, end: int) -> bool:
    if not text.touches(end):
        return True
    inner, outer = text.letters[end - 1], text.letters[end]
    return outer not in _CONTINUES and not _joined(inner=inner, outer=outer)


def _joined(*, inner: str, outer: str) -> bool:
    """Whether two neighbouring letters make one word. A number tacked on to a name is not part of it."""
    if outer in SIGNS:
        return False
    if inner.isascii() and outer.isascii():
        return inner.isdigit() or not outer.isdigit()
    if is_unspaced(inner) or is_unspaced(outer):
        return False
    return not (outer.isdigit() and not inner.isdigit())


def is_unspaced(letter: str) -> bool:
    """Whether the letter's script is written without spaces between words."""
    point = ord(letter)
    return point > 0xDFF and any(point in block for block in _UNSPACED)


def _one_word(text: Reading, start: int, end: int) -> bool:
    """Whether the letters are one word in spite of the gaps between them."""
    torn = [k for k in range(start + 1, end) if not (text.touches(k) or _tolerable(text, k))]
    if not torn:
        return True
    single = {k for k in range(start, end) if text.stands_alone(k)}
    if len(single) == end - start:
        return True
    if len(single) >= _SPELLED_LETTERS and all(k in single or k - 1 in single for k in torn):
        return True
    if end - start >= _SPELLED_LETTERS and all(map(is_unspaced, text.letters[start:end])):
        return all(Gap.NONE < text.gap(k) <= Gap.SPACE for k in range(start + 1, end))
    return end - start >= _TEARABLE and _is_torn(text, [start, *torn, end])


def _is_torn(text: Reading, edges: Sequence[int]) -> bool:
    """Whether single spaces cut a word into pieces that are not all known words: "Ult raman", no "Ultra man"."""
    if any(text.gap(k) is not Gap.SPACE for k in edges[1:-1]):
        return False
    return not all(is_common(text.letters[a:b]) for a, b in pairwise(edges))


def _tolerable(text: Reading, place: int) -> bool:
    gap = text.gap(place)
    if is_unspaced(text.letters[place]) or is_unspaced(text.letters[place - 1]):
        return gap in {Gap.JOINER, Gap.SPACE}
    return gap <= Gap.CLAUSE


def _goes_on(text: Reading, start: int, end: int, breaks: frozenset[int]) -> bool:
    """Whether spelled-out letters only begin or end a longer spelled-out word: "c a t a l o g" is no cat.

    One more letter is let pass: "a U l t r a m a n".
    """
    length = end - start
    before = 1 not in breaks and _continues(text, start, -1)
    return before or (length - 1 not in breaks and _continues(text, end - 1, 1))


def _continues(text: Reading, edge: int, step: int) -> bool:
    outer, inner = (edge, edge + 1) if step < 0 else (edge + 1, edge)
    if not text.stands_alone(edge) or text.gap(outer) > text.gap(inner):
        return False
    neighbours = (edge + step, edge + 2 * step)
    return all(0 <= k < len(text.letters) and text.stands_alone(k) for k in neighbours)
