"""All live rules, ready to be asked. Immutable: a change makes a new set that shares what is unchanged."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from ahocorasick_rs import AhoCorasick

from screening.engine.folding import Folded
from screening.engine.rules import NOTHING_FOUND, OUTCOMES, Decision, Match, Question, Rule
from screening.engine.spelling import spells
from screening.engine.terms import Term, fold_term

MATCHES_TOLD: Final = (
    50  # spans in one answer; a prompt that repeats a name 5,000 times needs no more
)
_OPEN_PATTERNS: Final = (
    4096  # building this many holds the interpreter for some 30 ms, 100,000 for a second
)


@dataclass(frozen=True, slots=True)
class _Use:
    """Why a pattern is in the automaton: a term of a rule, or one of its allow-phrases."""

    rule: Rule
    term: Term
    allows: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    """A use that stands in a field, by letters."""

    use: _Use
    start: int
    end: int


class _Shard:
    """Some rules and their automaton. `earlier` is a smaller shard whose rules it takes over."""

    def __init__(self, rules: Collection[Rule], earlier: "_Shard | None" = None) -> None:
        self.rules: tuple[Rule, ...] = (*(earlier.rules if earlier else ()), *rules)
        uses: defaultdict[str, list[_Use]] = defaultdict(list)
        for known in earlier.uses if earlier else ():
            uses[known[0].term.letters] = list(known)
        for rule in rules:
            for use in _uses(rule):
                uses[use.term.letters].append(use)
        self.uses: list[list[_Use]] = list(uses.values())
        self._automaton = AhoCorasick(list(uses), store_patterns=False)

    def hits(self, text: Folded) -> Iterator[_Hit]:
        """Every use that really stands in the text."""
        found = self._automaton.find_matches_as_indexes(text.letters, overlapping=True)
        for pattern, start, end in found:
            for use in self.uses[pattern]:
                if spells(text, start, end, use.term.breaks):
                    yield _Hit(use, start, end)


def _uses(rule: Rule) -> Iterator[_Use]:
    for phrases, allows in ((rule.terms, False), (rule.allow, True)):
        for phrase in phrases:
            term = fold_term(phrase)
            if term.letters:
                yield _Use(rule, term, allows)


@dataclass(frozen=True)
class RuleSet:
    """`version` is that of the newest change it holds."""

    version: int = 0
    _shards: tuple[_Shard, ...] = ()
    _ended: frozenset[UUID] = frozenset()

    @classmethod
    def build(cls, rules: Iterable[Rule], version: int) -> "RuleSet":
        """A set from nothing."""
        rules = tuple(rules)
        return cls(version, (_Shard(rules),) if rules else ())

    def changed(self, version: int, *, new: Sequence[Rule], ended: Iterable[UUID]) -> "RuleSet":
        """This set with rules added and others out of force; the large automaton is not built again.

        The last automaton takes new rules up while it is small, then another one begins.
        """
        gone = self._ended | frozenset(ended)
        if not new:
            return RuleSet(version, self._shards, gone)
        if self._shards and len(self._shards[-1].uses) + len(new) <= _OPEN_PATTERNS:
            grown = _Shard(new, earlier=self._shards[-1])
            return RuleSet(version, (*self._shards[:-1], grown), gone)
        portions = (new[i : i + _OPEN_PATTERNS] for i in range(0, len(new), _OPEN_PATTERNS))
        return RuleSet(version, (*self._shards, *map(_Shard, portions)), gone)

    def __len__(self) -> int:
        return sum(1 for shard in self._shards for r in shard.rules if r.id not in self._ended)

    def decide(self, question: Question) -> Decision:
        """Block beats warn beats shadow; among equals the oldest rule answers. Never raises on any text."""
        found: defaultdict[UUID, list[Match]] = defaultdict(list)
        best: Rule | None = None
        for name, value in question.fields.items():
            text = Folded(value)
            for hit in self._effective(text, name, question):
                rule = hit.use.rule
                best = rule if best is None else min(best, rule, key=lambda r: r.precedence)
                if len(found[rule.id]) < MATCHES_TOLD:
                    found[rule.id].append(_match(text, name, hit))
        if best is None:
            return NOTHING_FOUND
        return Decision(OUTCOMES[best.mode], best, tuple(found[best.id]))

    def _effective(self, text: Folded, name: str, question: Question) -> list[_Hit]:
        """The terms that stand in the text outside the allow-phrases of their rule, in reading order."""
        hits = [
            hit
            for shard in self._shards
            for hit in shard.hits(text)
            if hit.use.rule.id not in self._ended and hit.use.rule.applies(name, question)
        ]
        blanks: defaultdict[UUID, list[_Hit]] = defaultdict(list)
        for hit in hits:
            if hit.use.allows:
                blanks[hit.use.rule.id].append(hit)
        terms = [h for h in hits if not h.use.allows and not _blanked(h, blanks[h.use.rule.id])]
        return sorted(terms, key=lambda h: (h.start, -h.end))


def _blanked(hit: _Hit, blanks: Iterable[_Hit]) -> bool:
    return any(blank.start < hit.end and hit.start < blank.end for blank in blanks)


def _match(text: Folded, name: str, hit: _Hit) -> Match:
    start, end = text.span(hit.start, hit.end)
    return Match(name, start, end, text.text[start:end], hit.use.term.normalized)
