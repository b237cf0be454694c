"""What an accepted notice protects stays known to the output check as long as the case, or the item, stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.actors import SWEEP, staff
from common.errors import RedressError
from evidence.files import SealedFile
from measures.protected_selectors import STANDS, protected_items, standing_regimes, why_given_up
from measures.states import EndReason
from notices.models import Case, ClaimedItem, FileRole, Notice, NoticeFile
from notices.states import CaseState
from screening.models import Work
from screening.services.works import NewWork, add_work, end_work

BATCH: Final = 20  # taking prints costs a fraction of a second for each file
_NAMESPACE: Final = UUID("5f0e4c1b-6a4e-4b3c-9a57-5a1f0c2d7e90")
_DESCRIPTION: Final = "application/json"  # a platform's record of an item: no work of anybody


@dataclass(frozen=True)
class StaydownResult:
    """How many works were given to the output check, and how many taken from it."""

    remembered: int
    forgotten: int


def sweep(now: datetime) -> StaydownResult:
    """One round. Safe at any time and in parallel: a case has one living work of its own and one for each
    item that is held, and both steps are done once."""
    ended = [_forget(work, now) for work in list(_given_up()[:BATCH])]
    cases = [remember(case, now=now) for case in list(_unremembered()[:BATCH])]
    items = [remember_item(item, now=now) for item in list(_unremembered_items()[:BATCH])]
    return StaydownResult(sum(cases) + sum(items), sum(ended))


def remember(case: Case, *, now: datetime) -> bool:
    """Let the output check know what was handed in as the work of an accepted case; whether there is anything.

    Pictures and texts are looked for in these, and equal bytes; whatever is found, a person looks.
    """
    papers = NoticeFile.objects.filter(notice__case=case, role=FileRole.WORK)
    return _add(case, None, [paper.file for paper in papers.select_related("file")], now)


def remember_item(item: ClaimedItem, *, now: datetime) -> bool:
    """Let the output check refuse the very file of an upheld item; whether there is one.

    Only the same bytes (or tensors) are refused. What merely looks like its picture is a person's to judge: an
    output may show more than the work.
    """
    papers = NoticeFile.objects.filter(role=FileRole.FROZEN, item=item)
    content = papers.exclude(file__media_type=_DESCRIPTION).select_related("file")
    return _add(item.notice.case, item, [paper.file for paper in content], now)


def work_id(case_id: UUID, item_id: UUID | None, period: int) -> UUID:
    """The work of a case, or of an item, in the so-and-so-many-th time that it stands.

    Known before it is there: two sweeps give the same one.
    """
    parts = [case_id, *([item_id] if item_id else []), *([period] if period else [])]
    return uuid5(_NAMESPACE, "/".join(map(str, parts)))


def _add(case: Case, item: ClaimedItem | None, files: Sequence[SealedFile], now: datetime) -> bool:
    notice = Notice.objects.get(case=case)
    item_id = item.id if item else None
    before = Work.objects.filter(case_id=case.id, item_id=item_id).exclude(ended_at=None)
    new = NewWork(
        id=work_id(case.id, item_id, before.count()),
        owner=(notice.principal or notice.filer_name)[:200],
        title=notice.work_title,
        case_id=case.id,
        case_reference=case.reference,
        approved_by=(staff(case.decided_by_id) if case.decided_by_id else SWEEP).key,
        shown=() if item else files,
        exact=files if item else (),
        item_id=item_id,
    )
    try:
        add_work(new, actor=SWEEP, at=now)
    except RedressError:  # nothing to know it by
        return False
    return True


def _unremembered() -> QuerySet[Case]:
    """Cases that stand, have a file of the work, and no living work of their own."""
    files = NoticeFile.objects.filter(notice__case=OuterRef("id"), role=FileRole.WORK)
    known = Work.objects.filter(case_id=OuterRef("id"), item_id=None, ended_at=None)
    return Case.objects.filter(
        Exists(files), Exists(standing_regimes("id")), ~Exists(known), state__in=STANDS
    ).order_by("decided_at")


def _unremembered_items() -> QuerySet[ClaimedItem]:
    """Items that are held, were frozen, and have no living work."""
    files = NoticeFile.objects.filter(item=OuterRef("id"), role=FileRole.FROZEN)
    content = files.exclude(file__media_type=_DESCRIPTION)
    known = Work.objects.filter(item_id=OuterRef("id"), ended_at=None)
    items = protected_items().filter(Exists(content), ~Exists(known))
    return items.select_related("notice__case").order_by("notice__case__decided_at", "number")


def _given_up() -> QuerySet[Work]:
    """Works of cases that were withdrawn or restored under the last of their laws, or of items that are free."""
    cases = Case.objects.filter(
        Exists(standing_regimes("id")), id=OuterRef("case_id"), state__in=STANDS
    )
    items = protected_items().filter(id=OuterRef("item_id"))
    free = Q(item_id__isnull=False) & ~Exists(items)
    return Work.objects.filter(~Exists(cases) | free, ended_at=None).order_by("version")


def _forget(work: Work, now: datetime) -> bool:
    end_work(work.id, actor=SWEEP, at=now, reason=_why(work))
    return True


def _why(work: Work) -> str:
    if Case.objects.get(id=work.case_id).state == CaseState.WITHDRAWN:
        return f"case_{EndReason.WITHDRAWN.value}"
    regimes = standing_regimes("id")
    if not Case.objects.filter(Exists(regimes), id=work.case_id).exists():
        return f"case_{EndReason.RESTORED.value}"
    code = why_given_up(work.item_id) if work.item_id else ""
    return f"item_{code or 'given_up'}"
