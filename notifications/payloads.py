"""The body of an event: ids, references, codes and times from the ledger's entry, and nothing else of it."""

import json
from typing import Any, Final

from evidence.chain import moment
from evidence.models import LedgerEntry
from notifications.event_types import EventType, event_type
from notifications.webhook_rules import LARGEST_BODY

_NAMES: Final = ("notice.filed", "notice.received_by_staff")
_ABOUT_A_PERSON: Final = frozenset({"user_sanction"})
"""Families of measure whose target is the platform's name for a user; it stays in the house."""


def body_of(entry: LedgerEntry) -> bytes:
    """The minified JSON for an entry, smaller than LARGEST_BODY bytes: lists are left out if they would not fit.

    Equal entries give equal bytes. One query for the reference of a case.
    """
    kind = event_type(entry.event)
    data = _data(entry, kind)
    body = _bytes(kind, entry, data)
    if len(body) < LARGEST_BODY:
        return body
    return _bytes(kind, entry, {k: v for k, v in data.items() if not isinstance(v, list)})


def _bytes(kind: EventType, entry: LedgerEntry, data: dict[str, Any]) -> bytes:
    whole = {"type": kind.type, "timestamp": moment(entry.at), "data": data}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _data(entry: LedgerEntry, kind: EventType) -> dict[str, Any]:
    shapes = kind.shapes
    told = {
        name: entry.facts[name]
        for name in kind.facts
        if name in entry.facts and shapes[name].fits(entry.facts[name])
    }
    if entry.facts.get("family") in _ABOUT_A_PERSON:
        told.pop("target", None)
    base: dict[str, Any] = {kind.subject: str(entry.chain_id)}
    if kind.subject == "case":
        base["reference"] = told.pop("reference", None) or _reference(entry)
    actor = entry.actor.partition(":")[0]
    return {**base, "sequence": entry.sequence, "actor": actor, **told}


def _reference(entry: LedgerEntry) -> str | None:
    """The case's reference, from the entry that began it; None for a chain that began otherwise."""
    first = LedgerEntry.objects.filter(
        chain_kind=entry.chain_kind, chain_id=entry.chain_id, event__in=_NAMES
    )
    facts = first.order_by("sequence").values_list("facts", flat=True).first()
    return facts.get("reference") if facts else None
