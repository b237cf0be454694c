"""Ordinary English words, so that a disguise is not seen where a writer means the word itself."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from spellchecker import SpellChecker

_USED: Final = 80  # times in the list's corpus: rarer ones are mostly slips of the pen
_COMMON: Final = 500
_COMMON_SHORT: Final = {
    1: 1_000_000,
    2: 1_000_000,
    3: 3_000,
}  # most short pieces are no words: "er", "tor"
_EVERYDAY: Final = 9_000  # among single syllables these alone are English before they are Chinese


@lru_cache(maxsize=1)
def _words() -> dict[int, frozenset[str]]:
    """English words by how often at least they are used."""
    times: Mapping[str, int] = SpellChecker(language="en").word_frequency.dictionary
    return {
        _USED: frozenset(word for word, count in times.items() if count >= _USED),
        _COMMON: frozenset(w for w, n in times.items() if n >= _COMMON_SHORT.get(len(w), _COMMON)),
        _EVERYDAY: frozenset(word for word, count in times.items() if count >= _EVERYDAY),
    }


def is_word(letters: str) -> bool:
    """Whether the small letters are an English word somebody may write."""
    return letters in _words()[_USED]


def is_common(letters: str) -> bool:
    """Whether the small letters are a word that most readers know."""
    return letters in _words()[_COMMON]


def is_everyday(letters: str) -> bool:
    """Whether the small letters are among the ten thousand words everybody writes."""
    return letters in _words()[_EVERYDAY]
