"""The texts shown to users as one worker of the guard holds them, and which of them belong to an answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from screening.engine.matcher import RuleSet
from screening.engine.rules import Mode, Outcome, Question, Rule
from screening.guard.keeper import Source
from screening.guard.store import Connection, state_of
from screening.in_force import in_force

CHANNEL: Final = "redress_texts"
KINDS: Final = ("ruling", "notice", "warning", "pre_use", "training")
MOST_TOLD: Final = 5  # texts with one answer: more would be read by nobody
_APPROVED: Final = """
    SELECT id, series, number, kind, shown, case_reference, source, in_force_from, in_force_until, ended_at,
           terms, allow_phrases
    FROM screening_displaytext WHERE state IN ('standing', 'ended') ORDER BY written_at, id
"""


class Text(NamedTuple):
    """One approved version. `texts` maps en and zh-Hans."""

    id: UUID
    series: UUID
    number: int
    kind: str
    texts: Mapping[str, str]
    case: str
    source: str
    in_force_from: datetime
    in_force_until: datetime | None
    ended_at: datetime | None

    def told(self, language: str | None) -> dict[str, object]:
        """The text as callers see it, in one language or in both."""
        texts = {tag: text for tag, text in self.texts.items() if language in {None, tag}}
        until = self.in_force_until
        return {
            "id": str(self.id),
            "series": str(self.series),
            "version": self.number,
            "kind": self.kind,
            "text": texts,
            "case": self.case or None,
            "source": self.source or None,
            "in_force_from": self.in_force_from.isoformat(),
            "in_force_until": until.isoformat() if until else None,
        }


@dataclass(frozen=True)
class Texts:
    """Immutable. `version` is that of the newest change it holds; `terms` finds the texts of a prompt,
    `bound` are those that hang on terms."""

    version: int
    approved: tuple[Text, ...] = ()
    terms: RuleSet = field(default_factory=RuleSet)
    bound: frozenset[UUID] = frozenset()

    def __len__(self) -> int:
        return len(self.approved)

    def now(self, at: datetime) -> list[Text]:
        """What is shown at a moment, rulings first."""
        return sorted(in_force(self.approved, at), key=lambda text: KINDS.index(text.kind))

    def for_prompt(self, question: Question, outcome: Outcome) -> list[Text]:
        """What is appended for a prompt: what hangs on a term in it and, when it is suspicious, warnings
        that hang on none."""
        prompt = {"prompt": question.fields["prompt"]}
        found = self.terms.standing_in(Question(prompt, question.at))
        suspicious = outcome is not Outcome.ALLOW
        if not found and not suspicious:
            return []
        return [
            text
            for text in self.now(question.at)
            if text.id in found
            or (suspicious and text.kind == "warning" and text.id not in self.bound)
        ][:MOST_TOLD]

    def for_cases(self, cases: Iterable[str], at: datetime) -> list[Text]:
        """What is appended to an output in which works of these cases were recognised."""
        named = set(cases)
        return [text for text in self.now(at) if text.case and text.case in named][:MOST_TOLD]


state: Final = state_of("screening_displaysetversion")


def load(connection: Connection, _held: Texts | None) -> Texts:
    """Every approved version, in one snapshot. There are few, and they change seldom: never what changed alone."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        version = state(connection).version
        rows = connection.execute(_APPROVED.encode()).fetchall()
    alive = [row for row in rows if row[10] and row[9] is None]
    approved = tuple(Text(*row[:10]) for row in rows)
    rules = [_rule(row) for row in alive]
    bound = frozenset(row[0] for row in rows if row[10])
    return Texts(version, approved, RuleSet.build(rules, version), bound)


SOURCE: Final = Source("texts", CHANNEL, state, load)


def _rule(row: tuple[Any, ...]) -> Rule:
    terms = tuple(term["text"] for term in row[10])
    return Rule(id=row[0], version=row[2], terms=terms, allow=tuple(row[11]), mode=Mode.SHADOW)
