"""Every public event: its type, the ledger's event behind it, and the facts of it that machines are told.

Public is what happens to cases, prompt rules, packs and calendars. Accounts and keys of people, and what the
house thinks of its own liability, are nobody's event; of the rest only the facts named here leave the house, if they
fit their shape (event_shapes.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from evidence.events import EVENTS
from notifications.event_shapes import (
    CODE,
    COUNT,
    MOMENT,
    REFERENCE,
    UUID,
    Shape,
    shape_of,
)

WITHHELD: Final = frozenset(
    {
        *("person", "role", "token", "endpoint", "delivery"),
        *("rule_list", "rule_proposal", "assessment", "ladder"),
    }
)
"""Nouns of the ledger that are nobody's event: people's accounts, the endpoints themselves, what providers propose
to each other, which changes nothing, what the house thinks of its own liability, and its own ladder."""
TEST_EVENT: Final = "endpoint.tested"
_OUTSIDE_CASES: Final = {
    "rule": "rule",
    "display_text": "display_text",
    "pack": "pack",
    "calendar": "calendar",
    "endpoint": "endpoint",
}

_MEASURE: Final = ("measure", "family", "level", "target", "state")
_DEADLINE: Final = ("deadline", "kind", "subject", "regime", "due_at", "effective_at")
_MESSAGE: Final = ("message", "template", "version", "party", "language", "effective_at")
_COURT: Final = ("order", "regime", "effect", "before_suit", "state", "measures", "effective_at")
_CONFLICT: Final = ("conflict", "releases", "holds", "measures", "effective_at")
_SANCTION: Final = ("sanction", "level", "policy", "until", "effective_at")
_BY_NOUN: Final[Mapping[str, tuple[str, ...]]] = {
    "standing": (),
    "sanction_appeal": ("measure", "state"),
    "notice": ("state", "effective_at"),
    "case": ("state", "effective_at"),
    "information": ("state", "elements", "effective_at"),
    "item": ("items",),
    "regime": ("regime", "state", "effective_at"),
    "filer": _SANCTION,
    "respondent": _SANCTION,
    "measure": _MEASURE,
    "ticket": _MEASURE,
    "upstream": _MEASURE,
    "match": ("match", "kind", "state", "measure"),
    "regime_conflict": _CONFLICT,
    "counter_notice": ("counter_notice", "state", "effective_at"),
    "put_back": ("counter_notice", "back_at"),
    "proceedings": ("counter_notice", "outcome", "effective_at"),
    "complaint": ("complaint", "regime", "state"),
    "court_application": _COURT,
    "court_order": _COURT,
    "suit_proof": ("counter_notice", "kind"),
    "deadline": _DEADLINE,
    "message": _MESSAGE,
    "display_text": ("text", "version", "kind", "case", "reason"),
}
_MORE: Final[Mapping[str, tuple[str, ...]]] = {
    "notice.filed": ("reference", "channel", "items", "regimes"),
    "notice.received_by_staff": ("reference", "channel", "items", "regimes"),
    "notice.accepted": ("upheld", "items"),
    "notice.forwarded": ("items", "letter"),
    "notice.barred": ("counter_notice", "regime"),
    "notice.runs_into_bar": ("items", "regimes"),
    "item.resolved": ("item", "artefact"),
    "evidence.frozen": ("item", "artefact"),
    "receipt.issued": ("sha256",),
    "regime.added": ("version", "surface", "runs_from"),
    "regime.version_changed": ("from", "to", "rule", "clocks"),
    "regime_conflict.decided": ("decision",),
    "measure.ordered": ("retry",),
    "measure.attempted": ("attempt",),
    "measure.applied": ("acknowledgement",),
    "measure.stuck": ("attempts",),
    "measure.ground_ended": ("reason", "remaining"),
    "standing.ground_ended": ("regime", "reason"),
    "standing.voided": ("reason",),
    "measure.term_asked": ("expires_at",),
    "measure.term_extended": ("expires_at",),
    "measure.frozen": ("cause",),
    "measure.thawed": ("cause",),
    "ticket.changed": ("stage", "mitigation"),
    "ticket.role_tested": ("trained_by",),
    "ticket.probed": ("build", "verdict"),
    "ticket.verified": ("builds", "kept", "asked"),
    "ticket.regressed": ("builds", "kept", "asked"),
    "counter_notice.filed": ("regime", "reason", "elements"),
    "counter_notice.information_requested": ("elements",),
    "counter_notice.completed": ("elements",),
    "deadline.started": ("clock", "pack", "last_day", "provisional"),
    "deadline.paused": ("reason",),
    "deadline.stopped": ("reason",),
    "deadline.extended": ("length", "unit", "total", "due_before", "last_day_before", "last_day"),
    "deadline.put_under": ("due_before", "pack"),
    "deadline.recomputed": ("due_before", "last_day_before", "last_day", "provisional", "calendar", "year"),
    "message.sent": ("again",),
    "message.delivered": ("recorded_by_hand",),
    "case_file.exported": ("export",),
    "rule.created": ("case", "mode", "reason_code", "fields", "territory", "terms", "version", "expires_at"),
    "rule.lifted": ("reason", "version"),
    "pack.loaded": ("pack", "version", "sha256", "shipped"),
    "calendar.year_loaded": ("calendar", "year", "version", "instead_of"),
}  # fmt: skip


@dataclass(frozen=True)
class EventType:
    """One public type. `subject` is the kind of thing it happens to; `facts` are told when they are known."""

    type: str
    event: str
    subject: str
    facts: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What happened, in English, as the ledger says it; translatable."""
        return EVENTS[self.event]

    @property
    def shapes(self) -> dict[str, Shape]:
        """The members of `data` and their shapes; `reference` may be null, facts may be missing."""
        base: dict[str, Shape] = {self.subject: UUID, "sequence": COUNT, "actor": CODE}
        if self.subject == "case":
            base["reference"] = REFERENCE
        told = {name: shape_of(name) for name in self.facts if name not in base}
        return base | told

    @property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of the whole body."""
        members = {name: dict(shape.schema) for name, shape in self.shapes.items()}
        if "reference" in members:
            members["reference"] = {"anyOf": [members["reference"], {"type": "null"}]}
        needed = [self.subject, "sequence", "actor"]
        data = _object(members, needed + (["reference"] if "reference" in members else []))
        return _object(
            {"type": {"const": self.type}, "timestamp": dict(MOMENT.schema), "data": data},
            ["type", "timestamp", "data"],
        )

    @property
    def example(self) -> dict[str, Any]:
        """A body of this type."""
        data = {name: shape.example for name, shape in self.shapes.items()}
        return {
            "type": self.type,
            "timestamp": "2026-11-23T02:00:00.000000Z",
            "data": data | {"actor": "staff"} | _like(self.event),
        }


def _object(members: Mapping[str, Any], needed: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(members),
        "required": needed,
        "additionalProperties": False,
    }


def _like(event: str) -> dict[str, str]:
    """Codes that make the example of a measure one that could have happened."""
    noun, _dot, verb = event.partition(".")
    if noun != "measure":
        return {}
    return {"family": "content_removal", "level": "warn", "target": "out_8Hk2"} | (
        {"acknowledgement": "ack_0406e3c801dbb8b472d5"} if verb == "applied" else {}
    )


def public(event: str) -> bool:
    """Whether machines may hear of this event of the ledger."""
    return event == TEST_EVENT or event.partition(".")[0] not in WITHHELD


def event_type(event: str) -> EventType:
    """The public type of an event of the ledger."""
    noun = event.partition(".")[0]
    subject = _OUTSIDE_CASES.get(noun, "case")
    name = f"case.{event}" if subject == "case" and noun != "case" else event
    facts = _BY_NOUN.get(noun, ()) + _MORE.get(event, ())
    return EventType(name, event, subject, tuple(dict.fromkeys(facts)))


def _all(events: Iterable[str]) -> dict[str, EventType]:
    found = [event_type(event) for event in events if public(event)]
    return {one.type: one for one in found}


TYPES: Final[Mapping[str, EventType]] = _all(EVENTS)
"""Every public type by its name, in the ledger's order."""
