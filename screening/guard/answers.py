"""A decision as the caller sees it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from screening.engine.rules import Decision, Outcome, Rule


@dataclass(frozen=True)
class Confirmation:
    """What goes with a warning: a token and when it ends, and why the one that came did not count; or that
    the user confirmed it, and the prompt is let pass."""

    token: str = ""
    expires: datetime | None = None
    refused: str | None = None
    counts: bool = False

    def told(self) -> dict[str, object] | None:
        """As the caller sees it; None when there is nothing to confirm any more."""
        if self.counts or self.expires is None:
            return None
        return {
            "token": self.token,
            "expires": self.expires.isoformat(),
            "refused": self.refused,
        }


def answer(
    decision: Decision, version: int, *, id: UUID, confirmation: Confirmation | None = None
) -> dict[str, object]:
    """The answer of `POST /api/v1/prompt-checks` (docs/guard.md). Texts for the user only if one is told."""
    rule = decision.rule
    told = rule if rule is not None and decision.outcome is not Outcome.ALLOW else None
    return {
        "id": f"pc_{id.hex}",
        "decision": decision.outcome.value,
        "rule": _rule(rule) if rule else None,
        "matches": [asdict(match) for match in decision.matches],
        "user_message": dict(told.user_message) if told else None,
        "appeal_url": told.appeal_url if told else None,
        "rule_set_version": version,
        "mode": _mode(decision, confirmation),
        "confirmation": confirmation.told() if confirmation else None,
    }


def _mode(decision: Decision, confirmation: Confirmation | None) -> str:
    if confirmation is not None and confirmation.counts:
        return "confirmed"
    return "shadow" if decision.in_shadow else "enforce"


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": str(rule.id),
        "reason": rule.reason,
        "case": rule.case,
        "expires": rule.expires_at.isoformat() if rule.expires_at else None,
        "mode": rule.mode.value,
    }
