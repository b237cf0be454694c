"""The rules as a service that checks in its own process takes them: everything once, then what changed."""

import json
from dataclasses import dataclass
from typing import Any, Final

from screening.models import PromptRule, RuleSetVersion

FORMAT: Final = "redress.prompt-rules/1"
AT_ONCE: Final = 5_000  # rules of one page, and as many more as share the last version


@dataclass(frozen=True)
class Feed:
    """What changed after `since`, up to `version`; `more`: ask again from there. The same question gets the same bytes."""

    since: int
    version: int
    more: bool
    body: bytes


def newest() -> int:
    """The version of the newest change of any rule."""
    return RuleSetVersion.objects.values_list("version", flat=True).get(id=1)


def feed(since: int, at_once: int = AT_ONCE) -> Feed:
    """The rules that began or ended after version `since`; from 0, all that have not ended.

    A `since` that is newer than our newest version is of another history (a backup was restored): everything
    is told anew, from 0. Rules carry their own expiry; whoever takes them lets them expire.
    """
    version = newest()
    since = since if 0 <= since <= version else 0
    changed = PromptRule.objects.filter(version__gt=since, version__lte=version)
    if not since:
        changed = changed.filter(ended_at=None)
    changed = changed.order_by("version", "id")
    rows = list(changed[: at_once + 1])
    more = len(rows) > at_once
    if more:
        # What one transaction changed is told together, or a page could end inside it.
        last = rows[at_once - 1].version
        rows = list(changed.filter(version__lte=last))
        more = changed.filter(version__gt=last).exists()
        version = last if more else version
    told = {
        "format": FORMAT,
        "since": since,
        "version": version,
        "more": more,
        "rules": [rule_told(rule) for rule in rows if rule.ended_at is None],
        "ended": [str(rule.id) for rule in rows if rule.ended_at is not None],
    }
    return Feed(since, version, more, json.dumps(told, ensure_ascii=False).encode())


def rule_told(rule: PromptRule) -> dict[str, Any]:
    """One rule, with what its user is told; nothing about who ordered or approved it."""
    return {
        "id": str(rule.id),
        "version": rule.version,
        "mode": rule.mode,
        "case": rule.case_reference,
        "user_message": rule.user_message,
        "appeal_url": rule.appeal_url,
        **shared(rule),
    }


def shared(rule: PromptRule) -> dict[str, Any]:
    """What makes a rule match, as other providers may have it too."""
    return {
        "terms": rule.terms,
        "allow_phrases": rule.allow_phrases,
        "fields": rule.fields,
        "territory": rule.territory,
        "reason": rule.reason_code,
        "expires": rule.expires_at.isoformat() if rule.expires_at else None,
    }
