"""What a prompt rule must be before it lives. No database."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from screening.engine.matcher import RuleSet
from screening.engine.rules import Mode, Outcome, Question, Rule
from screening.engine.terms import fold_term

FIELDS: Final = ("prompt", "negative_prompt")
LANGUAGES: Final = ("en", "zh-Hans")
MOST_PHRASES: Final = 200  # terms, or allow-phrases, of one rule
LONGEST_PHRASE: Final = 100  # characters
LONGEST_MESSAGE: Final = 1000  # characters
SHORTEST_TERM: Final = 2  # letters that are left when marks and spaces are gone
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CODE: Final = re.compile(r"[a-z][a-z_]{1,39}")
_TERRITORY: Final = re.compile(r"([A-Z]{2})?")


@dataclass(frozen=True)
class TermText:
    """A name or phrase as somebody wrote it, and the tag of its language (`en`, `zh-Hans`, …).

    `alias`: not the work's own name, but what people call it.
    """

    text: str
    language: str
    alias: bool = False


@dataclass(frozen=True)
class NewRule:
    """A rule somebody approved. Give the same `id` again when you cannot know whether it arrived.

    `work` and `owner` are told to staff; `names_person` keeps the rule out of lists for other providers.
    """

    terms: Sequence[TermText]
    reason_code: str
    case_id: uuid.UUID
    case_reference: str
    user_message: Mapping[str, str]
    appeal_url: str
    approved_by: str
    mode: str = Mode.BLOCK
    allow_phrases: Sequence[str] = ()
    fields: Sequence[str] = ("prompt",)
    territory: str = ""
    expires_at: datetime | None = None
    work: str = ""
    owner: str = ""
    ordered_by: str = ""
    names_person: bool = False
    id: uuid.UUID = field(default_factory=uuid.uuid4)


def faults(new: NewRule, at: datetime) -> dict[str, str]:
    """What is wrong with a rule, by field, in sentences that say how to mend it. Empty: it may live."""
    found = {
        "terms": phrases_fault([term.text for term in new.terms]) or terms_fault(new.terms),
        "allow_phrases": phrases_fault(new.allow_phrases),
        "fields": _fields_fault(new.fields),
        "user_message": _message_fault(new.user_message),
        **_certificate_faults(new, at),
    }
    found = {name: sentence for name, sentence in found.items() if sentence}
    return found or _effect_fault(new, at)


def phrases_fault(phrases: Sequence[str]) -> str:
    """What is wrong with terms or allow-phrases as texts; '' if nothing."""
    if len(phrases) > MOST_PHRASES:
        return _("Give at most %(most)d phrases in one rule; split the rest off into another.") % {
            "most": MOST_PHRASES
        }
    for phrase in phrases:
        if len(phrase) > LONGEST_PHRASE:
            return _("Keep each phrase to %(most)d characters: “%(start)s…” is longer.") % {
                "most": LONGEST_PHRASE,
                "start": phrase[:20],
            }
        if len(fold_term(phrase).letters) < SHORTEST_TERM:
            return _(
                "“%(phrase)s” is too short: at least two letters, digits or characters are needed."
            ) % {"phrase": phrase}
    return ""


def terms_fault(terms: Sequence[TermText]) -> str:
    """What is wrong with terms and the tags of their languages; '' if nothing."""
    if not terms:
        return _("Give at least one term to look for.")
    for term in terms:
        if not _TAG.fullmatch(term.language):
            return _("Name the language of “%(term)s” by its tag, such as en or zh-Hans.") % {
                "term": term.text
            }
    return ""


def _fields_fault(fields: Sequence[str]) -> str:
    if not fields or len(set(fields)) < len(fields) or not set(fields) <= set(FIELDS):
        return _("Choose the fields to look at among: %(fields)s.") % {"fields": ", ".join(FIELDS)}
    return ""


def _message_fault(message: Mapping[str, str]) -> str:
    if set(message) != set(LANGUAGES) or not all(text.strip() for text in message.values()):
        return _("Write the message to the user in English and in Chinese (en, zh-Hans).")
    if any(len(text) > LONGEST_MESSAGE for text in message.values()):
        return _("Keep the message to the user to %(most)d characters.") % {"most": LONGEST_MESSAGE}
    return ""


def _certificate_faults(new: NewRule, at: datetime) -> dict[str, str]:
    address = urlsplit(new.appeal_url)
    web = address.scheme in {"http", "https"} and address.netloc and len(new.appeal_url) <= 500
    known = new.mode in set(Mode)
    return {
        "mode": "" if known else _("Choose the mode: block, warn or shadow."),
        "reason_code": _code_fault(new.reason_code),
        "territory": _territory_fault(new.territory),
        "case_reference": "" if new.case_reference else _("Name the case that the rule stands on."),
        "appeal_url": "" if web else _("Give the web address at which the user can appeal."),
        "approved_by": "" if new.approved_by else _("Say who approved the rule."),
        "expires_at": _expiry_fault(new.expires_at, at),
    }


def _code_fault(code: str) -> str:
    if _CODE.fullmatch(code):
        return ""
    return _("Give a reason code in small letters, such as character_protected.")


def _territory_fault(territory: str) -> str:
    if _TERRITORY.fullmatch(territory):
        return ""
    return _("Give the territory as two capital letters (CN, US, EU), or leave it empty.")


def _expiry_fault(expires_at: datetime | None, at: datetime) -> str:
    if expires_at is None or (expires_at.tzinfo is not None and expires_at > at):
        return ""
    return _("Let the rule expire in the future, or leave the date empty.")


def _effect_fault(new: NewRule, at: datetime) -> dict[str, str]:
    """A term that its own allow-phrases, or its spelling, keep from ever matching."""
    rule = Rule(new.id, 0, tuple(t.text for t in new.terms), tuple(new.allow_phrases))
    rules = RuleSet.build([rule], 0)
    for term in rule.terms:
        if rules.decide(Question({"prompt": term}, at)).outcome is not Outcome.BLOCK:
            sentence = _("“%(term)s” would never match: an allow-phrase stands inside it.")
            return {"allow_phrases": sentence % {"term": term}}
    return {}


def written(terms: Iterable[TermText]) -> list[dict[str, str | bool]]:
    """Terms as they are stored."""
    return [
        {"text": term.text, "language": term.language} | ({"alias": True} if term.alias else {})
        for term in terms
    ]
