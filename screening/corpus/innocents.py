"""Clean prompts of varied make, among them many that look like a name and are none."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from pypinyin import Style, pinyin

from screening.corpus import vocabulary as words
from screening.corpus.evasions import is_chinese
from screening.corpus.samples import Sample

Make = Callable[[Sample, Random], str]
_ENDINGS: Final = ("ual", "ic", "ism", "esque", "ology", "ing", "ations", "ship", "land", "shire")


def sentence(_sample: Sample, draw: Random) -> str:
    """An English request."""
    who, does = draw.choice(words.WHO), draw.choice(words.DOES)
    where, style = draw.choice(words.WHERE), draw.choice(words.STYLE)
    how = draw.choice(
        ("{0} {1} {2}, {3}", "draw {0} {1} {2} in the style of {3}", "{3}: {0} {1} {2}.")
    )
    return how.format(who, does, where, style)


def chinese_sentence(_sample: Sample, draw: Random) -> str:
    """A Chinese request."""
    parts = [draw.choice(p) for p in (words.ZH_WHO, words.ZH_DOES, words.ZH_WHERE, words.ZH_STYLE)]
    return draw.choice(
        ("画{0}{2}{1}，{3}", "请生成一张图：{0}{1}，背景是{2}，{3}", "{3}，{2}，{0}{1}")
    ).format(*parts)


def tags(_sample: Sample, draw: Random) -> str:
    """Tags with weights, sizes, seeds and switches."""
    chosen = draw.sample(words.TAGS, draw.randint(6, 14))
    weighted = [f"({t}:1.{draw.randint(1, 9)})" if draw.random() < 0.2 else t for t in chosen]
    return f"{', '.join(weighted)} --ar {draw.randint(1, 21)}:{draw.randint(1, 16)} --seed {draw.randint(0, 2**31)}"


def mixed(sample: Sample, draw: Random) -> str:
    """Chinese with English words in it."""
    return f"{chinese_sentence(sample, draw)}，{draw.choice(words.STYLE)}风格，{draw.choice(words.TAGS)}"


def technical(_sample: Sample, draw: Random) -> str:
    """Numbers, codes, addresses."""
    return draw.choice(words.TECHNICAL).format(
        draw.randint(1, 99), draw.randint(100, 4000), "".join(draw.choices("0123456789abcdef", k=8))
    )


def chatty(sample: Sample, draw: Random) -> str:
    """Stretched words, pictures, lines."""
    plain = sentence(sample, draw)
    return draw.choice(
        (
            "sooooo cute!!! {} 😍😍",
            "hmmm... {}\n\nthanks :)",
            "pleeease {} ✨✨✨",
            "{}!!!1!",
            "W O W {}",
        )
    ).format(plain)


def foreign(_sample: Sample, draw: Random) -> str:
    """Other languages."""
    return " ".join(draw.sample(words.FOREIGN, 2))


def people(_sample: Sample, draw: Random) -> str:
    """Chinese people's names in Latin letters: common syllables."""
    given = "".join(draw.sample(words.GIVEN, draw.randint(1, 2)))
    name = f"{draw.choice(words.SURNAMES)} {given}".title()
    return draw.choice(
        ("portrait of {}, tennis player", "{} teaches chemistry", "a card for {} and family")
    ).format(name)


def longer_word(sample: Sample, draw: Random) -> str:
    """A name inside a longer word."""
    name = draw.choice(sample.english).replace(" ", "").lower()
    word = draw.choice(
        (name + draw.choice(_ENDINGS), draw.choice(("non", "pre", "trans", "un")) + name)
    )
    return f"an essay on {word}, {draw.choice(words.STYLE)}"


def other_end(sample: Sample, draw: Random) -> str:
    """The beginning of a name, and then other words: "Ultra manual"."""
    name = draw.choice(sample.english)
    letters = name.replace(" ", "")
    place = draw.randint(3, len(letters) - 2)
    rest = letters[place:] + draw.choice(_ENDINGS)
    return f"{letters[:place]} {rest} {draw.choice(words.WHERE)}"


def words_apart(sample: Sample, draw: Random) -> str:
    """The words of a name in another order or in another sentence: "white snow"."""
    first, *_, last = draw.choice([n for n in sample.english if " " in n]).lower().split()
    return draw.choice(
        (
            "a {1} on a {0} hill",
            "{1} {0} scene",
            "{0}. And a {1}",
            "{0}, blue {1}",
            "the {1} of the {0}",
        )
    ).format(first, last)


def half_a_name(sample: Sample, draw: Random) -> str:
    """Some of the characters, others between them or in another order."""
    name = draw.choice(sample.chinese)
    tail = draw.choice(words.ZH_WHO)
    shapes = [
        f"{name[:-1]}，{name[-1]}色的{tail}",
        f"{name[0]}{tail}{name[1:]}",
        f"{name[1:]}{tail}",
        f"{name[0]}和{name[1:]}还有{tail}",
    ]
    if len(name) > 2:
        shapes.append(f"{name[1:]}{name[0]}")
    return f"画{draw.choice(shapes)}"


def same_sound(sample: Sample, draw: Random) -> str:
    """Other characters that sound like a name."""
    name = draw.choice(sample.chinese)
    return f"画{''.join(_alike(c, draw) for c in name)}，{draw.choice(words.ZH_STYLE)}"


def _alike(character: str, draw: Random) -> str:
    alike = [c for c in words.SOUNDS.get(_sound(character), "") if c != character]
    return draw.choice(alike) if alike else draw.choice("人山水")


def _sound(character: str) -> str:
    sound: str = pinyin(character, style=Style.NORMAL)[0][0]
    return sound


def english_by_sound(_sample: Sample, draw: Random) -> str:
    """English words that could be read as pinyin, and words that are words backwards too."""
    chosen = draw.sample(words.LIKE_PINYIN, 3) + draw.sample(words.BOTH_WAYS, 2)
    draw.shuffle(chosen)
    return f"{' '.join(chosen)} {draw.choice(words.WHERE)}"


MAKES: Final[Sequence[Make]] = (
    sentence,
    chinese_sentence,
    tags,
    mixed,
    technical,
    chatty,
    foreign,
    people,
    longer_word,
    other_end,
    words_apart,
    half_a_name,
    same_sound,
    english_by_sound,
)


def names_someone(prompt: str, sample: Sample) -> bool:
    """Whether a name stands in the prompt after all, as a plain reader sees it: then it is not clean."""
    padded = f" {''.join(c if c.isalnum() else ' ' for c in prompt.casefold())} "
    squeezed = " ".join(padded.split())
    return any(
        name in prompt if is_chinese(name) else f" {name.casefold()} " in f" {squeezed} "
        for name in sample.names
    )
