"""Ending clocks: what was owed was done, or is not owed any more."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.actors import Actor
from common.transactions import lock_case
from deadlines.errors import PeriodOver
from deadlines.models import Deadline
from deadlines.registry import kind_of
from deadlines.selectors import open_deadlines, running_for_case
from deadlines.services.breaching import breach_found_late
from deadlines.services.lifecycle import Event, Occasion, advance
from deadlines.states import State


def meet(
    kind: str,
    subject_id: UUID,
    at: datetime,
    actor: Actor,
    *,
    case_regime_id: UUID | None = None,
    now: datetime | None = None,
) -> list[Deadline]:
    """What was owed was done at `at`: every open clock of the kind for the subject is met, or met late.

    `at` decides, however late it is recorded (`now`, the same moment unless given): before `due_at` is in
    time, `due_at` itself is not. A duty done late leaves its breach in the ledger. Returns the closed clocks,
    none when none was open. Takes the case lock. Raises PeriodOver, changing nothing, where the end of the
    period has a consequence and `at` is too late.
    """
    occasion = Occasion(actor, at, now or at)
    rows = _locked(open_deadlines(kind, subject_id, case_regime_id))
    for row in rows:
        _refuse_when_over(row, at)
    return [_meet(row, occasion) for row in rows]


def stop(
    kind: str,
    subject_id: UUID,
    at: datetime,
    actor: Actor,
    *,
    reason: str,
    case_regime_id: UUID | None = None,
) -> list[Deadline]:
    """Nothing is owed any more: every open clock of the kind for the subject stops. `reason` is a code, not words.

    Returns the stopped clocks, none when none was open. Takes the case lock; ledger: deadline.stopped.
    """
    rows = _locked(open_deadlines(kind, subject_id, case_regime_id))
    return [_stop(row, Occasion(actor, at, at), reason) for row in rows]


def stop_all(
    case_id: UUID,
    at: datetime,
    actor: Actor,
    *,
    reason: str,
    case_regime_id: UUID | None = None,
) -> list[Deadline]:
    """As `stop`, for every open clock of a case, or of one regime of it, but those that outlive a case."""
    rows = running_for_case(case_id)
    if case_regime_id is not None:
        rows = rows.filter(case_regime_id=case_regime_id)
    ending = [row for row in _locked(rows) if not kind_of(row.kind).outlives_case]
    return [_stop(row, Occasion(actor, at, at), reason) for row in ending]


def _locked(rows: QuerySet[Deadline]) -> list[Deadline]:
    """The rows as they are once their cases are locked; always locked in the same order."""
    for case_id in sorted({row.case_id for row in rows}):
        lock_case(case_id)
    return list(rows.all())


def _refuse_when_over(row: Deadline, at: datetime) -> None:
    if row.state == State.RUNNING and at >= row.due_at and not kind_of(row.kind).is_duty:
        raise PeriodOver(
            _("This came too late: the period ended on %(day)s.")
            % {"day": row.last_day.isoformat()}
        )


def _meet(row: Deadline, occasion: Occasion) -> Deadline:
    if row.state == State.BREACHED:
        return advance(row, Event.MEET_LATE, occasion)
    if row.state == State.PAUSED or occasion.effective_at < row.due_at:
        return advance(row, Event.MEET, occasion)
    breach_found_late(row, occasion.now)
    return advance(row, Event.MEET_LATE, occasion)


def _stop(row: Deadline, occasion: Occasion, reason: str) -> Deadline:
    return advance(row, Event.STOP, occasion, facts={"reason": reason})
