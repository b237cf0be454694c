"""Questions about notices that no one person asks; what a person may see goes through access."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from notices.models import TRACED, Case, ClaimedItem, FileRole, NoticeFile, NotifierSanction
from notices.states import ItemOutcome
from platforms.models import PlatformUser

# The task that filing sent gets this long before the sweep steps in.
HEAD_START: Final = timedelta(seconds=60)


def without_receipt() -> QuerySet[Case]:
    """Cases whose receipt was not issued yet, the oldest first."""
    issued = NoticeFile.objects.filter(role=FileRole.RECEIPT, notice__case=OuterRef("id"))
    return Case.objects.filter(~Exists(issued)).order_by("filed_at")


def with_items_to_look_up(*, before: datetime) -> QuerySet[ClaimedItem, UUID]:
    """Ids of cases filed a while `before` with items not asked about yet, and nobody asking now."""
    since = before - HEAD_START
    busy = ClaimedItem.objects.filter(looked_up_at__gt=since, notice=OuterRef("notice"))
    waiting = ClaimedItem.objects.filter(looked_up_at=None, notice__filed_at__lt=since)
    waiting = waiting.exclude(kind="prompt").filter(~Exists(busy))
    return waiting.order_by("notice__case_id").values_list("notice__case_id", flat=True).distinct()


def with_kin_to_read(*, before: datetime) -> QuerySet[ClaimedItem, UUID]:
    """Ids of open cases with items found a while `before` whose kin nobody asked for, and nobody is asking now."""
    since = before - HEAD_START
    busy = ClaimedItem.objects.filter(kin_read_at__gt=since, notice=OuterRef("notice"))
    found = ClaimedItem.objects.filter(artefact__isnull=False, looked_up_at__lt=since)
    waiting = found.filter(kin_read_at=None, notice__case__closed_at=None).filter(~Exists(busy))
    return waiting.order_by("notice__case_id").values_list("notice__case_id", flat=True).distinct()


def with_files_to_trace(*, before: datetime) -> QuerySet[NoticeFile, UUID]:
    """Ids of open cases with papers of a while `before` that were not searched yet, and nobody searching now."""
    since = before - HEAD_START
    busy = NoticeFile.objects.filter(traced_at__gt=since, notice=OuterRef("notice"))
    waiting = NoticeFile.objects.filter(role__in=TRACED, traced_at=None, added_at__lt=since)
    waiting = waiting.exclude(role=FileRole.FROZEN, file__media_type="application/json")
    waiting = waiting.filter(notice__case__closed_at=None).filter(~Exists(busy))
    return waiting.order_by("notice__case_id").values_list("notice__case_id", flat=True).distinct()


def sanctions_decided_in(case_id: UUID) -> QuerySet[NotifierSanction]:
    """Warnings and suspensions of the filer that were decided on the occasion of this case, in order."""
    found = NotifierSanction.objects.filter(case_id=case_id).select_related("decided_by")
    return found.order_by("decided_at", "id")


def owners(case: Case) -> list[PlatformUser]:
    """The users whose things are complained of, whatever the outcome, by the platform's id."""
    return _owning(ClaimedItem.objects.filter(notice__case=case))


def affected_users(case: Case) -> list[PlatformUser]:
    """The users whose things were upheld, by the platform's id."""
    return _owning(ClaimedItem.objects.filter(notice__case=case, outcome=ItemOutcome.UPHELD))


def _owning(items: QuerySet[ClaimedItem]) -> list[PlatformUser]:
    people = items.exclude(artefact__owner=None).order_by().values("artefact__owner")
    return list(PlatformUser.objects.filter(id__in=people).order_by("external_id"))
