"""How Chinese names are written in Latin letters, without tones."""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate, combinations, islice, product
from pathlib import Path
from typing import Final

READINGS: Final = 3  # of one character, the usual ones
SPELLINGS: Final = 6  # of one name
SYLLABLES: Final = 2  # "man" alone says nothing
_SURE: Final = 5  # letters; "huli" without tones is too many other things
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

    None for names with other letters in them, and for single characters.
    """
    ways = [readings(character) for character in letters]
    if len(ways) < SYLLABLES or not all(ways):
        return []
    found: dict[str, frozenset[int]] = {}
    for syllables in islice(_likely_first(ways), SPELLINGS):
        spelled = "".join(syllables)
        found.setdefault(spelled, frozenset(accumulate(map(len, syllables[:-1]))))
    return list(found.items())


def _likely_first(ways: Sequence[tuple[str, ...]]) -> Iterator[Sequence[str]]:
    """All usual readings, then one character read otherwise, then two of them."""
    usual = [way[0] for way in ways]
    yield usual
    several = [place for place, way in enumerate(ways) if len(way) > 1]
    for count in (1, 2):
        for places in combinations(several, count):
            for others in product(*(ways[place][1:] for place in places)):
                changed = dict(zip(places, others, strict=True))
                yield [changed.get(place, way) for place, way in enumerate(usual)]


def is_sure(spelling: str) -> bool:
    """Whether the letters mean the name even without tones. No word but a Chinese one has `v` for `ü`."""
    return len(spelling) >= _SURE or "v" in spelling
