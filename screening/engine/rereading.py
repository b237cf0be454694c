"""A text read again when something in it says that letters may be in disguise. Each asks first, cheaply."""

import re
from collections.abc import Iterator
from string import ascii_lowercase
from typing import Final

from screening.engine.folding import Reading, Reread, Toneless, Unstretched
from screening.engine.pinyin import readings

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_TONE: Final = re.compile(r"(?<=[a-z])[0-5](?![0-9])")
_FILLER: Final = re.compile(rf"(?<=[{_HAN}])[a-z0-9]{{1,2}}(?=[{_HAN}])")
_BESIDE_HAN: Final = re.compile(rf"(?<=[{_HAN}])[a-z]{{1,12}}|[a-z]{{1,12}}(?=[{_HAN}])")
_STRETCHES: Final = tuple(letter * 3 for letter in ascii_lowercase)
_STRETCHED: Final = re.compile(r"([a-z])\1+(?=\1)")
_DOUBLED: Final = re.compile(r"([a-z])(?=\1\1)")


def without_tones(text: Reading) -> Iterator[Reading]:
    """Without the digits that may be tones: "ao4te4man4"."""
    yield from _without(_TONE, text, Toneless)


def without_fillers(text: Reading) -> Iterator[Reading]:
    """Without one or two Latin letters or digits between Han characters: "奥x特x曼"."""
    yield from _without(_FILLER, text, Reread)


def unstretched(text: Reading) -> Iterator[Reading]:
    """Each letter written three times or more written once, and twice: "Ultraaaman", "Gooogle"."""
    if any(stretch in text.letters for stretch in _STRETCHES):
        yield from _without(_STRETCHED, text, Unstretched)
        yield from _without(_DOUBLED, text, Unstretched)


def all_pinyin(text: Reading) -> Iterator[Reading]:
    """Han characters as their pinyin, when Latin letters beside one may be syllables: "奥te曼"."""
    if _BESIDE_HAN.search(text.letters) is None:
        return
    spelled = [(readings(letter) or (letter,))[0] for letter in text.letters]
    places = [place for place, letters in enumerate(spelled) for _ in letters]
    seen = "".join(text.letters[place] for place in places)
    yield Reread(text, places, "".join(spelled), seen)


def _without(what: re.Pattern[str], text: Reading, kind: type[Reread]) -> Iterator[Reading]:
    dropped = {place for found in what.finditer(text.letters) for place in range(*found.span())}
    if dropped:
        places = [place for place in range(len(text.letters)) if place not in dropped]
        yield kind(text, places, "".join(text.letters[place] for place in places))
