"""The guard's answer as a value, read strictly: what is not an answer is not taken for one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from redress_client import wire
from redress_client.errors import NoAnswer, Refused

Outcome = Literal["allow", "warn", "block"]
Source = Literal["guard", "cache", "timeout", "offline", "stale"]


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule that matched, and the case it stands on. `expires` is RFC 3339 or None."""

    id: str
    reason: str
    case: str
    expires: str | None
    mode: str


@dataclass(frozen=True, slots=True)
class Match:
    """Where a term stands: a half-open span of code points (as Python counts) in the field as it was sent."""

    field: str
    start: int
    end: int
    text: str
    normalized: str
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """How the user may confirm a warning: check again with the same prompt and user and with `token`, once, before
    `expires` (RFC 3339). `refused` says why the token that was sent did not count."""

    token: str
    expires: str
    refused: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """May the prompt be carried out? `source` says who decided: the guard, this process's memory of what the
    guard said, or `on_timeout`; the rules of this process, or `on_stale`. `problem` says why it was `on_…`.
    `user_message` maps `en` and `zh-Hans` to texts."""

    decision: Outcome
    source: Source = "guard"
    id: str = ""
    rule: Rule | None = None
    matches: tuple[Match, ...] = ()
    user_message: Mapping[str, str] = field(default_factory=dict)
    appeal_url: str = ""
    rule_set_version: int | None = None
    mode: str = ""
    confirmation: Confirmation | None = None
    problem: str = ""

    @property
    def allowed(self) -> bool:
        """Whether to go on. A warning is no yes: the user has to confirm first."""
        return self.decision == "allow"

    def message(self, language: str) -> str:
        """What to tell the user, in `en` or `zh-Hans`, or in the other one; '' when there is nothing to tell."""
        known = self.user_message
        return known.get(language) or next(iter(known.values()), "")


def read(status: int, body: bytes) -> Decision:
    """The decision in an answer. Raises Refused for 4xx, NoAnswer for whatever else is not a decision."""
    if status == 200:
        return _decision(cast("wire.PromptDecision", _object(body)))
    if 400 <= status < 500 and status not in (408, 425, 429):
        raise _refused(status, body)
    raise NoAnswer(f"the guard answered {status}")


def _object(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise NoAnswer("the guard's answer is no JSON") from None
    if not isinstance(document, dict):
        raise NoAnswer("the guard's answer is no object")
    return document


def _decision(document: wire.PromptDecision) -> Decision:
    try:
        outcome = document["decision"]
        if outcome not in ("allow", "warn", "block"):
            raise ValueError(outcome)
        rule = document["rule"]
        return Decision(
            outcome,
            id=str(document["id"]),
            rule=_rule(rule) if rule is not None else None,
            matches=tuple(map(_match, document["matches"])),
            user_message={str(k): str(v) for k, v in (document["user_message"] or {}).items()},
            appeal_url=str(document["appeal_url"] or ""),
            rule_set_version=int(document["rule_set_version"]),
            mode=str(document["mode"]),
            confirmation=_confirmation(document.get("confirmation")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NoAnswer("the guard's answer holds no decision") from None


def _rule(rule: wire.Rule) -> Rule:
    return Rule(rule["id"], rule["reason"], rule["case"], rule["expires"], rule["mode"])


def _confirmation(told: wire.Confirmation | None) -> Confirmation | None:
    return Confirmation(told["token"], told["expires"], told["refused"]) if told else None


def _match(match: wire.Match) -> Match:
    place = (match["field"], int(match["start"]), int(match["end"]))
    return Match(*place, match["text"], match["normalized"], tuple(match["how"]))


def _refused(status: int, body: bytes) -> Refused:
    try:
        document = _object(body)
    except NoAnswer:
        return Refused(status, "The guard refused the request without saying why.", {})
    told = document.get("errors")
    errors = {
        str(error.get("pointer", "")): str(error.get("detail", ""))
        for error in (told if isinstance(told, list) else ())
        if isinstance(error, dict)
    }
    return Refused(status, str(document.get("detail", "")), errors)
