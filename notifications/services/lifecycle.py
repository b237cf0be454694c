"""The one door through which a message changes its state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from common.actors import Actor
from common.transactions import lock_case, require_transaction
from evidence import ledger
from evidence.chain import Fact, case_chain
from notifications.errors import NotPossibleNow
from notifications.models import Message
from notifications.states import SENTENCES, State


class Event(StrEnum):
    """What can happen to a message; the value is the name of the transition on the model."""

    SEND = "send"
    DELIVER = "deliver"
    FAIL = "fail"
    REQUEUE = "requeue"


LEDGER_NAMES: Final[Mapping[Event, str]] = {
    Event.SEND: "message.sent",
    Event.DELIVER: "message.delivered",
    Event.FAIL: "message.failed",
    Event.REQUEUE: "message.queued",
}
_WRITTEN_BY_TRANSITIONS: Final = (
    "state",
    "sent_at",
    "delivered_at",
    "attempts",
    "try_after",
    "handed_over_at",
)


@dataclass(frozen=True)
class Occasion:
    """Who does it, the moment its legal effect dates from, and the moment it is written down (both UTC)."""

    actor: Actor
    effective_at: datetime
    now: datetime


def advance(
    message: Message,
    event: Event,
    occasion: Occasion,
    *,
    changes: Mapping[str, Any] | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> Message:
    """Let `event` happen: lock the case, read the row again, change it, write the ledger; all or nothing.

    Returns the row as stored. Raises NotPossibleNow, and NotInTransaction outside a transaction.
    """
    require_transaction()
    lock_case(message.case_id)
    row = Message.objects.get(pk=message.pk)
    try:
        getattr(row, event.value)(occasion.effective_at)
    except TransitionNotAllowed as refusal:
        raise NotPossibleNow(
            _("This is not possible any more. %(state)s Reload the page and look again.")
            % {"state": SENTENCES[State(row.state)]}
        ) from refusal
    for field, value in (changes or {}).items():
        setattr(row, field, value)
    row.save(update_fields=[*_WRITTEN_BY_TRANSITIONS, *(changes or {})])
    record(row, LEDGER_NAMES[event], occasion, facts=facts)
    return row


def record(
    row: Message,
    event: str,
    occasion: Occasion,
    *,
    facts: Mapping[str, Fact] | None = None,
    payload: bytes | None = None,
) -> None:
    """Write what happened to the message into the ledger of its case. The facts hold no personal text."""
    about: dict[str, Fact] = {
        "message": str(row.pk),
        "template": row.template,
        "version": row.template_version,
        "party": row.party,
        "language": row.language,
        "effective_at": occasion.effective_at.isoformat(),
        **(facts or {}),
    }
    chain = case_chain(row.case_id)
    ledger.append(chain, event, actor=occasion.actor, at=occasion.now, facts=about, payload=payload)
