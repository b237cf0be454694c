"""Questions about texts that the service shows, and about the proofs that it showed them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from screening.in_force import in_force
from screening.models import DisplayProof, DisplayText
from screening.states import TextState
from users.models import User
from users.roles import Role

APPROVERS = (Role.APPROVER, Role.LEGAL)


@dataclass(frozen=True)
class Displays:
    """How often a version was shown, to how many users, and when first and last (None: never)."""

    times: int = 0
    users: int = 0
    first: datetime | None = None
    last: datetime | None = None


def newest_versions() -> QuerySet[DisplayText]:
    """The newest version of each text, the latest written first."""
    newest = DisplayText.objects.filter(series=OuterRef("series")).order_by("-number")
    rows = DisplayText.objects.filter(pk=Subquery(newest.values("pk")[:1]))
    return rows.select_related("written_by").order_by("-written_at", "id")


def versions_of(series: Iterable[UUID]) -> QuerySet[DisplayText]:
    """Every version of these texts, the oldest first."""
    people = ("written_by", "decided_by")
    return DisplayText.objects.filter(series__in=list(series)).select_related(*people)


def shown_now(versions: Iterable[DisplayText], at: datetime) -> set[UUID]:
    """Which of these versions users see at a moment. Give all versions of a text, or the answer is wrong."""
    approved = [one for one in versions if one.state in {TextState.STANDING, TextState.ENDED}]
    return {one.id for one in in_force(approved, at)}


def awaiting_text_approval(user: User) -> QuerySet[DisplayText]:
    """Versions that wait for this person: not those they wrote themselves."""
    if not user.has_role(*APPROVERS):
        return DisplayText.objects.none()
    return DisplayText.objects.filter(state=TextState.PROPOSED).exclude(written_by=user)


def texts_of_case(case_id: UUID) -> QuerySet[DisplayText]:
    """Every version that stands, stood, or was to stand on a case."""
    people = ("written_by", "decided_by")
    rows = DisplayText.objects.filter(case_id=case_id).select_related(*people)
    return rows.order_by("written_at", "number")


def standing_on_cases() -> QuerySet[DisplayText]:
    """Approved versions that have not ended and stand on a case."""
    return DisplayText.objects.filter(case_id__isnull=False, state=TextState.STANDING)


def displays(text_ids: Iterable[UUID], since: datetime | None = None) -> Mapping[UUID, Displays]:
    """The proofs of each of these versions in figures, all or since a moment. One query."""
    counted = Q() if since is None else Q(at__gte=since)
    rows = (
        DisplayProof.objects.filter(counted, text_id__in=list(text_ids))
        .values("text_id")
        .annotate(
            times=Count("id"),
            users=Count("user_external_id", distinct=True),
            first=Min("at"),
            last=Max("at"),
        )
        .order_by()
    )
    return {
        row["text_id"]: Displays(row["times"], row["users"], row["first"], row["last"])
        for row in rows
    }


def by_day(text_ids: Iterable[UUID], now: datetime, days: int) -> list[tuple[date, int]]:
    """How many proofs came for each of the last so many days (UTC), days without any left out."""
    rows = (
        DisplayProof.objects.filter(text_id__in=list(text_ids), at__gte=now - timedelta(days=days))
        .annotate(day=TruncDate("at"))
        .values_list("day")
        .annotate(n=Count("id"))
        .order_by("day")
    )
    return list(rows)


@dataclass(frozen=True)
class Seen:
    """What one user, by the service's name, was shown of one version: how often, first and last."""

    user: str
    text: DisplayText
    times: int
    first: datetime
    last: datetime


def seen_by(users: Iterable[str]) -> list[Seen]:
    """What these users were shown, the earliest first. Two queries."""
    rows = list(
        DisplayProof.objects.filter(user_external_id__in=list(users))
        .values("user_external_id", "text_id")
        .annotate(times=Count("id"), first=Min("at"), last=Max("at"))
        .order_by("first", "user_external_id", "text_id")
    )
    texts = DisplayText.objects.in_bulk({row["text_id"] for row in rows})
    return [
        Seen(r["user_external_id"], texts[r["text_id"]], r["times"], r["first"], r["last"])
        for r in rows
    ]
