"""What to look for so that a term is found: as it is, backwards, in pinyin, in digits and signs."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, NamedTuple

from . import pinyin
from .leet import SHORTEST as SHORTEST_LEET
from .ordinary import is_word
from .spelling import is_unspaced
from .terms import Term

_BACKWARDS_LATIN: Final = 5  # shorter words read backwards are often words: "dog", "live", "star"
_BACKWARDS_UNSPACED: Final = 3  # two characters change places all the time: 蜂蜜, 蜜蜂


class Way(Enum):
    """How a term is written."""

    PLAIN = auto()
    BACKWARDS = auto()
    PINYIN = auto()
    SHORT_PINYIN = (
        auto()
    )  # so few letters that tones, or a character of the name, must be beside them


class Pattern(NamedTuple):
    """Letters to search for; `breaks` are the places in them where a new word begins."""

    letters: str
    breaks: frozenset[int]
    way: Way


def prepare() -> None:
    """Read the lists of words and sounds now: half a second that the first rule need not wait for."""
    is_word("")
    pinyin.readings("一")


def plain(term: Term) -> Pattern:
    """The term as it is."""
    return Pattern(term.letters, term.breaks, Way.PLAIN)


def patterns(term: Term) -> Iterator[Pattern]:
    """The term and its disguises that are found among the same letters."""
    yield plain(term)
    yield from _backwards(term)
    for letters, breaks in pinyin.spellings(term.letters):
        yield Pattern(letters, breaks, Way.PINYIN if pinyin.is_sure(letters) else Way.SHORT_PINYIN)


def may_be_leet(term: Term) -> bool:
    """Whether the term has letters that digits and signs can stand for."""
    letters = term.letters
    return len(letters) >= SHORTEST_LEET and letters.isascii() and not letters.isdigit()


def _backwards(term: Term) -> Iterator[Pattern]:
    """The whole term backwards, and each of its words. Not what somebody writes for its own sake."""
    letters, length = term.letters, len(term.letters)
    if length < (_BACKWARDS_UNSPACED if is_unspaced(letters[0]) else _BACKWARDS_LATIN):
        return
    words = [word[::-1] for word in term.words()]
    if all(map(is_word, words)):
        return
    whole = letters[::-1]
    if whole != letters:
        breaks = frozenset(length - place for place in term.breaks)
        yield Pattern(whole, breaks, Way.BACKWARDS)
    if len(words) > 1:
        yield Pattern("".join(words), term.breaks, Way.BACKWARDS)
