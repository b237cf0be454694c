"""How Chinese names are written in Latin letters, without tones."""

import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate, islice, product
from pathlib import Path
from typing import Final

READINGS: Final = 2  # of one character, the usual ones
SPELLINGS: Final = 4  # of one name
SYLLABLES: Final = 2  # "man" alone says nothing
LETTERS: Final = 5  # "huli" is too many other things
_DOTTED: Final = "ü"


@lru_cache(maxsize=1)
def _known() -> Mapping[str, str]:
    """Characters by code point and their readings, most usual first: pypinyin's data.

    Its file is read, the package is not imported: that would hold 50 MB of phrases in every guard.
    """
    package = find_spec("pypinyin")
    if package is None or package.origin is None:
        raise RuntimeError("pypinyin is not installed: install requirements.txt.")
    known: dict[str, str] = json.loads(
        Path(package.origin).with_name("pinyin_dict.json").read_text("utf-8")
    )
    return known


@lru_cache(maxsize=30_000)
def readings(character: str) -> tuple[str, ...]:
    """The usual readings of a Han character in plain letters, `ü` as `v` and as `u`. () for any other."""
    told = _known().get(str(ord(character)), "") if not character.isascii() else ""
    ways = dict.fromkeys(_plain(reading) for reading in told.split(",") if reading)
    return tuple(dict.fromkeys(way for spelled in list(ways)[:READINGS] for way in spelled if way))


def _plain(reading: str) -> tuple[str, ...]:
    composed = unicodedata.normalize("NFC", _toneless(reading))
    if _DOTTED in composed:
        return composed.replace(_DOTTED, "v"), composed.replace(_DOTTED, "u")
    return (_bare(composed),)


def _toneless(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading)
    return "".join(c for c in parts if not unicodedata.combining(c) or c == "\u0308")


def _bare(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading)
    return "".join(c for c in parts if "a" <= c <= "z")


def spellings(letters: str) -> list[tuple[str, frozenset[int]]]:
    """The ways to write a name of Han characters in pinyin, and where its syllables begin.

    None for names with other letters in them, and for those too short to mean one name.
    """
    ways = [readings(character) for character in letters]
    if len(ways) < SYLLABLES or not all(ways):
        return []
    found: dict[str, frozenset[int]] = {}
    for syllables in islice(product(*ways), SPELLINGS):
        spelled = "".join(syllables)
        if len(spelled) >= LETTERS:
            found.setdefault(spelled, frozenset(accumulate(map(len, syllables[:-1]))))
    return list(found.items())
