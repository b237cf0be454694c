"""Texts and lyrics: which passages of one stand in another, by winnowed shingles.

A Chinese, Japanese or Korean character counts as a word; width, case, marks and punctuation do not count.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

SHINGLE: Final = 5  # words
WINDOW: Final = 4  # shingles: a passage of SHINGLE + WINDOW - 1 words in common is always noticed
LEAST_WORDS: Final = 12  # in common, in passages: fewer is no match
_WORD: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)


@dataclass(frozen=True)
class Overlap:
    """`spans` are half-open, in code points of the text asked about; `words` is how many they hold.

    A span may be up to WINDOW - 1 words short at either end: not every shingle is remembered.
    """

    words: int
    share: float  # of the text asked about
    spans: tuple[tuple[int, int], ...]


def winnowed(text: str) -> frozenset[int]:
    """The few shingles by which a work is remembered: of every WINDOW in a row the least."""
    hashes = [number for number, _, _ in _shingles(text)]
    last = max(1, len(hashes) - WINDOW + 1)
    return frozenset(min(hashes[place : place + WINDOW]) for place in range(last) if hashes)


def shingles(text: str) -> list[int]:
    """Every shingle of a text, in order: what is looked up among the works' own."""
    return [number for number, _, _ in _shingles(text)]


def overlap(text: str, work: Collection[int]) -> Overlap | None:
    """What of a text stands in a work, by the work's `winnowed` shingles; None when too little does."""
    words = _words(text)
    found: set[int] = set()
    for place, (number, _, _) in enumerate(_shingles(text)):
        if number in work:
            found.update(range(place, place + SHINGLE))
    if len(found) < LEAST_WORDS:
        return None
    return Overlap(len(found), round(len(found) / len(words), 4), _spans(sorted(found), words))


def _spans(found: list[int], words: list[tuple[str, int, int]]) -> tuple[tuple[int, int], ...]:
    """Neighbouring words become one passage; a gap that no shingle could bridge too."""
    spans: list[list[int]] = []
    for place in found:
        if spans and place - spans[-1][1] <= WINDOW:
            spans[-1][1] = place
        else:
            spans.append([place, place])
    return tuple((words[first][1], words[last][2]) for first, last in spans)


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(_folded(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _shingles(text: str) -> list[tuple[int, int, int]]:
    words = _words(text)
    told = []
    for place in range(len(words) - SHINGLE + 1):
        part = words[place : place + SHINGLE]
        digest = hashlib.blake2b("\0".join(word for word, _, _ in part).encode(), digest_size=8)
        told.append((int.from_bytes(digest.digest(), "big"), part[0][1], part[-1][2]))
    return told
