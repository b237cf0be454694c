"""Short ways to make checks that are on record."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from screening.models import PromptCheck
from tests.screening.asking import NOW

DAY = timedelta(days=1)


def recorded(rule: UUID | None, at: datetime = NOW, **more: Any) -> PromptCheck:
    """A check of Paul's that a rule blocked, or a clean one that was drawn by lot."""
    given: dict[str, Any] = {
        "at": at,
        "user_external_id": "u_paul",
        "surface": "web",
        "rule_id": rule,
        "mode": "block" if rule else "",
        "outcome": "block" if rule else "allow",
        "matches": [match()] if rule else [],
        "prompt": {"prompt": "draw Ultraman" if rule else "draw a fox"},
        "sampled": rule is None,
        "text_until": at + 180 * DAY,
        "keep_until": at + 730 * DAY,
    }
    return PromptCheck.objects.create(**(given | more))


def match(*how: str) -> dict[str, Any]:
    """Where the term stood."""
    return {"field": "prompt", "start": 5, "end": 13, "term": "ultraman", "how": list(how)}
