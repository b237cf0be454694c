"""Pausing a clock while another owes an answer, and letting it run on."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from common.actors import Actor
from common.transactions import lock_case
from deadlines.calendars.steps import Step
from deadlines.errors import NoSuchDeadline, PeriodOver
from deadlines.models import Deadline
from deadlines.registry import Change
from deadlines.selectors import open_deadlines
from deadlines.services.informing import tell_moved
from deadlines.services.lifecycle import Event, Occasion, advance
from deadlines.services.reckoning import resumed
from deadlines.shelf import shelf


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
    row = locked(kind, subject_id, case_regime_id)
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
    row = locked(kind, subject_id, case_regime_id)
    stopped, before = row.paused_at, row.due_at
    changes = resumed(row, stopped, at, shelf()) if stopped else {}
    row = advance(row, Event.RESUME, Occasion(actor, at, at), changes=changes)
    if stopped and row.due_at != before:
        zone = ZoneInfo(row.clock["zone"])
        span = {"from": stopped.astimezone(zone).isoformat(), "to": at.astimezone(zone).isoformat()}
        tell_moved(row, Change(before, (Step("stood_still", span),)), at)
    return row


def locked(kind: str, subject_id: UUID, case_regime_id: UUID | None) -> Deadline:
    """The open clock as it is once its case is locked. Raises NoSuchDeadline."""
    rows = open_deadlines(kind, subject_id, case_regime_id)
    if found := rows.first():
        lock_case(found.case_id)
        found = rows.filter(pk=found.pk).first()
    if found is None:
        raise NoSuchDeadline(_("No such clock is running. Reload the page and look again."))
    return found
