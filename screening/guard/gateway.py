"""LiteLLM's Generic Guardrail API (docs/litellm.md): what a gateway asks, and its two words, BLOCKED and NONE.

A gateway that is told 502 to 504 may let the prompt through (`fail_open`), so "we cannot say" is BLOCKED here.
"""

import hmac
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Final, Protocol
from uuid import UUID

from screening.engine.matcher import RuleSet
from screening.engine.rules import NOTHING_FOUND, Decision, Outcome, Question
from screening.guard.gateway_reading import Asked, Language, read
from screening.guard.keeper import Held
from screening.guard.problems import Problem
from screening.guard.questions import LONGEST_PROMPT, Check

PATH: Final = "/beta/litellm_basic_guardrail_api"
SURFACE: Final = "litellm"
LARGEST_BODY: Final = 32_000_000  # bytes: conversations carry their pictures along
log = logging.getLogger(__name__)

# Both languages here and not by gettext: the guard sets up no app, and mostly tells both at once.
_BLOCKED: Final[Mapping[Language, str]] = {
    "en": "This request was blocked because it names a protected work.",
    "zh-Hans": "该请求涉及受保护的作品，已被拦截。",
}
_CANNOT_SAY: Final[Mapping[Language, str]] = {
    "en": "The check for protected works is not available at the moment. Please try again later.",
    "zh-Hans": "受保护作品检查服务暂时不可用，请稍后再试。",
}
_CONFIRM: Final[Mapping[Language, str]] = {
    "en": "You may confirm it where the service asks you to.",
    "zh-Hans": "您可以在服务的确认页面确认后继续。",
}
_APPEAL: Final[Mapping[Language, str]] = {"en": "To appeal: {}", "zh-Hans": "申诉：{}"}
_REFERENCE: Final[Mapping[Language, str]] = {"en": "Reference: {}", "zh-Hans": "编号：{}"}


class Action(StrEnum):
    """Exactly these letters: LiteLLM takes `blocked`, or no word at all, for NONE."""

    BLOCKED = "BLOCKED"
    NONE = "NONE"


class Note(Protocol):
    """Puts a decision on the user's record. Never waits, never raises."""

    def __call__(self, check: Check, decision: Decision, id: UUID, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """The strongest decision on the texts of one request, and the text it was made on."""

    decision: Decision
    text: str = ""

    def check(self, asked: Asked) -> Check:
        """As the user's record knows it: the text is cut to the length of a prompt."""
        return Check(self.text[:LONGEST_PROMPT], user=asked.user, surface=SURFACE)


def authenticate(shown: str, token: str) -> None:
    """Compare the header `x-api-key` in constant time. Raises Problem, 401."""
    if not hmac.compare_digest(shown.encode("latin-1", "replace"), token.encode()):
        raise Problem(
            HTTPStatus.UNAUTHORIZED,
            "not-authenticated",
            "Send the header `x-api-key` with the guard's token (`api_key` in LiteLLM's settings).",
            headers={"WWW-Authenticate": "ApiKey"},
        )


def respond(
    body: bytes, fresh: Callable[[], Held[RuleSet]], note: Note | None = None
) -> dict[str, object]:
    """The answer to a gateway. Raises Problem for a request of an unknown shape, which is logged too:
    LiteLLM keeps the sentence from its own callers. `fresh` gives the rules, or raises Problem."""
    number = uuid.uuid4()
    name = f"gw_{number.hex}"
    try:
        asked = read(body)
    except Problem as problem:
        log.warning("%s refused, %d: %s", name, problem.status, " ".join(problem.detail.split()))
        raise
    try:
        held = fresh()
        at = held.now()
        judged = judge(asked, held.rules, at)
    except Problem as problem:
        log.warning("%s BLOCKED, call %r: %s", name, asked.call, problem.code)
        return _closed(name, asked, problem.code)
    except Exception:
        log.exception("%s BLOCKED, call %r: the check failed.", name, asked.call)
        return _closed(name, asked, "guard-failed")
    if note is not None:
        note(judged.check(asked), judged.decision, number, at)
    return _told(name, asked, judged.decision, held.rules.version)


def judge(asked: Asked, rules: RuleSet, at: datetime) -> Judged:
    """Each text is a prompt of its own. Block beats warn beats shadow; among equals the oldest rule answers."""
    best = Judged(NOTHING_FOUND, asked.texts[0] if asked.texts else "")
    for text in asked.texts:
        found = rules.decide(Question({"prompt": text}, at))
        if found.rule is None:
            continue
        if best.decision.rule is None or found.rule.precedence < best.decision.rule.precedence:
            best = Judged(found, text)
    return best


def _told(name: str, asked: Asked, decision: Decision, version: int) -> dict[str, object]:
    rule = decision.rule
    action = _action(asked, decision)
    said: dict[str, object] = {
        "action": action.value,
        "id": name,
        "decision": decision.outcome.value,
        "rule": str(rule.id) if rule else None,
        "case": rule.case if rule else None,
        "rule_set_version": version,
        "notes": list(asked.notes),
    }
    if rule is not None:
        log.info("%s %s, call %r, %s, rule %s", name, action, asked.call, asked.input_type, rule.id)
    if action is Action.BLOCKED:
        said["blocked_reason"] = _in_words(
            asked, lambda language: _reason(decision, language, name)
        )
    return said


def _action(asked: Asked, decision: Decision) -> Action:
    """A gateway cannot ask for a confirmation: what is to be confirmed stops here unless it may pass on to
    a service that asks."""
    if decision.outcome is Outcome.WARN:
        return Action.NONE if asked.warned_pass else Action.BLOCKED
    return Action.BLOCKED if decision.outcome is Outcome.BLOCK else Action.NONE


def _closed(name: str, asked: Asked, code: str) -> dict[str, object]:
    return {
        "action": Action.BLOCKED.value,
        "blocked_reason": _in_words(asked, lambda language: _unable(language, name)),
        "id": name,
        "decision": None,
        "rule": None,
        "case": None,
        "rule_set_version": None,
        "notes": [*asked.notes, code],
    }


def _unable(language: Language, name: str) -> str:
    return f"{_CANNOT_SAY[language]} {_REFERENCE[language].format(name)}"


def _reason(decision: Decision, language: Language, name: str) -> str:
    rule = decision.rule
    sentences = [(rule.user_message.get(language) if rule else None) or _BLOCKED[language]]
    if decision.outcome is Outcome.WARN:
        sentences.append(_CONFIRM[language])
    said = [(" " if language == "en" else "").join(sentences)]
    if rule is not None and rule.appeal_url:
        said.append(_APPEAL[language].format(rule.appeal_url))
    return " ".join([*said, _REFERENCE[language].format(name)])


def _in_words(asked: Asked, words: Callable[[Language], str]) -> str:
    """In the user's language, or in both while it is not known."""
    if asked.language is not None:
        return words(asked.language)
    return f"{words('zh-Hans')}\n{words('en')}"
