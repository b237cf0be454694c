"""Short ways to ask the engine."""

import uuid
from datetime import UTC, datetime
from typing import Any

from screening.engine.matcher import RuleSet
from screening.engine.rules import Decision, Question, Rule
from screening.rules import NewRule, TermText

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
CASE = uuid.UUID("6f1c8c0a-3a38-4d0e-9d3e-0d2d3f6e7a11")
MESSAGE = {"en": "This character is protected.", "zh-Hans": "该角色形象受保护。"}


def rule(*terms: str, version: int = 1, **more: Any) -> Rule:
    """A live rule for the engine."""
    return Rule(uuid.uuid4(), version, terms, **more)


def ask(rules: RuleSet | Rule, prompt: str, **more: Any) -> Decision:
    """What the rules say about a prompt."""
    if isinstance(rules, Rule):
        rules = RuleSet.build([rules], 1)
    at = more.pop("at", NOW)
    territory = more.pop("territory", None)
    return rules.decide(Question({"prompt": prompt, **more}, at, territory))


def new_rule(**changes: Any) -> NewRule:
    """A rule that Dan approved for Nora's case."""
    given: dict[str, Any] = {
        "terms": [TermText("Ultraman", "en"), TermText("奥特曼", "zh-Hans")],
        "reason_code": "character_protected",
        "case_id": CASE,
        "case_reference": "N-2026-000001-K",
        "user_message": MESSAGE,
        "appeal_url": "https://redress.example/appeal/",
        "approved_by": "staff:dan",
    }
    return NewRule(**(given | changes))
