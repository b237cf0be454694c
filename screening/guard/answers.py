"""A decision as the caller sees it."""

import uuid
from dataclasses import asdict

from screening.engine.rules import Decision, Outcome, Rule


def answer(decision: Decision, version: int) -> dict[str, object]:
    """The answer of `POST /api/v1/prompt-checks` (docs/guard.md). Texts for the user only if one is told."""
    rule = decision.rule
    told = rule if rule is not None and decision.outcome is not Outcome.ALLOW else None
    return {
        "id": f"pc_{uuid.uuid4().hex}",
        "decision": decision.outcome.value,
        "rule": _rule(rule) if rule else None,
        "matches": [asdict(match) for match in decision.matches],
        "user_message": dict(told.user_message) if told else None,
        "appeal_url": told.appeal_url if told else None,
        "rule_set_version": version,
        "mode": "shadow" if decision.in_shadow else "enforce",
    }


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": str(rule.id),
        "reason": rule.reason,
        "case": rule.case,
        "expires": rule.expires_at.isoformat() if rule.expires_at else None,
        "mode": rule.mode.value,
    }
