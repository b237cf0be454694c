"""Questions about whole cases: the queue and its numbers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Case as Case_
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import TruncDay

from casework.queues import VIEWS, View
from deadlines.models import Deadline
from deadlines.states import State as ClockState
from notices.access import cases_for
from notices.models import Case, ClaimedItem
from notices.tiers import FASTER
from users.models import User

PAGE: Final = 50
# What ends sooner than that is done in the order in which it ends, whoever filed it.
SOON: Final = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One line of the queue."""

    case: Case
    filer_name: str
    items: int
    kinds: tuple[str, ...]
    clock: Deadline | None


@dataclass(frozen=True)
class Queue:
    """One page of a view, nearest clock first, and whether there is more.

    The faster tier comes first among those whose clock ends on the same later day; what ends within a day stands
    by its end alone, so that nobody's clock is slowed.
    """

    view: View
    rows: tuple[Row, ...]
    page: int
    more: bool


def queue_for(user: User, view: View, *, page: int, now: datetime, search: str = "") -> Queue:
    """The cases of a view that this person may see. Three queries, whatever the number of cases."""
    cases = _ordered(_in_view(user, view, now, search), now)
    first = (page - 1) * PAGE
    shown = list(cases[first : first + PAGE + 1])
    return Queue(view, _rows(shown[:PAGE]), page, len(shown) > PAGE)


def counts_for(user: User, now: datetime) -> dict[str, int]:
    """How many cases each view holds, in one query."""
    counts = {
        slug.replace("-", "_"): Count("id", distinct=True, filter=view.only(user, now))
        for slug, view in VIEWS.items()
    }
    found = cases_for(user).aggregate(**counts)
    return {slug: found[slug.replace("-", "_")] for slug in VIEWS}


def free_cases(user: User, view: View, *, now: datetime) -> list[UUID]:
    """Ids of the cases of a view that nobody holds, nearest clock first, as many as one page has."""
    cases = _ordered(_in_view(user, view, now, "").filter(claimed_by=None), now)
    return list(cases.values_list("id", flat=True)[:PAGE])


def _in_view(user: User, view: View, now: datetime, search: str) -> QuerySet[Case]:
    cases = cases_for(user).filter(view.only(user, now))
    if search:
        cases = cases.filter(
            Q(reference__icontains=search)
            | Q(title__icontains=search)
            | Q(notice__filer_name__icontains=search)
            | Q(id__in=_with_locator(search))
        )
    return cases.distinct()


def _with_locator(search: str) -> QuerySet[ClaimedItem, Any]:
    return ClaimedItem.objects.filter(locator__icontains=search).values("notice__case_id")


def _ordered(cases: QuerySet[Case], now: datetime) -> QuerySet[Any]:
    running = Deadline.objects.filter(
        case_id=OuterRef("id"), state__in=[ClockState.RUNNING, ClockState.BREACHED]
    ).order_by("due_at", "id")
    return (
        cases.annotate(
            clock_id=Subquery(running.values("id")[:1]),
            due_at=Subquery(running.values("due_at")[:1]),
        )
        .annotate(
            soon=Case_(When(due_at__lt=now + SOON, then=F("due_at"))),
            day=TruncDay("due_at"),
            tiered=Case_(When(notice__tier=FASTER, then=0), default=1),
        )
        .select_related("notice", "claimed_by")
        .order_by(F("soon").asc(nulls_last=True), "day", "tiered", "due_at", "filed_at", "id")
    )


def _rows(cases: list[Any]) -> tuple[Row, ...]:
    clocks = Deadline.objects.in_bulk([c.clock_id for c in cases if c.clock_id])
    tallies: dict[object, dict[str, int]] = {}
    kinds = (
        ClaimedItem.objects.filter(notice__case__in=cases)
        .order_by()
        .values_list("notice__case_id", "kind")
        .annotate(number=Count("id"))
    )
    for case_id, kind, number in kinds:
        tallies.setdefault(case_id, {})[kind] = number
    return tuple(
        Row(
            case=case,
            filer_name=case.notice.filer_name,
            items=sum(tallies.get(case.id, {}).values()),
            kinds=tuple(sorted(tallies.get(case.id, {}))),
            clock=clocks.get(case.clock_id),
        )
        for case in cases
    )
