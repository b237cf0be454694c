"""A text read again when something in it says that letters may be in disguise. Each asks first, cheaply."""

import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase
from typing import Final

from .folding import Reading, Reread, Toneless, Unstretched
from .pinyin import readings

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_TONE: Final = re.compile(r"(?<=[a-z])[0-5](?![0-9])")
_TONE_MARK: Final = re.compile(
    "[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛ\u0300\u0301\u0304\u030c]"
)
_FILLER: Final = re.compile(rf"(?<=[{_HAN}])[a-z0-9]{{1,2}}(?=[{_HAN}])")
_HAN_BESIDE_LATIN: Final = re.compile(rf"[{_HAN}](?=[a-z])|[a-z](?=[{_HAN}])")
_NEAR: Final = 24  # letters on each side: half a long name
_SYLLABLE: Final = (
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|[aeio]ng|ia[no]|uai|[uv]an|a[ino]|e[inr]|i[aenu]|ou|u[aeino]|v[en]|[aeiouv])"
)
_SYLLABLES: Final = re.compile(f"(?:{_SYLLABLE}){{1,6}}")
_LATIN: Final = re.compile(r"[a-z]")
_STRETCHES: Final = tuple(letter * 3 for letter in ascii_lowercase)
_DOUBLE: Final = 2  # ordinary words have no more
_REPEATED: Final = re.compile(r"([a-z])\1{2,}")


def has_tone_marks(text: str) -> bool:
    """Whether a vowel carries the mark of a Chinese tone."""
    return not text.isascii() and _TONE_MARK.search(text) is not None


def without_tones(text: Reading) -> Iterator[Reading]:
    """Without the digits that may be tones: "ao4te4man4"."""
    yield from _without(_TONE, text, Toneless)


def without_fillers(text: Reading) -> Iterator[Reading]:
    """Without one or two Latin letters or digits between Han characters: "奥x特x曼"."""
    yield from _without(_FILLER, text, Reread)


def unstretched(text: Reading) -> Iterator[Reading]:
    """Each letter written three times or more written once, and twice: "Ultraaaman", "Gooogle"."""
    if _has_stretch(text.letters):
        runs = list(_stretches(text))
        for kept in (1, 2):
            dropped = {place for run in runs for place in run[:-kept]}
            yield from _left(text, dropped, Unstretched)


def all_pinyin(text: Reading) -> Iterator[Reading]:
    """Han characters as their pinyin, around Latin letters that are syllables too: "奥te曼"."""
    for seam in _HAN_BESIDE_LATIN.finditer(text.letters):
        place = seam.start() + 1
        if _SYLLABLES.fullmatch(_latin_word(text, place)):
            yield _spelled(
                text, range(max(0, place - _NEAR), min(len(text.letters), place + _NEAR))
            )


def _latin_word(text: Reading, place: int) -> str:
    """The Latin letters on one side of `place`, up to the next gap or other letter."""
    step = 1 if text.letters[place].isascii() else -1
    first = last = place if step > 0 else place - 1
    while 0 <= last + step < len(text.letters) and text.inside_word(max(last, last + step)):
        last += step
    return text.letters[min(first, last) : max(first, last) + 1]


def _spelled(text: Reading, around: Iterable[int]) -> Reading:
    parts = [
        (place, (readings(text.letters[place]) or (text.letters[place],))[0]) for place in around
    ]
    places = [place for place, letters in parts for _ in letters]
    seen = "".join(text.letters[place] for place in places)
    return Reread(text, places, "".join(letters for _place, letters in parts), seen)


def _has_stretch(letters: str) -> bool:
    """Whether a Latin letter stands three times in a row. Plain letters: all at once, as one number."""
    if not letters.isascii():
        return _LATIN.search(letters) is not None and any(map(letters.__contains__, _STRETCHES))
    number = int.from_bytes(letters.encode(), "big")
    unlike_next = number ^ (number >> 8)
    unlike_two = unlike_next | (unlike_next >> 8)
    return 0 in unlike_two.to_bytes(len(letters), "big")[2:]


def _stretches(text: Reading) -> Iterator[range]:
    """The places of each letter that stands three times or more in a row, without a gap."""
    for run in _REPEATED.finditer(text.letters):
        begin = run.start()
        for place in range(run.start() + 1, run.end() + 1):
            if place == run.end() or not text.touches(place):
                if place - begin > _DOUBLE:
                    yield range(begin, place)
                begin = place


def _without(what: re.Pattern[str], text: Reading, kind: type[Reread]) -> Iterator[Reading]:
    found = (place for run in what.finditer(text.letters) for place in range(*run.span()))
    yield from _left(text, set(found), kind)


def _left(text: Reading, dropped: set[int], kind: type[Reread]) -> Iterator[Reading]:
    if dropped:
        places = [place for place in range(len(text.letters)) if place not in dropped]
        yield kind(text, places, "".join(text.letters[place] for place in places))
