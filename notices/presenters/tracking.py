"""Everything the filer's page shows, gathered in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language
from django_fsm import can_proceed

from notices.models import (
    TRACED,
    Case,
    ClaimedItem,
    FileRole,
    InformationRequest,
    Notice,
    NoticeFile,
)
from notices.presenters import clocks, dispute, timeline, verified
from notices.presenters.disclosure import Seen, Told, preview
from notices.presenters.own_record import OwnRecord, own_record
from notices.presenters.standing import Standing, standing
from notices.presenters.traces import FileTold, told_by_file
from notices.services.information import open_request
from notices.services.regimes import packs_of
from notices.states import RegimeState
from notifications.models import Message
from regimes.questions import notice_labels

ITEMS_PER_PAGE = 100


@dataclass(frozen=True)
class TrackPage:
    """The filer's page of one case."""

    case: Case
    notice: Notice
    standing: Standing
    asked: InformationRequest | None
    asked_for: list[str]
    clocks: list[clocks.Clock]
    timeline: list[timeline.Happening]
    disputes: list[dispute.Dispute]
    tested: verified.Tally
    items: Page[ClaimedItem]
    messages: Sequence[Message]
    files: Sequence[tuple[NoticeFile, FileTold | None]]
    seen: list[Seen]
    receipt: NoticeFile | None
    may_withdraw: bool
    record: OwnRecord


def track_page(case: Case, *, page: str, now: datetime) -> TrackPage:
    """The page; `page` is the wanted page of the items, anything odd means the first or the last."""
    language = get_language() or "en"
    notice = Notice.objects.get(case=case)
    regimes = list(case.regimes.all())
    asked = open_request(case)
    files = list(notice.files.select_related("file"))
    items = Paginator(notice.items.all(), ITEMS_PER_PAGE).get_page(page)
    told = Told(
        notice.filer_name,
        notice.filer_email,
        notice.work_title,
        items.paginator.count,
        notice.points.count(),
    )
    packs = packs_of(case)
    return TrackPage(
        case=case,
        notice=notice,
        standing=standing(case, restored=_all_restored(regimes)),
        asked=asked,
        asked_for=_labels(packs, asked, language) if asked else [],
        clocks=clocks.for_filer(case.id, now=now),
        timeline=timeline.for_filer(case.id),
        disputes=dispute.of_case(case.id),
        tested=verified.tally(case.id),
        items=items,
        messages=list(_messages(case)),
        files=_with_traces(files),
        seen=preview(packs, told, language),
        receipt=next((paper for paper in files if paper.role == FileRole.RECEIPT), None),
        may_withdraw=can_proceed(case.withdraw),
        record=own_record(notice, now=now),
    )


def _with_traces(files: Sequence[NoticeFile]) -> list[tuple[NoticeFile, FileTold | None]]:
    """Every paper but the receipt; of the filer's own, what was found in it.

    What the service gave for an item is named; what a number in a file led to, beside the items, is for staff.
    """
    own = [paper.file_id for paper in files if paper.role in TRACED - {FileRole.FROZEN}]
    found = told_by_file(own)
    aside = [paper.id for paper in files if paper.role == FileRole.FROZEN and not paper.item_id]
    shown = [paper for paper in files if paper.role != FileRole.RECEIPT and paper.id not in aside]
    return [(paper, found.get(paper.file_id)) for paper in shown]


def _messages(case: Case) -> Any:
    return Message.objects.filter(case_id=case.id, party="filer").order_by("-queued_at")


def _labels(packs: list[Any], asked: InformationRequest, language: str) -> list[str]:
    labels = notice_labels(packs, language)
    return [labels.get(key, key) for key in asked.elements]


def _all_restored(regimes: Sequence[Any]) -> bool:
    return bool(regimes) and all(regime.state == RegimeState.RESTORED for regime in regimes)
