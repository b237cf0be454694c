"""How fast the prompt check decides and how well, beside what a platform would use instead.

Only the ratios of one run mean anything. Nothing here needs a database.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from ahocorasick_rs import AhoCorasick

from screening.bench_words import Vocabulary
from screening.corpus.samples import REPORT
from screening.corpus.trial import Fields, Prompt, clean, disguised
from screening.engine.folding import Folded
from screening.engine.matcher import RuleSet
from screening.engine.rules import Outcome, Question, Rule
from screening.engine.terms import fold_term
from screening.peer import Peer
from screening.percentiles import percentiles

ROUNDS: Final = 3  # the best median of these counts
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
SEED: Final = 20261123
DIGITS: Final = 1  # of a microsecond
Act = Callable[[str], object]


@dataclass(frozen=True)
class Size:
    """Numbers of rules, smallest first, and lengths of prompts in characters."""

    rules: Sequence[int] = (1_000, 100_000)
    characters: Sequence[int] = (200, 1_000, 4_000)
    prompts: int = 300
    peer_prompts: int = 3  # it is slow


def prompt_check(peer: Peer, size: Size | None = None) -> dict[str, object]:
    """Microseconds for one decision, and their ratios to the bare automaton and the peer.

    `limit` is the bare automaton over the terms, on text already folded; `peer` says which filter that was.
    """
    size = size or Size()
    words = Vocabulary(SEED)
    terms = [words.term() for _ in range(max(size.rules))]
    prompts = {n: [words.prompt(n, terms) for _ in range(size.prompts)] for n in size.characters}
    figures, peer_name, build_seconds = {}, "", 0.0
    for count in size.rules:
        started = time.perf_counter()
        rules = _rule_set(terms[:count])
        build_seconds = time.perf_counter() - started
        for length, texts in prompts.items():
            told = peer.ask(terms[:count], [[text] for text in texts[: size.peer_prompts]])
            peer_name = told.name
            figures[count, length] = {
                "ours": percentiles(_times(_decider(rules), texts), DIGITS),
                "limit": percentiles(_times(*_limit(terms[:count], texts)), DIGITS),
                "peer": percentiles(told.microseconds, DIGITS),
            }
    return {
        "bench": "prompt_check",
        "peer": peer_name,
        "prompts": size.prompts,
        "seed": SEED,
        "build_seconds": round(build_seconds, 3),
        "microseconds": {f"{c} rules, {n} characters": f for (c, n), f in figures.items()},
        "ratios": {f"{n} characters": _ratios(figures, size, n) for n in size.characters},
    }


def matching_quality(peer: Peer, each: int = 5, count: int = 10_000) -> dict[str, object]:
    """Recall on disguised names and false blocks on clean prompts, ours and the peer's on the same ones."""
    hidden = list(disguised(REPORT, each, SEED))
    plain = list(clean(REPORT, count, SEED + 1))
    rules = _rule_set(REPORT.names)
    told = peer.ask(REPORT.names, [list(prompt.fields.values()) for prompt in hidden + plain])
    ours = [_blocks(rules, prompt.fields) for prompt in hidden + plain]
    shares = {
        "ours": _quality(hidden, plain, ours),
        "peer": _quality(hidden, plain, told.blocked),
    }
    recall = {who: share["recall"] for who, share in shares.items()}
    return {
        "bench": "matching_quality",
        "peer": told.name,
        "disguises": len(hidden),
        "clean": len(plain),
        "seed": SEED,
        "quality": shares,
        "ratios": {
            "recall_to_peer": round(recall["ours"] / max(recall["peer"], 1e-9), 2),
            "misses_to_peer": round((1 - recall["ours"]) / max(1 - recall["peer"], 1e-9), 4),
        },
        "recall_by_kind": {
            kind: {"ours": _share(kind, hidden, ours), "peer": _share(kind, hidden, told.blocked)}
            for kind in dict.fromkeys(prompt.kind for prompt in hidden)
        },
    }


def _quality(
    hidden: Sequence[Prompt], plain: Sequence[Prompt], blocked: Sequence[bool]
) -> dict[str, float]:
    found, wrongly = sum(blocked[: len(hidden)]), sum(blocked[len(hidden) :])
    return {
        "recall": round(found / len(hidden), 5),
        "false_blocks": wrongly,
        "false_block_share": round(wrongly / len(plain), 5),
    }


def _share(kind: str, hidden: Sequence[Prompt], blocked: Sequence[bool]) -> float:
    told = [b for prompt, b in zip(hidden, blocked, strict=False) if prompt.kind == kind]
    return round(sum(told) / len(told), 4)


def _ratios(
    figures: Mapping[tuple[int, int], Mapping[str, Mapping[str, float]]], size: Size, length: int
) -> dict[str, float]:
    few, many = figures[min(size.rules), length], figures[max(size.rules), length]
    ours = many["ours"]["p50"]
    return {
        "times_faster_than_peer": round(many["peer"]["p50"] / ours, 1),
        "times_slower_than_limit": round(ours / many["limit"]["p50"], 2),
        "all_rules_to_few": round(ours / few["ours"]["p50"], 2),
    }


def _rule_set(terms: Sequence[str]) -> RuleSet:
    return RuleSet.build((Rule(UUID(int=i), i, (term,)) for i, term in enumerate(terms)), 1)


def _decider(rules: RuleSet) -> Act:
    return lambda prompt: rules.decide(Question({"prompt": prompt}, NOW))


def _blocks(rules: RuleSet, fields: Fields) -> bool:
    return rules.decide(Question(fields, NOW)).outcome is Outcome.BLOCK


def _limit(terms: Sequence[str], texts: Sequence[str]) -> tuple[Act, list[str]]:
    automaton = AhoCorasick(list({fold_term(term).letters for term in terms}), store_patterns=False)
    folded = [Folded(text).letters for text in texts]
    return lambda text: automaton.find_matches_as_indexes(text, overlapping=True), folded


def _times(act: Act, texts: Sequence[str]) -> list[float]:
    """Microseconds for each text, in the round with the best median."""
    return min((_round(act, texts) for _ in range(ROUNDS)), key=statistics.median)


def _round(act: Act, texts: Sequence[str]) -> list[float]:
    times = []
    for text in texts:
        started = time.perf_counter()
        act(text)
        times.append((time.perf_counter() - started) * 1e6)
    return times
