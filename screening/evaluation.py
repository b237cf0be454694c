"""The engine tried on anybody's rules and prompts: JSON lines in, JSON lines out. No database."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from screening.engine.matcher import RuleSet
from screening.engine.rules import Mode, Question, Rule
from screening.engine.terms import fold_term

_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)  # rules of a file never expire
_FIELD: Final = "prompt"
Named = str | int


class BadLine(ValueError):
    """A line that cannot be read, as a sentence with its file and number."""


@dataclass(frozen=True)
class Trial:
    """Rules of a file, and what the file calls them."""

    rules: RuleSet
    names: Mapping[UUID, Named]

    def answer(self, name: Named, prompt: str) -> dict[str, object]:
        """What is decided about a prompt. Spans are half-open, in code points; `rule` is null for none."""
        decision = self.rules.decide(Question({_FIELD: prompt}, _ANY_TIME))
        return {
            "id": name,
            "decision": decision.outcome.value,
            "rule": self.names[decision.rule.id] if decision.rule else None,
            "spans": [[match.start, match.end] for match in decision.matches],
        }


def read_rules(lines: Iterable[bytes], file: str) -> Trial:
    """Rules from lines such as `{"id": "r1", "terms": ["Ultraman"], "allow": [], "mode": "block"}`.

    `allow` and `mode` may be left out; other keys are passed over. Earlier lines are older rules.
    Raises BadLine.
    """
    rules, names = [], {}
    for number, where, told in _objects(lines, file):
        rule = Rule(
            id=UUID(int=number),
            version=number,
            terms=_phrases(told, "terms", where),
            allow=_phrases(told, "allow", where),
            mode=_mode(told, where),
        )
        if not rule.terms:
            raise BadLine(f"{where}: `terms` must hold at least one term.")
        rules.append(rule)
        names[rule.id] = _name(told, where)
    return Trial(RuleSet.build(rules, 1), names)


def answers(trial: Trial, lines: Iterable[bytes], file: str) -> Iterator[dict[str, object]]:
    """One answer for each line such as `{"id": "p1", "prompt": "…"}`, as it comes. Raises BadLine."""
    for _number, where, told in _objects(lines, file):
        prompt = told.get(_FIELD)
        if not isinstance(prompt, str):
            raise BadLine(f"{where}: `prompt` must be a string.")
        yield trial.answer(_name(told, where), prompt)


def _objects(lines: Iterable[bytes], file: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Each line's number, from 1, its place in words and its object. Empty lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{file}, line {number}"
        try:
            told = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise BadLine(f"{where}: this is not JSON in UTF-8 ({error}).") from None
        if not isinstance(told, dict):
            raise BadLine(f"{where}: a JSON object is needed, one on each line.")
        yield number, where, told


def _name(told: Mapping[str, Any], where: str) -> Named:
    name = told.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise BadLine(f"{where}: `id` must be a string or a whole number.")
    return name


def _phrases(told: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    phrases = told.get(key, [])
    if not isinstance(phrases, list) or not all(isinstance(p, str) for p in phrases):
        raise BadLine(f"{where}: `{key}` must be a list of strings.")
    for phrase in phrases:
        if not fold_term(phrase).letters:
            raise BadLine(f"{where}: {json.dumps(phrase)} in `{key}` has no letter or digit.")
    return tuple(phrases)


def _mode(told: Mapping[str, Any], where: str) -> Mode:
    mode = told.get("mode", Mode.BLOCK)
    if not isinstance(mode, str) or mode not in set(Mode):
        raise BadLine(f"{where}: `mode` must be block, warn or shadow.")
    return Mode(mode)
