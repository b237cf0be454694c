"""Prompt rules as the desk shows them: the list, a birth certificate, what a rule met, what a user asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.presenters.tried import Part, met_by
from casework.typed_ids import as_uuid
from screening.engine.rules import Mode, Outcome
from screening.models import PromptCheck, PromptRule
from screening.selectors import RECENT, WATCHED, Hits, checks_of, hits, signs_of
from users.models import User

TERMS_SHOWN: Final = 4
CHECKS_SHOWN: Final = 200


@dataclass(frozen=True)
class Line:
    """One rule in the list. `look` is the colour of its badge."""

    rule: PromptRule
    state: str
    look: str
    mode: str
    terms: Sequence[str]
    more: int
    hits: Hits


@dataclass(frozen=True)
class MetLine:
    """One check: its prompt in parts, what came of it, and whether the user confirmed."""

    check: PromptCheck
    parts: Sequence[Part]
    outcome: str
    wiped: bool


def lines(rules: Iterable[PromptRule], now: datetime) -> list[Line]:
    """These rules with their hits of the last seven days. One query for all hits."""
    rules = list(rules)
    met = hits([rule.id for rule in rules], now - RECENT)
    return [line(rule, met.get(rule.id, Hits()), now) for rule in rules]


def line(rule: PromptRule, met: Hits, now: datetime) -> Line:
    """One rule."""
    state, look = _state(rule, now)
    terms = [term["text"] for term in rule.terms]
    mode, shown = mode_name(rule.mode), terms[:TERMS_SHOWN]
    return Line(rule, state, look, mode, shown, len(terms) - len(shown), met)


def _state(rule: PromptRule, now: datetime) -> tuple[str, str]:
    if rule.ended_at is not None:
        return pgettext("rule", "Ended"), ""
    if rule.expires_at is not None and rule.expires_at <= now:
        return pgettext("rule", "Expired"), ""
    if rule.mode == Mode.SHADOW:
        return pgettext("rule", "Watches"), "info"
    return pgettext("rule", "In force"), "success"


def mode_name(mode: str) -> str:
    """What the rule does, in a word."""
    names = {
        Mode.BLOCK: pgettext("rule", "Block"),
        Mode.WARN: pgettext("rule", "Warn"),
        Mode.SHADOW: pgettext("rule", "Watch"),
    }
    return names[Mode(mode)]


def why_ended(reason: str) -> str:
    """The reason a rule ended, in words; one that this version does not know, as it is stored."""
    names = {
        "restored": _("The case was given back."),
        "withdrawn": _("The notice was withdrawn."),
        "expired": _("Its term was over."),
        "refused": _("A second person did not agree."),
        "corrected": _("Staff corrected it."),
        "court": _("A court ended it."),
        "conflict": _("A conflict of two laws was decided."),
        "renewed": _("Another rule took its place."),
        "approved": _(
            "It watched until a second person agreed; the rule that was ordered took its place."
        ),
    }
    return names.get(reason, reason)


def met_lines(checks: Iterable[PromptCheck]) -> list[MetLine]:
    """Checks with their prompts, as far as the texts are still there."""
    return [
        MetLine(check, met_by(check), _outcome(check), check.prompt is None) for check in checks
    ]


def _outcome(check: PromptCheck) -> str:
    if check.confirms is not None:
        return pgettext("check", "Confirmed by the user")
    if check.outcome == Outcome.ALLOW:
        return pgettext("check", "Let pass: the rule only watches")
    if check.outcome == Outcome.WARN:
        return pgettext("check", "Warned")
    return pgettext("check", "Blocked")


def name_of(key: str, names: dict[str, str]) -> str:
    """Whoever stands behind an actor's key, by name where it is one of ours."""
    return names.get(key.partition(":")[2], key)


def names_for(keys: Iterable[str]) -> dict[str, str]:
    """The names of the staff behind these actors' keys, by id. One query."""
    ids = {key.partition(":")[2] for key in keys if key.startswith("staff:")}
    found = User.objects.filter(id__in=[id for id in ids if as_uuid(id)])
    return {str(person.id): person.name for person in found}


def prompts_of(user_external_id: str, now: datetime) -> dict[str, Any]:
    """What a user's page shows of their prompts: signs, each with its rule, and the checks that rules met."""
    rows = list(checks_of(user_external_id, now - WATCHED)[:CHECKS_SHOWN])
    found = signs_of(user_external_id, now)
    rules = PromptRule.objects.in_bulk([sign.rule for sign in found])
    return {
        "signs": [(sign, terms_of(rules[sign.rule])) for sign in found],
        "met": [(one, terms_of(one.check.rule)) for one in met_lines(rows)],
    }


def terms_of(rule: PromptRule | None) -> str:
    """The first terms of a rule, in a line."""
    return ", ".join(term["text"] for term in rule.terms[:TERMS_SHOWN]) if rule else ""
