"""Ordinary English words, so that a disguise is not seen where a writer means the word itself."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from spellchecker import SpellChecker

_USED: Final = 80  # times in the list's corpus: rarer ones are mostly slips of the pen
_EVERYDAY: Final = 9_000  # among single syllables these alone are English before they are Chinese


@lru_cache(maxsize=1)
def _used() -> tuple[frozenset[str], frozenset[str]]:
    times: Mapping[str, int] = SpellChecker(language="en").word_frequency.dictionary
    used = {word: count for word, count in times.items() if count >= _USED and word.isalpha()}
    return frozenset(used), frozenset(w for w, count in used.items() if count >= _EVERYDAY)


def is_word(letters: str) -> bool:
    """Whether the small letters are an English word somebody may write."""
    return letters in _used()[0]


def is_everyday(letters: str) -> bool:
    """Whether the small letters are among the ten thousand words everybody writes."""
    return letters in _used()[1]
