"""All live rules, ready to be asked. Immutable: a change makes a new set that shares what is unchanged."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from .folding import Folded
from .patterns import prepare
from .rules import NOTHING_FOUND, OUTCOMES, Decision, How, Match, Question, Rule
from .seams import Place, seams
from .shards import Hit, Shard
from .undoing import undone

MATCHES_TOLD: Final = (
    50  # spans in one answer; a prompt that repeats a name 5,000 times needs no more
)
_OPEN_RULES: Final = (
    4096  # building this many holds the interpreter for some 50 ms, 100,000 for a second
)


@dataclass(frozen=True)
class RuleSet:
    """`version` is that of the newest change it holds."""

    version: int = 0
    _shards: tuple[Shard, ...] = ()
    _ended: frozenset[UUID] = frozenset()

    @classmethod
    def build(cls, rules: Iterable[Rule], version: int) -> "RuleSet":
        """A set from nothing. The first one of a process takes longer: later changes find all ready."""
        prepare()
        rules = tuple(rules)
        return cls(version, (Shard(rules),) if rules else ())

    def changed(self, version: int, *, new: Sequence[Rule], ended: Iterable[UUID]) -> "RuleSet":
        """This set with rules added and others out of force; the large automaton is not built again.

        The last automaton takes new rules up while it is small, then another one begins.
        """
        gone = self._ended | frozenset(ended)
        if not new:
            return RuleSet(version, self._shards, gone)
        if self._shards and len(self._shards[-1].rules) + len(new) <= _OPEN_RULES:
            grown = Shard(new, earlier=self._shards[-1])
            return RuleSet(version, (*self._shards[:-1], grown), gone)
        portions = (new[i : i + _OPEN_RULES] for i in range(0, len(new), _OPEN_RULES))
        return RuleSet(version, (*self._shards, *map(Shard, portions)), gone)

    def __len__(self) -> int:
        return sum(1 for shard in self._shards for r in shard.rules if r.id not in self._ended)

    def decide(self, question: Question) -> Decision:
        """Block beats warn beats shadow; among equals the oldest rule answers. Never raises on any text."""
        found: defaultdict[UUID, list[Match]] = defaultdict(list)
        best: Rule | None = None
        for hit, matches in self._matches(question):
            rule = hit.use.rule
            best = rule if best is None else min(best, rule, key=lambda r: r.precedence)
            if len(found[rule.id]) < MATCHES_TOLD:
                found[rule.id].extend(matches)
        if best is None:
            return NOTHING_FOUND
        return Decision(OUTCOMES[best.mode], best, tuple(found[best.id]))

    def standing_in(self, question: Question) -> frozenset[UUID]:
        """Every rule of which a term stands there, whatever its mode. Never raises on any text."""
        if not self._shards:
            return frozenset()
        return frozenset(hit.use.rule.id for hit, _places in self._hits(question))

    def _matches(self, question: Question) -> Iterator[tuple[Hit, list[Match]]]:
        for hit, places in self._hits(question):
            yield hit, _told(hit, places)

    def _hits(self, question: Question) -> Iterator[tuple[Hit, Mapping[Place, str]]]:
        texts = {name: Folded(value) for name, value in question.fields.items()}
        for name, text in texts.items():
            for hit in self._effective(text, (name,), question):
                yield hit, {Place(name, hit.start, hit.end): text.text}
        for seam in seams(texts):
            for hit in self._effective(seam.text, seam.names, question):
                if seam.is_across(hit.start, hit.end):
                    yield hit, seam.places(hit.start, hit.end)

    def _effective(self, text: Folded, names: Iterable[str], question: Question) -> list[Hit]:
        """The terms that stand in the text outside the allow-phrases of their rule, in reading order."""
        hits = [
            hit
            for shard in self._shards
            for hit in shard.hits(text)
            if hit.use.rule.id not in self._ended
            and any(hit.use.rule.applies(name, question) for name in names)
        ]
        blanks: defaultdict[UUID, list[Hit]] = defaultdict(list)
        for hit in hits:
            if hit.use.allows:
                blanks[hit.use.rule.id].append(hit)
        terms = [h for h in hits if not h.use.allows and not _blanked(h, blanks[h.use.rule.id])]
        return _once(sorted(terms, key=lambda h: (h.start, -h.end, len(h.undone))))


def _blanked(hit: Hit, blanks: Iterable[Hit]) -> bool:
    return any(blank.start < hit.end and hit.start < blank.end for blank in blanks)


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """One place for a term, seen in more than one way, is told once: with the least undone."""
    places: dict[tuple[UUID, str, int, int], Hit] = {}
    for hit in hits:
        use = hit.use
        places.setdefault((use.rule.id, use.term.letters, hit.start, hit.end), hit)
    return list(places.values())


def _told(hit: Hit, places: Mapping[Place, str]) -> list[Match]:
    """The hit as it stands in each field it touches."""
    use, told = hit.use, []
    across = (How.FIELDS,) if len(places) > 1 else ()
    written = "".join(text[place.start : place.end] for place, text in places.items())
    how = undone(written, use, (*hit.undone, *across))
    for place, text in places.items():
        part = text[place.start : place.end]
        told.append(Match(place.field, place.start, place.end, part, use.term.normalized, how))
    return told
