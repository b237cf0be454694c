"""What one character comes down to when two spellings are compared: its letters, or nothing."""

import unicodedata
from typing import Final

from opencc import OpenCC

# Letters that a reader takes for the Latin letter on the left. Terms and prompts are folded alike, so a
# Russian or Greek term still matches itself.
_READ_AS: Final = {
    "a": "аαɑ",
    "b": "вƅβ",
    "c": "сϲ",
    "d": "ԁđɗ",
    "e": "еєɛε",
    "f": "ƒ",
    "g": "ɡցɢ",
    "h": "һнհħʜ",
    "i": "іιıɪɩ",
    "j": "јȷ",
    "k": "кκ",
    "l": "ӏłʟⅼ",
    "m": "мʍ",
    "n": "ոηɴ",
    "o": "оοօøσ",
    "p": "рρ",
    "q": "ԛզ",
    "r": "гʀ",
    "s": "ѕʂ",
    "t": "тτŧ",
    "u": "սυʋ",
    "v": "ѵν",
    "w": "ԝωɯ",
    "x": "хχ",
    "y": "уүγʏ",
    "z": "ʐᴢ",
}
_LATIN: Final = {ord(alike): latin for latin, alikes in _READ_AS.items() for alike in alikes}

# Signs written for the letter they look like. Only a second reading takes them for letters.
SIGNS: Final = frozenset("@$!|€£")

# Letters in coloured or framed boxes, which Unicode does not decompose: first code point of each A to Z.
_BOXED_A: Final = (0x1F150, 0x1F170, 0x1F1E6)

# Marks that sit on a letter without changing which letter it is. Vowel signs of Indic scripts, Thai and
# the voicing marks of kana are letters in their own right and stay.
_MARKS: Final = (
    range(0x0300, 0x0370),
    range(0x0483, 0x048A),
    range(0x0591, 0x05C8),
    range(0x0610, 0x061B),
    range(0x064B, 0x0660),
    range(0x0670, 0x0671),
    range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00),
    range(0x20D0, 0x2100),
    range(0xFE00, 0xFE10),
    range(0xFE20, 0xFE30),
    range(0xE0100, 0xE01F0),
)
_INVISIBLE_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5")
_HAN: Final = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x2FA20))
_LATER_HAN: Final = range(0x20000, 0x40000)  # assigned after this Python's Unicode tables


def _simplified() -> dict[int, str]:
    """Each traditional character and its simplified form, character by character, from OpenCC's data."""
    characters = [chr(point) for block in _HAN for point in block]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(a): b for a, b in zip(characters, converted, strict=True) if a != b}


_SIMPLIFIED: Final = _simplified()


def is_silent(character: str) -> bool:
    """Whether a reader does not see the character at all, or sees only a mark upon its neighbour."""
    point = ord(character)
    if character in _INVISIBLE_LETTERS or any(point in block for block in _MARKS):
        return True
    category = unicodedata.category(character)
    if category == "Cn":
        return point not in _LATER_HAN
    return category in {"Cf", "Co", "Cs"} or (category == "Cc" and not character.isspace())


def _is_letter(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd" or ord(character) in _LATER_HAN


def letters_of(character: str) -> str:
    """The letters and digits that the character stands for: folded width, case, marks, alphabet, script.

    The empty string for separators and for silent characters.
    """
    point = ord(character)
    for first in _BOXED_A:
        if first <= point < first + 26:
            return chr(ord("a") + point - first)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_letter(c) for c in decomposed if not is_silent(c) and _is_letter(c))


def letters_or_sign(character: str) -> str:
    """As `letters_of`, but a sign that is drawn like a letter stays, as its plain self."""
    sign = unicodedata.normalize("NFKC", character)
    return sign if sign in SIGNS else letters_of(character)


def looks_latin(character: str) -> bool:
    """Whether a letter of another alphabet is read as a Latin one."""
    return ord(character.casefold()[:1] or "a") in _LATIN


def is_traditional(character: str) -> bool:
    """Whether the character has another, simplified form."""
    return ord(character) in _SIMPLIFIED


def is_mark(character: str) -> bool:
    """Whether the character is a mark upon the letter before it."""
    return any(ord(character) in block for block in _MARKS)


def _letter(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    point = ord(character)
    return _LATIN.get(point) or _SIMPLIFIED.get(point) or character
