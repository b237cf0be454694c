"""What is put on record of one prompt check: the row, built while the answer is being made."""

import json
import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from screening.engine.rules import Decision, Outcome
from screening.guard.options import Keeping
from screening.guard.questions import Check
from screening.record_names import OURS


@dataclass(frozen=True, slots=True)
class Entry:
    """One check as it is stored; `letters` is what its texts weigh while they wait."""

    row: tuple[Any, ...]
    letters: int


def worth_keeping(
    check: Check, decision: Decision, keeping: Keeping, lot: float | None = None
) -> tuple[bool, bool]:
    """Whether the check is put on record, and whether it was drawn by lot.

    Every check that a rule matched is; our own tests of blocks are never drawn: they are nobody's prompts.
    """
    drawn = (random.random() if lot is None else lot) < keeping.sample  # noqa: S311 - a sample, no secret
    sampled = drawn and check.surface != OURS
    return decision.rule is not None or sampled, sampled


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered: under which id, when, and with what outcome; `confirms`: which warning by that."""

    id: UUID
    at: datetime
    outcome: Outcome
    confirms: UUID | None = None


def entry(
    check: Check, decision: Decision, told: Told, keeping: Keeping, *, sampled: bool = False
) -> Entry:
    """The row of a check. Without a rule it goes with its text; with one, its text goes first.

    Our own tests of blocks come by the hour and are nobody's prompts: they go as soon as what was drawn.
    """
    rule = decision.rule
    lasting = rule is not None and check.surface != OURS
    days = keeping.matched_days if lasting else keeping.sample_days
    text = _prompt(check) if days else None
    row = (
        told.id,
        told.at,
        _plain(check.user or ""),
        _plain(check.surface or ""),
        rule.id if rule else None,
        rule.mode.value if rule else "",
        told.outcome.value,
        json.dumps([_match(one) for one in decision.matches], ensure_ascii=False),
        text,
        sampled,
        told.confirms,
        told.at + timedelta(days=days),
        told.at + timedelta(days=keeping.row_days if lasting else keeping.sample_days),
    )
    return Entry(row, len(check.prompt) + len(check.negative_prompt or ""))


def new_id() -> UUID:
    """The id of an answer."""
    return uuid.uuid4()


def _match(one: Any) -> dict[str, object]:
    """The rule's own term and where it stood; the words themselves are in the prompt, and go with it."""
    return {
        "field": one.field,
        "start": one.start,
        "end": one.end,
        "term": one.normalized,
        "how": [how.value for how in one.how],
    }


def _prompt(check: Check) -> str:
    fields = {"prompt": check.prompt}
    if check.negative_prompt is not None:
        fields["negative_prompt"] = check.negative_prompt
    return json.dumps({name: _plain(text) for name, text in fields.items()}, ensure_ascii=False)


def _plain(text: str) -> str:
    """Without the one character that PostgreSQL cannot store; a mark stands in its place, so spans stay true."""
    return text.replace("\0", "\ufffd")
