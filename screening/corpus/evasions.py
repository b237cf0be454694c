"""The ways in which people write a name so that a word list does not see it."""

import unicodedata
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from opencc import OpenCC
from pypinyin import Style, pinyin

Evasion = Callable[[str, Random], str]
"""Makes a disguise of a name; gives the name itself back where the kind does not apply to it."""

_ZERO_WIDTH: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_MARKS: Final = "\u0300\u0301\u0302\u0303\u0308\u030a\u0323\u0327\u0336"
_LOOKS_LIKE: Final = dict(zip("aceiopsxyhjkmtbnuldwv", "асеіорѕхуһјкмтƄոսӏԁԝν", strict=True))
_LEET: Final = {
    "a": "4@",
    "e": "3",
    "i": "1!",
    "o": "0",
    "s": "5$",
    "t": "7",
    "b": "8",
    "g": "9",
    "l": "1|",
    "z": "2",
}
_PUNCTUATION: Final = ".-_*·~/"
_EMOJI: Final = "😀🌟❤️🔥🐱✨"
_FILLERS: Final = ("*", "~", "_", "★", "♥", "^", "=", "●")
_HAN_FILLERS: Final = (*_FILLERS, "x", "1", "a")
_SHAPES: Final = (0x1D400, 0x1D5A0, 0x1D670)  # mathematical A: bold, sans-serif, monospace
_TRADITIONAL: Final = OpenCC("s2t")


def is_chinese(name: str) -> bool:
    """Whether the name is written in Han characters."""
    return any("\u4e00" <= character <= "\u9fff" for character in name)


def _each(name: str, change: Callable[[str], str]) -> str:
    return "".join(map(change, name))


def _some(name: str, draw: Random, change: Callable[[str], str]) -> str:
    """Some characters changed, at least one of those that can be."""
    able = [place for place, character in enumerate(name) if change(character) != character]
    if not able:
        return name
    chosen = set(draw.sample(able, draw.randint(1, max(1, len(able) * 2 // 3))))
    return "".join(change(c) if place in chosen else c for place, c in enumerate(name))


def case(name: str, draw: Random) -> str:
    """Capitals and small letters at random."""
    return _each(name, lambda c: draw.choice((c.upper(), c.lower())))


def width(name: str, draw: Random) -> str:
    """Full-width letters, or letters of the mathematical alphabets."""
    first = draw.choice((0xFF21, *_SHAPES))

    def shaped(character: str) -> str:
        if character.isascii() and character.isalpha():
            small = 32 if first == 0xFF21 else 26
            return chr(first + ord(character.upper()) - 65 + (small if character.islower() else 0))
        return character

    return _each(name, shaped)


def zero_width(name: str, draw: Random) -> str:
    """Characters that nobody sees between the letters."""
    return name[0] + _each(
        name[1:], lambda c: draw.choice(("", draw.choice(_ZERO_WIDTH) * draw.randint(1, 3))) + c
    )


def marks(name: str, draw: Random) -> str:
    """Accents upon letters."""
    marked = _some(name, draw, lambda c: c + draw.choice(_MARKS) if c.isalpha() else c)
    return unicodedata.normalize(draw.choice(("NFC", "NFD")), marked)


def homoglyphs(name: str, draw: Random) -> str:
    """Cyrillic, Greek and Armenian letters that look Latin."""
    return _some(name, draw, lambda c: _LOOKS_LIKE.get(c, c))


def leet(name: str, draw: Random) -> str:
    """Digits and signs for letters, some of them as they were."""
    return _some(name, draw, lambda c: draw.choice(_LEET[c.lower()]) if c.lower() in _LEET else c)


def spaced(name: str, draw: Random) -> str:
    """A space between all letters, two or more between words."""
    return (" " * draw.randint(2, 3)).join(" ".join(word) for word in name.split())


def punctuated(name: str, draw: Random) -> str:
    """A mark between all letters."""
    return " ".join(draw.choice(_PUNCTUATION).join(word) for word in name.split())


def joined(name: str, draw: Random) -> str:
    """The words of the name written as one, or joined by marks."""
    return draw.choice(("", "_", "-", ".")).join(name.split())


def torn(name: str, draw: Random) -> str:
    """One space inside a word. Where both pieces are words by themselves nobody can tell."""
    long = max(name.split(), key=len)
    if is_chinese(name) or len(long) < 5:
        return name
    place = draw.randint(2, len(long) - 2)
    return name.replace(long, f"{long[:place]} {long[place:]}")


def traditional(name: str, draw: Random) -> str:
    """Traditional characters."""
    written: str = _TRADITIONAL.convert(name)
    return written


def _syllables(name: str, style: Style) -> list[str]:
    return [reading[0] for reading in pinyin(name, style=style)] if is_chinese(name) else [name]


def pinyin_plain(name: str, draw: Random) -> str:
    """By sound, without tones; apart, together, or with capitals."""
    syllables = _syllables(name, Style.NORMAL)
    change = draw.choice((str.title, str.lower, str.upper)) if is_chinese(name) else str
    return _glue(draw).join(map(change, syllables))


def pinyin_tones(name: str, draw: Random) -> str:
    """By sound, with tones as accents."""
    return _glue(draw).join(_syllables(name, Style.TONE))


def pinyin_digits(name: str, draw: Random) -> str:
    """By sound, with tones as digits."""
    return _glue(draw).join(_syllables(name, Style.TONE3))


def _glue(draw: Random) -> str:
    return draw.choice((" ", "", "-", "'"))


def half_pinyin(name: str, draw: Random) -> str:
    """Some characters by sound, the others as they are."""
    if not is_chinese(name):
        return name
    spelled = draw.sample(range(len(name)), draw.randint(1, len(name) - 1))
    sounds = _syllables(name, Style.NORMAL)
    return "".join(sounds[place] if place in spelled else c for place, c in enumerate(name))


def backwards(name: str, draw: Random) -> str:
    """The name, or each of its words, backwards."""
    words = name.split()
    return draw.choice((name[::-1], " ".join(word[::-1] for word in words)))


def emoji(name: str, draw: Random) -> str:
    """Pictures inside the name."""
    place = draw.randint(1, len(name) - 1)
    if draw.random() < 0.5:
        return f"{name[:place].rstrip()}{draw.choice(_EMOJI)}{name[place:].lstrip()}"
    return draw.choice(_EMOJI).join(name.replace(" ", ""))


def fillers(name: str, draw: Random) -> str:
    """Signs, in Chinese also a letter or a digit, between some letters."""
    usable = _HAN_FILLERS if is_chinese(name) else _FILLERS
    if is_chinese(name) and len(name) < 3:
        usable = _FILLERS
    filler = draw.choice(usable)
    inner = name.replace(" ", "")
    places = set(draw.sample(range(1, len(inner)), draw.randint(1, len(inner) - 1)))
    return "".join(filler + c if place in places else c for place, c in enumerate(inner))


def stretched(name: str, draw: Random) -> str:
    """A letter written three times or more."""
    able = [place for place, c in enumerate(name) if c.isalpha() and c.isascii()]
    if not able:
        return name
    place = draw.choice(able)
    return name[:place] + name[place] * draw.randint(3, 6) + name[place + 1 :]


def two_at_once(name: str, draw: Random) -> str:
    """Two kinds one upon the other."""
    first, second = draw.choice(
        (
            (homoglyphs, zero_width),
            (width, spaced),
            (leet, spaced),
            (marks, emoji),
            (traditional, spaced),
            (backwards, zero_width),
            (traditional, fillers),
        )
    )
    return second(first(name, draw), draw)


KINDS: Final[Mapping[str, Evasion]] = {
    "case": case,
    "width": width,
    "zero_width": zero_width,
    "marks": marks,
    "homoglyphs": homoglyphs,
    "leet": leet,
    "spaced": spaced,
    "punctuated": punctuated,
    "joined": joined,
    "torn": torn,
    "traditional": traditional,
    "pinyin_plain": pinyin_plain,
    "pinyin_tones": pinyin_tones,
    "pinyin_digits": pinyin_digits,
    "half_pinyin": half_pinyin,
    "backwards": backwards,
    "emoji": emoji,
    "fillers": fillers,
    "stretched": stretched,
    "two_at_once": two_at_once,
}
SPLIT_FIELDS: Final = "split_fields"  # not of the name alone: half of it stands in the other field
