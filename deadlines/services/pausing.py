"""Pausing a clock while another owes an answer, and letting it run on."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from common.actors import Actor
from common.transactions import lock_case
from deadlines.errors import NoSuchDeadline, PeriodOver
from deadlines.models import Deadline
from deadlines.registry import kind_of
from deadlines.selectors import open_deadlines
from deadlines.services.informing import due_of
from deadlines.services.lifecycle import Event, Occasion, advance
from deadlines.services.reckoning import resumed


def pause(
    kind: str,
    subject_id: UUID,
    at: datetime,
    actor: Actor,
    *,
    case_regime_id: UUID | None = None,
    reason: str = "",
) -> Deadline:
    """Stop the clock at `at` until `resume`. Takes the case lock; ledger: deadline.paused.

    Raises NoSuchDeadline, NotPossibleNow (paused already, breached), PeriodOver (it had run out by `at`).
    """
    row = _locked(kind, subject_id, case_regime_id)
    if at >= row.due_at:
        raise PeriodOver(
            _("This came too late: the period ended on %(day)s.")
            % {"day": row.last_day.isoformat()}
        )
    return advance(row, Event.PAUSE, Occasion(actor, at, at), facts={"reason": reason})


def resume(
    kind: str,
    subject_id: UUID,
    at: datetime,
    actor: Actor,
    *,
    case_regime_id: UUID | None = None,
) -> Deadline:
    """Let the rest of the period run from `at`, counted by the same calendar with the pause left out.

    Working days that passed during the pause move the end by as many working days; an hour by an hour.
    Takes the case lock; ledger: deadline.resumed; the kind's `moved` is told when the date moved.
    Raises NoSuchDeadline, NotPossibleNow (it is not paused).
    """
    row = _locked(kind, subject_id, case_regime_id)
    before = row.due_at
    changes = resumed(row, row.paused_at, at) if row.paused_at else {}
    row = advance(row, Event.RESUME, Occasion(actor, at, at), changes=changes)
    moved = kind_of(kind).moved
    if moved and row.due_at != before:
        moved(due_of(row, at), before)
    return row


def _locked(kind: str, subject_id: UUID, case_regime_id: UUID | None) -> Deadline:
    rows = open_deadlines(kind, subject_id, case_regime_id)
    if found := rows.first():
        lock_case(found.case_id)
        found = rows.filter(pk=found.pk).first()
    if found is None:
        raise NoSuchDeadline(_("No such clock is running. Reload the page and look again."))
    return found
