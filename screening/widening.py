"""What a rule would do to prompts: whom it hits, how large a share, and which phrases would spare them. No database."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from screening.engine.matcher import RuleSet
from screening.engine.rules import Match, Outcome, Question, Rule
from screening.engine.terms import fold_term
from screening.rules import LONGEST_PHRASE

SHIPPED: Final = 1_000  # clean prompts of our own, where too few are on record
SUGGESTED: Final = 5
_ANY_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)  # a rule that is tried never expires
_CLEAN: Final = Path(__file__).parent / "corpus" / "clean.jsonl"
_SPACED: Final = re.compile(r"[^\W\d_]+")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_BESIDE: Final = 2  # Chinese characters to each side that make a phrase

Fields = Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """A prompt that a rule is tried on; `check` is the check it comes from, None for one of our own."""

    fields: Fields
    check: UUID | None = None


@dataclass(frozen=True)
class Met:
    """A prompt that the rule would stop, and where."""

    asked: Asked
    matches: Sequence[Match]


@dataclass(frozen=True)
class Width:
    """How wide a rule is: how many recorded prompts and how many of our own it was tried on, and what it met."""

    recorded: int
    shipped: int
    met: Sequence[Met]
    allow: Sequence[str]

    @property
    def asked(self) -> int:
        """All prompts it was tried on."""
        return self.recorded + self.shipped

    def exceeds(self, per_mille: int) -> bool:
        """Whether it would stop more than so many of a thousand."""
        return len(self.met) * 1_000 > self.asked * per_mille


def width(rule: Rule, prompts: Iterable[Asked], at: datetime) -> Width:
    """Try a rule on recorded prompts, and on ours as far as these are fewer than SHIPPED."""
    if not rule.terms:
        return Width(0, 0, [], [])
    recorded = list(prompts)
    missing = max(0, SHIPPED - len(recorded))
    met = [*_met(rule, recorded, at), *_met_of_ours(rule.terms, rule.allow, rule.fields, missing)]
    return Width(len(recorded), missing, met, suggestions(met, rule.terms))


def _met(rule: Rule, prompts: Sequence[Asked], at: datetime) -> list[Met]:
    """Those that the rule would stop."""
    if not prompts:
        return []
    rules = RuleSet.build([rule], 0)
    decided = ((one, rules.decide(Question(one.fields, at))) for one in prompts)
    return [Met(one, d.matches) for one, d in decided if d.outcome is not Outcome.ALLOW]


@lru_cache(maxsize=128)
def _met_of_ours(
    terms: tuple[str, ...], allow: tuple[str, ...], fields: tuple[str, ...], number: int
) -> tuple[Met, ...]:
    """Looked at, and then ordered, the same rule is tried once: our own prompts never change."""
    rule = engine_rule(terms, allow, fields)
    return tuple(_met(rule, shipped()[:number], _ANY_TIME))


def engine_rule(terms: Iterable[str], allow: Iterable[str], fields: Iterable[str]) -> Rule:
    """A rule to be tried: it blocks, everywhere, so that all it would meet is seen.

    What has no letters is left out; the rule itself is refused for it later, with a sentence.
    """
    readable = [[one for one in phrases if fold_term(one).letters] for phrases in (terms, allow)]
    return Rule(uuid4(), 0, tuple(readable[0]), tuple(readable[1]), tuple(fields))


@lru_cache(maxsize=1)
def shipped() -> tuple[Asked, ...]:
    """Clean prompts of varied make that come with the product, many of them look-alikes of names.

    Written out once by the generator of the labelled corpus, which a process that serves pages need not load.
    """
    with _CLEAN.open(encoding="utf-8") as lines:
        return tuple(Asked(json.loads(line)) for line in lines)


def suggestions(met: Sequence[Met], terms: Iterable[str]) -> list[str]:
    """Phrases in which the term often stands: as allow-phrases they would spare those prompts.

    Only what stands in at least two prompts and in a tenth of all, the most frequent first.
    """
    taken = {fold_term(term).letters for term in terms}
    counted: Counter[str] = Counter()
    for one in met:
        counted.update({phrase for match in one.matches[:1] for phrase in _around(one, match)})
    least = max(2, len(met) // 10)
    return [
        phrase
        for phrase, number in counted.most_common()
        if number >= least and fold_term(phrase).letters not in taken
    ][:SUGGESTED]


def _around(one: Met, match: Match) -> list[str]:
    """The match with the word before it, and with the word after it."""
    text = one.asked.fields.get(match.field, "")
    before, after = text[: match.start], text[match.end :]
    found = [_last(before) + match.text, match.text + _first(after)]
    return [
        phrase.casefold()
        for phrase in found
        if phrase != match.text and len(phrase) <= LONGEST_PHRASE
    ]


def _last(text: str) -> str:
    if text and _HAN.match(text[-1]):
        return "".join(re.findall(r"[\u3400-\u9fff]+$", text))[-_BESIDE:]
    words = list(_SPACED.finditer(text))
    return text[words[-1].start() :] if words and not text[words[-1].end() :].strip(" ") else ""


def _first(text: str) -> str:
    if text and _HAN.match(text[0]):
        return "".join(re.findall(r"^[\u3400-\u9fff]+", text))[:_BESIDE]
    word = _SPACED.search(text)
    return text[: word.end()] if word and not text[: word.start()].strip(" ") else ""
