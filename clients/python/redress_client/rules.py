"""One rule as the feed tells it, read strictly: a rule that is misread lets works through."""

import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from redress_client.matching import Mode, Rule


def read_rule(told: Any) -> Rule:
    """The rule in a part of the feed. Raises ValueError with what is wrong with it."""
    try:
        return Rule(
            id=UUID(_text(told["id"])),
            version=whole(told["version"]),
            terms=_some(tuple(_text(term["text"]) for term in _list(told["terms"]))),
            allow=_texts(told["allow_phrases"]),
            fields=_some(_texts(told["fields"])),
            territory=_text(told["territory"]),
            mode=Mode(_text(told["mode"])),
            reason=_text(told["reason"]),
            case=_text(told["case"]),
            user_message=_message(told["user_message"]),
            appeal_url=_text(told["appeal_url"]),
            expires_at=_moment(told["expires"]),
        )
    except KeyError as missing:
        raise ValueError(f"{missing} is missing") from None
    except TypeError:
        raise ValueError("something in it is of another type") from None


def rule_told(rule: Rule) -> dict[str, Any]:
    """The rule as `read_rule` reads it."""
    return {
        "id": str(rule.id),
        "version": rule.version,
        "terms": [{"text": term} for term in rule.terms],
        "allow_phrases": list(rule.allow),
        "fields": list(rule.fields),
        "territory": rule.territory,
        "mode": rule.mode.value,
        "reason": rule.reason,
        "case": rule.case,
        "user_message": dict(rule.user_message),
        "appeal_url": rule.appeal_url,
        "expires": rule.expires_at.isoformat() if rule.expires_at else None,
    }


def whole(value: object) -> int:
    """The value, if it is a whole number that is not negative. Raises ValueError."""
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r:.50} is no version")
    return value


def _text(value: object) -> str:
    """The same text is kept once: rules repeat their fields, reasons and messages."""
    if not isinstance(value, str):
        raise TypeError
    return sys.intern(value)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_text, _list(value)))


def _some(texts: tuple[str, ...]) -> tuple[str, ...]:
    if not texts:
        raise ValueError("it has no terms or no fields")
    return texts


def _message(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise TypeError
    return {_text(language): _text(text) for language, text in value.items()}


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("`expires` has no zone")
    return moment
