"""Questions about deadlines."""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import get_language

from deadlines.calendars.explain import explain as sentences
from deadlines.calendars.steps import Step
from deadlines.models import Deadline
from deadlines.states import OPEN, State


def running_for_case(case_id: UUID) -> QuerySet[Deadline]:
    """Every open clock of a case (running, paused, or breached and still owed), the next to end first."""
    return Deadline.objects.filter(case_id=case_id, state__in=OPEN).order_by("due_at", "id")


def all_for_case(case_id: UUID) -> QuerySet[Deadline]:
    """Every clock a case ever had, in the order in which they began."""
    return Deadline.objects.filter(case_id=case_id).order_by("triggered_at", "id")


def next_for_cases(case_ids: Iterable[UUID]) -> dict[UUID, Deadline]:
    """For each case that has one, the running or breached clock that ends first. One query."""
    rows = (
        Deadline.objects.filter(
            case_id__in=list(case_ids), state__in=(State.RUNNING, State.BREACHED)
        )
        .order_by("case_id", "due_at", "id")
        .distinct("case_id")
    )
    return {row.case_id: row for row in rows}


def open_deadlines(
    kind: str, subject_id: UUID, case_regime_id: UUID | None = None
) -> QuerySet[Deadline]:
    """The open clocks of a kind for a subject; under one regime, or under any when none is named."""
    rows = Deadline.objects.filter(kind=kind, subject_id=subject_id, state__in=OPEN)
    return rows if case_regime_id is None else rows.filter(case_regime_id=case_regime_id)


def stuck() -> QuerySet[Deadline]:
    """Clocks that ran out and whose consequence does not come about: somebody must act."""
    return Deadline.objects.filter(state=State.RUNNING, alarmed_at__isnull=False).order_by("due_at")


def waking(now: datetime) -> QuerySet[Deadline]:
    """Running clocks the sweep has business with at `now` (a warning or the end), earliest first."""
    return Deadline.objects.filter(state=State.RUNNING, wake_at__lte=now).order_by("wake_at", "id")


def explain(deadline: Deadline) -> list[str]:
    """Why the clock ends when it ends, a sentence a step, in the active language."""
    steps = (Step.from_json(step) for step in deadline.derivation)
    return sentences(steps, get_language() or "en")


def whole_last_day(deadline: Deadline) -> date | None:
    """The last day of a period that ends at midnight in the law's zone, None for one of hours."""
    end = deadline.due_at.astimezone(ZoneInfo(deadline.clock["zone"]))
    return deadline.last_day if end.time() == time.min else None
