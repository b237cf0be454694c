"""How fast the prompt check decides, beside the bare automaton and beside what one would write by hand.

Only the ratios of one run mean anything. `prompt_check()` needs no database.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from ahocorasick_rs import AhoCorasick

from screening.engine.folding import Folded
from screening.engine.matcher import RuleSet
from screening.engine.rules import Question, Rule
from screening.engine.terms import fold_term

ROUNDS: Final = 3  # the best median of these counts
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
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


@dataclass(frozen=True)
class Size:
    """60 % of the rules are one to three Latin words, 40 % two to six Han characters; 30 % of the
    prompts are Chinese and 2 % name a term."""

    rules: int = 100_000
    prompts: int = 300
    characters: int = 1_000
    peer_prompts: int = 5  # the loop is slow
    seed: int = 20261123


def prompt_check(size: Size | None = None) -> dict[str, object]:
    """Microseconds for one decision, and the ratios that speed.md asks for.

    `limit` is the automaton alone on text already folded, `in_loop` is `any(term in prompt for …)`
    over the same terms, `small` the same prompts against a hundredth of the rules.
    """
    size = size or Size()
    words = Vocabulary(size.seed)
    terms = [words.term() for _ in range(size.rules)]
    prompts = [words.prompt(size.characters, terms) for _ in range(size.prompts)]
    started = time.perf_counter()
    rules = _rule_set(terms)
    build_seconds = time.perf_counter() - started
    folded = [Folded(prompt).letters for prompt in prompts]
    automaton = AhoCorasick([fold_term(t).letters for t in set(terms)], store_patterns=False)
    lowered = [term.casefold() for term in terms]
    ours = _times(_decider(rules), prompts)
    small = _times(_decider(_rule_set(terms[: size.rules // 100])), prompts)
    limit = _times(lambda t: automaton.find_matches_as_indexes(t, overlapping=True), folded)
    loop = _times(lambda p: [t for t in lowered if t in p.casefold()], prompts[: size.peer_prompts])
    medians = {"ours": ours, "small": small, "limit": limit, "in_loop": loop}
    return {
        "bench": "prompt_check",
        "rules": size.rules,
        "prompts": size.prompts,
        "characters": size.characters,
        "seed": size.seed,
        "build_seconds": round(build_seconds, 3),
        "microseconds": {name: _figures(times) for name, times in medians.items()},
        "ratios": {
            "times_faster_than_in_loop": round(_median(loop) / _median(ours), 1),
            "times_slower_than_limit": round(_median(ours) / _median(limit), 2),
            "all_rules_to_a_hundredth": round(_median(ours) / _median(small), 2),
        },
    }


class Vocabulary:
    """Made-up words and names, always the same ones for a seed."""

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


def _rule_set(terms: Sequence[str]) -> RuleSet:
    return RuleSet.build((Rule(UUID(int=i), i, (term,)) for i, term in enumerate(terms)), 1)


def _decider(rules: RuleSet) -> Callable[[str], object]:
    return lambda prompt: rules.decide(Question({"prompt": prompt}, NOW))


def _times(act: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Microseconds for each text, in the round with the best median."""
    return min((_round(act, texts) for _ in range(ROUNDS)), key=_median)


def _round(act: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    times = []
    for text in texts:
        started = time.perf_counter()
        act(text)
        times.append((time.perf_counter() - started) * 1e6)
    return times


_median = statistics.median


def _figures(times: Sequence[float]) -> dict[str, float]:
    return {
        "p50": round(_median(times), 1),
        "p99": round(statistics.quantiles(times, n=100)[98], 1),
    }
