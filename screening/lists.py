"""What a list of rules from another provider must be before anything of it is looked at. No database."""

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from common.errors import RedressError
from screening.engine.rules import Mode
from screening.rules import FIELDS, TermText, phrases_fault, terms_fault, written
from screening.signing import signed_by

FORMAT: Final = "redress.rule-list/1"
LARGEST: Final = 20_000_000  # bytes
MOST_RULES: Final = 20_000
_CODE: Final = re.compile(r"[a-z][a-z_]{1,39}")
_TERRITORY: Final = re.compile(r"([A-Z]{2})?")


class BadList(RedressError):
    """The list cannot be taken in; the message says why, and nothing of it was."""

    code = "bad-rule-list"


@dataclass(frozen=True)
class Listed:
    """One rule of a list, as it was signed."""

    id: uuid.UUID
    content: Mapping[str, Any]


@dataclass(frozen=True)
class ReadList:
    """A list whose signature is that of a provider we take lists from."""

    provider: str
    key: str
    version: int
    rules: Sequence[Listed]


def read_list(content: bytes, providers: Mapping[str, str]) -> ReadList:
    """The list in a file, if one of these providers signed it. Raises BadList with a sentence."""
    if len(content) > LARGEST:
        raise BadList(_("The list is too large."))
    envelope = _object(content, _("This is no list of rules: it must be one JSON document."))
    payload, signature = envelope.get("payload"), envelope.get("signature")
    if not isinstance(payload, str) or not isinstance(signature, str):
        raise BadList(_("This is no list of rules: `payload` and `signature` are missing."))
    signer = _signer(payload.encode("utf-8", "surrogatepass"), signature, providers)
    told = _object(payload.encode("utf-8", "surrogatepass"), _("What was signed is no JSON."))
    version = told.get("version")
    if told.get("format") != FORMAT or not isinstance(version, int) or isinstance(version, bool):
        raise BadList(_("The list is of a form that this version does not know."))
    return ReadList(signer, providers[signer], version, _rules(told.get("rules")))


def _object(content: bytes, sentence: str) -> dict[str, Any]:
    try:
        told = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        raise BadList(sentence) from None
    if not isinstance(told, dict):
        raise BadList(sentence)
    return told


def _signer(payload: bytes, signature: str, providers: Mapping[str, str]) -> str:
    for provider, key in providers.items():
        if signed_by(key, payload, signature):
            return provider
    raise BadList(
        _("No provider named in FEED_PROVIDERS signed this list. Nothing of it was taken.")
    )


def _rules(told: Any) -> list[Listed]:
    if not isinstance(told, list) or len(told) > MOST_RULES:
        raise BadList(_("The list holds no rules, or too many."))
    found = [_rule(number, one) for number, one in enumerate(told, start=1)]
    if len({one.id for one in found}) < len(found):
        raise BadList(_("A rule stands in the list twice."))
    return found


def _rule(number: int, told: Any) -> Listed:
    """One rule with what we know of it and nothing else."""
    try:
        listed = _checked(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        sentence = _("Rule %(number)d of the list cannot be read: %(why)s")
        raise BadList(sentence % {"number": number, "why": error}) from None
    return listed


def _checked(told: Mapping[str, Any]) -> Listed:
    terms = [
        TermText(one["text"], one["language"], one.get("alias") is True) for one in told["terms"]
    ]
    allow = [str(one) for one in told["allow_phrases"]]
    wrong = phrases_fault([term.text for term in terms]) or terms_fault(terms)
    wrong = wrong or phrases_fault(allow)
    fields = told["fields"]
    if wrong or not fields or not set(fields) <= set(FIELDS):
        raise ValueError(wrong or "fields")
    if not _TERRITORY.fullmatch(told["territory"]) or not _CODE.fullmatch(told["reason"]):
        raise ValueError("territory, reason")
    expires = told["expires"]
    if expires is not None and datetime.fromisoformat(expires).tzinfo is None:
        raise ValueError("expires")
    return Listed(
        uuid.UUID(told["id"]),
        {
            "terms": written(terms),
            "allow_phrases": allow,
            "fields": sorted(set(fields)),
            "territory": told["territory"],
            "mode": Mode(told["mode"]).value,
            "reason": told["reason"],
            "expires": expires,
        },
    )
