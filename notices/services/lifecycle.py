"""The one door to a case's state and to the states of its regimes.

Nothing else calls a transition. Each call needs a transaction, takes the case lock, reads the row
afresh, moves it, saves the state alone and appends the ledger entry: all of it or nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django_fsm import can_proceed

from common.actors import Actor
from common.errors import Conflict
from common.transactions import lock_case
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.models import Case, CaseRegime

CASE_EVENTS: Final = {
    "start_review": "case.review_started",
    "request_information": "information.requested",
    "complete": "information.received",
    "go_on": "information.not_received",
    "lapse": "notice.lapsed",
    "accept": "notice.accepted",
    "decline": "notice.declined",
    "withdraw": "notice.withdrawn",
    "close": "case.closed",
    "reopen": "case.reopened",
    "reverse": "notice.refusal_reversed",
}
REGIME_EVENTS: Final = {
    "take_measures": "regime.measures_taken",
    "contest": "regime.contested",
    "stand": "regime.measures_stand",
    "wait": "regime.waiting_started",
    "record_suit": "regime.suit_recorded",
    "restore": "regime.restored",
    "remove": "regime.removed",
    "reinstate": "regime.reinstated",
    "close": "regime.closed",
    "reopen": "regime.reopened",
}


@dataclass(frozen=True)
class Step:
    """Who moves a case, when it was done, and from when it counts in law.

    `now` is the database's time of doing; `effective_at` is the legal moment, which for a clock that
    ran out is the moment it was due and not the moment a worker woke. `payload` is erasable text.
    """

    actor: Actor
    now: datetime
    effective_at: datetime | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    payload: bytes | None = None


def advance(case_id: UUID, event: str, step: Step) -> Case:
    """Move a case by one event of CASE_EVENTS. Raises Conflict when its state does not allow it."""
    lock_case(case_id)
    case = Case.objects.get(id=case_id)
    _move(case, event)
    _record(case_id, CASE_EVENTS[event], step, {"state": case.state})
    return case


def advance_regime(regime_id: UUID, event: str, step: Step) -> CaseRegime:
    """Move one regime of a case by one event of REGIME_EVENTS. Raises Conflict as `advance` does."""
    case_id = CaseRegime.every.values_list("case_id", flat=True).get(id=regime_id)
    lock_case(case_id)
    regime = CaseRegime.every.get(id=regime_id)
    _move(regime, event)
    facts: dict[str, Fact] = {"state": regime.state, "regime": regime.pack_id}
    _record(case_id, REGIME_EVENTS[event], step, facts)
    return regime


def require_possible(row: Case | CaseRegime, event: str) -> None:
    """Raise Conflict unless the state allows the event: for services that write before they advance."""
    if not can_proceed(getattr(row, event)):
        raise Conflict(
            _("This step is not possible while the case stands at “%(state)s”. Reload the page.")
            % {"state": row.get_state_display()}
        )


def _move(row: Case | CaseRegime, event: str) -> None:
    require_possible(row, event)
    getattr(row, event)()
    row.save(update_fields=["state"])


def _record(case_id: UUID, event: str, step: Step, facts: Mapping[str, Fact]) -> None:
    effective = step.effective_at or step.now
    append(
        case_chain(case_id),
        event,
        actor=step.actor,
        at=step.now,
        facts={**facts, **step.facts, "effective_at": effective.isoformat()},
        payload=step.payload,
    )
