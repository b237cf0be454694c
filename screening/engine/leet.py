"""Digits and signs written for the letters they look like: "P1k4chu", "Ultr@m4n"."""

import re
from typing import Final

from .folding import Reading

_STANDS_FOR: Final = {
    "0": "o",
    "1": "il",
    "2": "z",
    "3": "e",
    "4": "a",
    "5": "s",
    "6": "gb",
    "7": "t",
    "8": "b",
    "9": "gq",
    "@": "a",
    "$": "s",
    "!": "il",
    "|": "il",
    "€": "e",
    "£": "l",
}
# One letter for all that may be meant by one sign; both sides are searched by these.
_CLASSES: Final = (
    ("l", "i"),
    ("1", "i"),
    ("!", "i"),
    ("|", "i"),
    ("£", "i"),
    ("0", "o"),
    ("2", "z"),
    ("3", "e"),
    ("€", "e"),
    ("4", "a"),
    ("@", "a"),
    ("5", "s"),
    ("$", "s"),
    ("7", "t"),
    ("b", "g"),
    ("q", "g"),
    ("6", "g"),
    ("8", "g"),
    ("9", "g"),
)
SHORTEST: Final = 4  # "k8s" is no broadcaster
_SIGN: Final = re.compile(r"[@$!|€£＠＄！｜]")
_SIGN_BY_LETTER: Final = re.compile(
    r"[0-9A-Za-zＡ-Ｚａ-ｚ]\W?[@$!|€£＠＄！｜]|[@$!|€£＠＄！｜]\W?[0-9A-Za-zＡ-Ｚａ-ｚ]"
)
_DIGIT_BY_LETTER: Final = re.compile(r"[a-z][0-9]|[0-9][a-z]")
_TALL_I: Final = re.compile(r"[A-Za-z]I[a-z]")


def skeleton(letters: str) -> str:
    """The letters with all that may stand for one another made the same; as long as before."""
    for sign, letter in _CLASSES:
        if sign in letters:
            letters = letters.replace(sign, letter)
    return letters


def has_digits(text: Reading) -> bool:
    """Whether a digit, or a capital I inside a word of small letters, may stand for a letter."""
    return bool(_DIGIT_BY_LETTER.search(text.letters) or _TALL_I.search(text.text))


def has_signs(text: str) -> bool:
    """Whether a sign next to a letter may stand for one."""
    return bool(_SIGN.search(text) and _SIGN_BY_LETTER.search(text))


def stands_for(text: Reading, start: int, term: str) -> bool:
    """Whether the letters from `start` on are the term with some, not all, of its letters in disguise.

    In a term of four letters two must be as they are.
    """
    plain, disguised = 0, 0
    for place, wanted in enumerate(term, start):
        letter = text.letters[place]
        if letter == wanted:
            plain += letter.isalpha()
        elif wanted in _STANDS_FOR.get(letter, "") or (wanted == "l" and _tall_i(text, place)):
            disguised += 1
        else:
            return False
    return disguised > 0 and plain >= (2 if len(term) == SHORTEST else 1)


def _tall_i(text: Reading, place: int) -> bool:
    """A capital I between a letter and a small one, as in "UItraman"."""
    at = text.offsets[place]
    return _TALL_I.match(text.text, at - 1) is not None if at else False
