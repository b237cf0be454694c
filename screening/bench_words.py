"""Made-up names and prompts for measurements. Nothing in them means anything."""

import random
from collections.abc import Sequence
from typing import Final

_CONSONANTS: Final = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "st",
    "tr",
    "sh",
    "ch",
]
_VOWELS: Final = ["a", "e", "i", "o", "u", "ai", "ou"]


class Vocabulary:
    """Made-up words and names, always the same ones for a seed.

    60 % of the names are one to three Latin words, 40 % two to six Han characters; 30 % of the prompts
    are Chinese and 2 % name a term.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - figures, no secrets
        self._words = [self._word(2, 4) for _ in range(20_000)]
        self._han = [chr(0x4E00 + int(self._random.random() ** 2 * 8_000)) for _ in range(5_000)]

    def term(self) -> str:
        """A name: its words are rarer than those of the prompts."""
        if self._random.random() < 0.4:
            return "".join(self._random.choices(self._han, k=self._random.randint(2, 6)))
        return " ".join(self._word(3, 5) for _ in range(self._random.randint(1, 3)))

    def prompt(self, characters: int, terms: Sequence[str]) -> str:
        """A prompt of a length, Chinese or not, naming a term or not."""
        if self._random.random() < 0.3:
            text = "".join(self._random.choices(self._han, k=characters))
        else:
            text = " ".join(self._random.choices(self._words, k=characters // 3))[:characters]
        if self._random.random() < 0.02:
            half = characters // 2
            text = f"{text[:half]} {self._random.choice(terms)} {text[half:]}"[:characters]
        return text

    def _word(self, least: int, most: int) -> str:
        syllables = range(self._random.randint(least, most))
        choose = self._random.choice
        return "".join(choose(_CONSONANTS) + choose(_VOWELS) for _ in syllables)
