"""Questions about deadlines."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from deadlines.calendars.steps import Step
from deadlines.derivation import explain as sentences
from deadlines.models import CalendarYear, Deadline, Extension, YearApplied
from deadlines.states import OPEN, State


def running_for_case(case_id: UUID) -> QuerySet[Deadline]:
    """Every open clock of a case (running, paused, or breached and still owed), the next to end first."""
    return Deadline.objects.filter(case_id=case_id, state__in=OPEN).order_by("due_at", "id")


def all_for_case(case_id: UUID) -> QuerySet[Deadline]:
    """Every clock a case ever had, in the order in which they began."""
    return Deadline.objects.filter(case_id=case_id).order_by("triggered_at", "id")


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


def touched_by(year: CalendarYear) -> QuerySet[Deadline]:
    """Clocks that a loaded year may move and that were computed before it was loaded, by id."""
    rows = counting_over(year.calendar, year.year, year.loaded_at)
    return rows.filter(years_seen__lt=year.position)


def counting_over(calendar_id: str, year: int, known_at: datetime) -> QuerySet[Deadline]:
    """Clocks that count over a day of a calendar's year and had not come to their end at `known_at`, by id.

    A date that lies before the year begins cannot move by it. One whose end had come stays as it is: it
    fires, or is breached, by the date that was known.
    """
    by_it = Q(clock__calendar=calendar_id) | Q(clock__cap__calendar=calendar_id)
    went_on = Q(state=State.PAUSED) | Q(state=State.RUNNING, due_at__gt=known_at)
    return Deadline.objects.filter(
        by_it,
        went_on,
        triggered_at__lt=datetime(year + 1, 1, 2, tzinfo=UTC),
        last_day__gte=date(year, 1, 1),
    ).order_by("id")


def years_to_apply() -> QuerySet[CalendarYear]:
    """Loaded years by which not every clock has been computed anew yet, the last loaded first."""
    applied = YearApplied.objects.values("year_id")
    return CalendarYear.objects.exclude(id__in=applied).order_by("-position")


def extensions_of(deadline: Deadline) -> QuerySet[Extension]:
    """What was granted beyond the pack's length, in order."""
    return (
        Extension.objects.filter(deadline=deadline).select_related("paper").order_by("granted_at")
    )


def extensions_in(case_id: UUID) -> QuerySet[Extension]:
    """What was granted beyond the packs' lengths in a case, with the clock and the paper, in order."""
    granted = Extension.objects.filter(deadline__case_id=case_id)
    return granted.select_related("deadline", "paper").order_by("granted_at", "id")


def day_of_end(end: datetime, zone: str) -> date | None:
    """The last day of a period that ends at midnight in this zone, None for one of hours."""
    local = end.astimezone(ZoneInfo(zone))
    return (local - timedelta(days=1)).date() if local.time() == time.min else None


def explain(deadline: Deadline) -> list[str]:
    """Why the clock ends when it ends, a sentence a step, in the active language."""
    steps = (Step.from_json(step) for step in deadline.derivation)
    return sentences(steps, get_language() or "en")


def whole_last_day(deadline: Deadline) -> date | None:
    """The last day of a period that ends at midnight in the law's zone, None for one of hours."""
    return day_of_end(deadline.due_at, deadline.clock["zone"])
