"""What an accepted notice protects stays known to the output check as long as the case stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef, QuerySet

from common.actors import SWEEP, Actor, staff
from common.errors import RedressError
from evidence.files import SealedFile
from measures.states import EndReason
from notices.models import Case, CaseRegime, FileRole, Notice, NoticeFile
from notices.states import CaseState, ItemOutcome, RegimeState
from screening.models import Work
from screening.services.works import NewWork, add_work, end_work

BATCH: Final = 20  # taking prints costs a fraction of a second for each file
_NAMESPACE: Final = UUID("5f0e4c1b-6a4e-4b3c-9a57-5a1f0c2d7e90")
_STANDS: Final = (CaseState.ACCEPTED, CaseState.CLOSED)
_DESCRIPTION: Final = "application/json"  # a platform's record of an item: no work of anybody


@dataclass(frozen=True)
class StaydownResult:
    """How many works were given to the output check, and how many taken from it."""

    remembered: int
    forgotten: int


def sweep(now: datetime) -> StaydownResult:
    """One round. Safe at any time and in parallel: a case has one work, and both steps are done once."""
    ended = [_forget(work, now) for work in list(_given_up()[:BATCH])]
    begun = [remember(case, now=now) for case in list(_unremembered()[:BATCH])]
    return StaydownResult(sum(begun), sum(ended))


def remember(case: Case, *, now: datetime) -> bool:
    """Give the work of an accepted case to the output check; whether there is anything to know it by.

    The right holder's files of the work are looked for in pictures and texts too; of the outputs that were
    upheld only the same bytes, for they may show more than the work.
    """
    notice = Notice.objects.get(case=case)
    papers = NoticeFile.objects.filter(notice=notice).select_related("file")
    upheld = papers.filter(role=FileRole.FROZEN, item__outcome=ItemOutcome.UPHELD)
    try:
        add_work(
            NewWork(
                id=work_id(case.id),
                owner=(notice.principal or notice.filer_name)[:200],
                title=notice.work_title,
                case_id=case.id,
                case_reference=case.reference,
                approved_by=_decider(case).key,
                shown=[paper.file for paper in papers.filter(role=FileRole.WORK)],
                exact=[paper.file for paper in upheld if _is_content(paper.file)],
            ),
            actor=SWEEP,
            at=now,
        )
    except RedressError:  # nothing to know it by
        return False
    return True


def work_id(case_id: UUID) -> UUID:
    """The work of a case, known before it is there: two sweeps give the same one."""
    return uuid5(_NAMESPACE, str(case_id))


def _decider(case: Case) -> Actor:
    return staff(case.decided_by_id) if case.decided_by_id else SWEEP


def _is_content(file: SealedFile) -> bool:
    return file.media_type != _DESCRIPTION


def _unremembered() -> QuerySet[Case]:
    """Cases that stand, have a file of the work or of an upheld item, and no work yet."""
    files = NoticeFile.objects.filter(notice__case=OuterRef("id"))
    works = files.filter(role=FileRole.WORK)
    upheld = files.filter(role=FileRole.FROZEN, item__outcome=ItemOutcome.UPHELD)
    content = upheld.exclude(file__media_type=_DESCRIPTION)
    known = Work.objects.filter(case_id=OuterRef("id"))
    return Case.objects.filter(
        Exists(works) | Exists(content), Exists(_standing()), ~Exists(known), state__in=_STANDS
    ).order_by("decided_at")


def _given_up() -> QuerySet[Work]:
    """Works whose case was withdrawn, or restored under the last of its regimes."""
    standing = Case.objects.filter(Exists(_standing()), id=OuterRef("case_id"), state__in=_STANDS)
    return Work.objects.filter(~Exists(standing), ended_at=None).order_by("version")


def _standing() -> QuerySet[CaseRegime]:
    return CaseRegime.objects.filter(case=OuterRef("id")).exclude(state=RegimeState.RESTORED)


def _forget(work: Work, now: datetime) -> bool:
    withdrawn = Case.objects.get(id=work.case_id).state == CaseState.WITHDRAWN
    reason = EndReason.WITHDRAWN if withdrawn else EndReason.RESTORED
    end_work(work.id, actor=SWEEP, at=now, reason=f"case_{reason.value}")
    return True
