"""The one door through which a deadline changes its state."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from common.actors import SWEEP, Actor
from common.transactions import lock_case, require_transaction
from deadlines.errors import NotPossibleNow
from deadlines.models import Deadline
from deadlines.states import SENTENCES, State
from evidence import ledger
from evidence.chain import Fact, case_chain


class Event(StrEnum):
    """What can happen to a deadline; the value is the name of the transition on the model."""

    PAUSE = "pause"
    RESUME = "resume"
    MEET = "meet"
    MEET_LATE = "meet_late"
    STOP = "stop"
    BREACH = "breach"
    FIRE = "fire"


_LEDGER_NAMES: Final[Mapping[Event, str]] = {
    Event.PAUSE: "deadline.paused",
    Event.RESUME: "deadline.resumed",
    Event.MEET: "deadline.met",
    Event.MEET_LATE: "deadline.met_late",
    Event.STOP: "deadline.stopped",
    Event.BREACH: "deadline.breached",
    Event.FIRE: "deadline.fired",
}
_WRITTEN_BY_TRANSITIONS: Final = ("state", "paused_at", "closed_at")


@dataclass(frozen=True)
class Occasion:
    """Who does it, the moment its legal effect dates from, and the moment it is written down (both UTC)."""

    actor: Actor
    effective_at: datetime
    now: datetime


def advance(
    deadline: Deadline,
    event: Event,
    occasion: Occasion,
    *,
    facts: Mapping[str, Fact] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Deadline:
    """Let `event` happen: lock the case, read the row again, change it, write the ledger; all or nothing.

    `changes` are further fields to set with it. Returns the row as stored. Raises NotPossibleNow when
    the row, as it now stands, does not allow it, and NotInTransaction outside a transaction.
    """
    require_transaction()
    lock_case(deadline.case_id)
    row = Deadline.objects.get(pk=deadline.pk)
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
    record(row, _LEDGER_NAMES[event], occasion, facts)
    return row


def record(
    row: Deadline,
    event: str,
    occasion: Occasion,
    facts: Mapping[str, Fact] | None = None,
    payload: bytes | None = None,
) -> None:
    """Write what happened to the row into the ledger of its case; `payload` holds words of people."""
    ledger.append(
        case_chain(row.case_id),
        event,
        actor=occasion.actor,
        at=occasion.now,
        facts={**_about(row, occasion.effective_at), **(facts or {})},
        payload=payload,
    )


class Breached(NamedTuple):
    """What is told of a row that was breached among many, under the names that its model has."""

    pk: UUID
    kind: str
    case_id: UUID
    case_regime_id: UUID | None
    subject_id: UUID
    owner_id: UUID | None
    due_at: datetime


_BREACH: Final = """
UPDATE deadlines_deadline SET state = %s
 WHERE id = ANY(string_to_array(%s, ',')::uuid[]) AND state = %s AND due_at <= %s AND wake_at <= %s
RETURNING id, kind, case_id, case_regime_id, subject_id, owner_id, due_at
"""


def breach_due(ids: Collection[UUID], now: datetime) -> list[Breached]:
    """What `advance(row, Event.BREACH, ...)` does for one row, for those of many that run and are due, in three statements.

    The caller holds the rows' cases. Returns the rows that it was, in no particular order.
    """
    require_transaction()
    if not ids:
        return []
    with connection.cursor() as cursor:
        values = (State.BREACHED, ",".join(map(str, ids)), State.RUNNING, now, now)
        cursor.execute(_BREACH, values)
        rows = [Breached(*row) for row in cursor.fetchall()]
    told = [(row.case_id, _about(row, row.due_at)) for row in rows]
    ledger.append_to_cases(_LEDGER_NAMES[Event.BREACH], told, actor=SWEEP, at=now)
    return rows


def _about(row: Deadline | Breached, effective_at: datetime) -> dict[str, Fact]:
    return {
        "deadline": str(row.pk),
        "kind": row.kind,
        "due_at": row.due_at.isoformat(),
        "effective_at": effective_at.isoformat(),
        "subject": str(row.subject_id),
        "regime": str(row.case_regime_id) if row.case_regime_id else None,
    }
