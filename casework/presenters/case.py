"""One case as the desk shows it: everything on one page, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from casework import two_laws
from casework.assessment.sheet import Standing
from casework.assessment_selectors import standing_of
from casework.kin import ItemKin, kin_of_items
from casework.presenters import clocks
from casework.presenters.bars import Barred, barred
from casework.presenters.filer_record import FilerRecord, record
from casework.presenters.texts import TextLine, case_lines
from casework.trace_board import Board, board
from casework.traces import traces_in
from counternotices.models import Award, Complaint, CounterNotice, CourtOrder
from counternotices.selectors import awards_in, complaints_of, of_case, orders_of
from evidence.chain import case_chain
from evidence.models import LedgerEntry
from evidence.selectors import entries
from measures.models import Measure, UpstreamRequest
from measures.selectors import measures_of_case
from measures.upstream_selectors import passed_on_in
from notices.models import Case, ClaimedItem, FileRole, Notice, NoticeFile
from notices.services.completeness import examined
from notices.services.trace_items import may_be
from notices.states import CaseState, ItemOutcome
from notifications.models import Message
from regimes.completeness import Completeness
from regimes.pack import Pack
from screening.display_selectors import texts_of_case

EVENTS_SHOWN = 100
ITEMS_SHOWN = 100
PICTURES = ("image/png", "image/jpeg", "image/webp")


@dataclass(frozen=True)
class CasePage:
    """What the case page draws."""

    case: Case
    notice: Notice
    items: list[ClaimedItem]
    kin: list[ItemKin]
    kin_left_out: int
    traces: Board
    works: list[NoticeFile]
    shown: list[NoticeFile]
    papers: list[NoticeFile]
    completeness: list[tuple[Pack, Completeness]]
    clocks: list[clocks.Clock]
    measures: list[Measure]
    upstream: list[UpstreamRequest]
    conflicts: list[two_laws.Conflict]
    counter_notices: list[CounterNotice]
    orders: list[CourtOrder]
    awards: list[Award]
    complaints: list[Complaint]
    barred: list[Barred]
    messages: list[Message]
    events: list[LedgerEntry]
    history: dict[str, int]
    record: FilerRecord
    texts: list[TextLine]
    assessment: Standing | None


def page(case: Case, *, now: datetime) -> CasePage:
    """Everything about a case that staff see at once."""
    notice = Notice.objects.get(case=case)
    papers = list(notice.files.select_related("file", "item"))
    pictures = [paper for paper in papers if paper.file.media_type in PICTURES]
    items = list(notice.items.select_related("artefact__owner"))
    measures = list(measures_of_case(case.id))
    reaching = kin_of_items(items, measures)
    return CasePage(
        case=case,
        notice=notice,
        items=items,
        kin=reaching[:ITEMS_SHOWN],
        kin_left_out=max(len(reaching) - ITEMS_SHOWN, 0),
        traces=_traces(case, items, papers),
        works=[p for p in pictures if p.role == FileRole.WORK],
        shown=[p for p in pictures if p.role in {FileRole.FROZEN, FileRole.OUTPUT_COPY}],
        papers=papers,
        completeness=examined(case, notice, papers),
        clocks=clocks.for_case(case.id, now=now),
        measures=measures,
        upstream=list(passed_on_in(case.id)),
        conflicts=two_laws.of_case(case.id),
        counter_notices=list(of_case(case.id)),
        orders=list(orders_of(case.id)),
        awards=list(awards_in(case.id)),
        complaints=list(complaints_of(case.id)),
        barred=barred(case),
        messages=list(Message.objects.filter(case_id=case.id).order_by("queued_at")),
        events=list(entries(case_chain(case.id)).reverse()[:EVENTS_SHOWN]),
        history=_history(case, notice),
        record=record(notice),
        texts=case_lines(list(texts_of_case(case.id)), now),
        assessment=standing_of(case.id),
    )


def _traces(case: Case, items: list[ClaimedItem], papers: list[NoticeFile]) -> Board:
    found = traces_in(items, papers)
    alone = any(not row.item_id and row.artefact_id for one in found.papers for row in one.sessions)
    return board(found, may_be(case) if alone else ())


def _history(case: Case, notice: Notice) -> dict[str, Any]:
    """What we know of this filer and of these artefacts from other cases."""
    others = Case.objects.exclude(id=case.id)
    artefacts = notice.items.exclude(artefact=None).values("artefact")
    same = ClaimedItem.objects.filter(artefact__in=artefacts).exclude(notice=notice)
    on_items = same.aggregate(
        notices=Count("notice", distinct=True),
        upheld=Count("notice", distinct=True, filter=Q(outcome=ItemOutcome.UPHELD)),
    )
    mine = Q(notice__filer_email__iexact=notice.filer_email) if notice.filer_email else Q(pk=None)
    by_filer = others.filter(mine).aggregate(
        notices=Count("id"),
        accepted=Count("id", filter=Q(state__in=[CaseState.ACCEPTED, CaseState.CLOSED])),
    )
    return {
        "items_notices": on_items["notices"],
        "items_upheld": on_items["upheld"],
        "filer_notices": by_filer["notices"],
        "filer_accepted": by_filer["accepted"],
    }
