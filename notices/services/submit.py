"""Filing a notice: from what a filer handed in to a case with its clocks."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from common.actors import Actor, filer
from common.jobs import enqueue
from common.transactions import lock_case
from evidence.files import seal_own
from evidence.ledger import append, case_chain
from notices.accuracy import tier_of
from notices.filing import Filing
from notices.models import (
    Case,
    CaseRegime,
    Channel,
    ClaimedItem,
    FileRole,
    Notice,
    NoticeFile,
    SimilarityPoint,
)
from notices.services.clocks import start_on_filing
from notices.services.curing import owe_help
from notices.services.numbering import next_reference
from notices.services.regime_choice import choose, ids
from notices.services.standing_to_file import require_may_file
from platforms.models import Platform


@transaction.atomic
def submit(filing: Filing, *, now: datetime, actor: Actor | None = None) -> Case:
    """A new case, its notice, items, papers, regimes and clocks; the receipt follows after commit.

    `actor` is the filer unless somebody entered the notice for them. Nothing is refused here for
    what is missing in law: completeness is examined in triage, by each pack. Raises FilingSuspended.
    """
    require_may_file(filing, now=now)
    case = _case(filing, now)
    notice = _notice(case, filing, now)
    _items(notice, filing)
    _papers(notice, filing, now)
    regimes = choose(case, filing)
    by = actor or filer(notice.id)
    _record(case, notice, filing, regimes, by, now)
    for regime in regimes:
        start_on_filing(regime, at=now, now=now, actor=by)
    owe_help(case, notice, regimes, now=now, actor=by)
    enqueue("notices.issue_receipt", case.id)
    enqueue("notices.look_up_items", case.id)
    return case


def _case(filing: Filing, now: datetime) -> Case:
    case_id = uuid4()
    lock_case(case_id)
    return Case.objects.create(
        id=case_id,
        reference=next_reference("N", now),
        platform=Platform.objects.get(slug=settings.PLATFORM_SLUG),
        language=filing.language,
        title=filing.work_title,
        kind=filing.kind,
        filed_at=now,
    )


def _notice(case: Case, filing: Filing, now: datetime) -> Notice:
    same = (
        "channel account_id language filer_role filer_name filer_email filer_phone filer_address "
        "filer_identity principal work_title work_kind work_published_at work_description "
        "explanation sample_origin signature"
    )
    notice = Notice(
        case=case, filed_at=now, **{name: getattr(filing, name) for name in same.split()}
    )
    notice.requested_measures = list(filing.requested_measures)
    notice.statements = dict(filing.statements)
    notice.particulars = dict(filing.particulars)
    notice.tier = tier_of(filing.account_id, now=now)
    notice.save(force_insert=True)
    return notice


def _items(notice: Notice, filing: Filing) -> None:
    ClaimedItem.objects.bulk_create(
        ClaimedItem(notice=notice, number=number, kind=item.kind, locator=item.locator)
        for number, item in enumerate(filing.items, start=1)
    )
    SimilarityPoint.objects.bulk_create(
        SimilarityPoint(
            notice=notice,
            number=number,
            text=point.text,
            work_x=point.work[0] if point.work else None,
            work_y=point.work[1] if point.work else None,
            item_x=point.item[0] if point.item else None,
            item_y=point.item[1] if point.item else None,
        )
        for number, point in enumerate(filing.points, start=1)
    )


def _papers(notice: Notice, filing: Filing, now: datetime) -> None:
    original = seal_own(
        filing.as_received(), name=filing.original_name, kind=filing.original_kind, at=now
    )
    papers = [(original.id, FileRole.ORIGINAL.value)]
    papers += [(paper.file_id, paper.role) for paper in filing.files]
    NoticeFile.objects.bulk_create(
        NoticeFile(notice=notice, file_id=file_id, role=role, added_at=now)
        for file_id, role in papers
    )


def _record(
    case: Case,
    notice: Notice,
    filing: Filing,
    regimes: Sequence[CaseRegime],
    by: Actor,
    now: datetime,
) -> None:
    hashes = list(notice.files.values_list("file__sha256", flat=True))
    received = filing.as_received()
    append(
        case_chain(case.id),
        "notice.received_by_staff" if filing.channel == Channel.STAFF else "notice.filed",
        actor=by,
        at=now,
        facts={
            "reference": case.reference,
            "channel": filing.channel,
            "items": len(filing.items),
            "files": hashes,
            "received_sha256": hashlib.sha256(received).hexdigest(),
            "regimes": ids(regimes),
            "tier": notice.tier,
        },
        payload=received,
    )
