"""A case file: everything about one case as one frozen value, before it becomes PDF and ZIP."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain as chained
from itertools import count

from casework.course import Course, Paper, course_of
from casework.kin import ItemKin, kin_of_items
from casework.traces import Traces, traces_in
from counternotices.models import CounterNotice, CounterNoticeFile, SuitProof
from counternotices.selectors import of_case
from deadlines.models import Deadline
from deadlines.selectors import all_for_case
from evidence.chain import case_chain
from evidence.models import LedgerEntry, SealedFile
from evidence.selectors import entries
from measures.models import Measure, MeasureCheck, UpstreamRequest
from measures.selectors import measures_of_case, tests_in
from measures.upstream_selectors import passed_on_in
from notices.models import (
    Case,
    CaseRegime,
    ClaimedItem,
    Decision,
    InformationRequest,
    Notice,
    NoticeFile,
    SimilarityPoint,
)
from notices.services.completeness import examined
from notices.services.regimes import packs_of
from notifications.models import Message
from notifications.selectors import for_case
from regimes.completeness import Completeness
from regimes.pack import Pack


@dataclass(frozen=True)
class Exhibit:
    """A sealed paper with the number it is cited by, what it is, and where it came from."""

    number: int
    file: SealedFile
    role: str
    source: str
    received_at: datetime

    @property
    def label(self) -> str:
        """How the report cites it."""
        return f"E{self.number:04d}"


@dataclass(frozen=True)
class CaseFile:
    """What an export holds. Read in one go, so that report, data and ZIP cannot differ."""

    case: Case
    notice: Notice
    regimes: tuple[CaseRegime, ...]
    points: tuple[SimilarityPoint, ...]
    requests: tuple[InformationRequest, ...]
    packs: tuple[Pack, ...]
    completeness: tuple[tuple[Pack, Completeness], ...]
    items: tuple[ClaimedItem, ...]
    kin: tuple[ItemKin, ...]
    traces: Traces
    decision: Decision | None
    measures: tuple[Measure, ...]
    tests: tuple[MeasureCheck, ...]
    upstream: tuple[UpstreamRequest, ...]
    counter_notices: tuple[CounterNotice, ...]
    proofs: tuple[SuitProof, ...]
    course: Course
    deadlines: tuple[Deadline, ...]
    messages: tuple[Message, ...]
    exhibits: tuple[Exhibit, ...]
    chain: tuple[LedgerEntry, ...]


def case_file(case: Case) -> CaseFile:
    """Everything about a case, as it stands in the caller's transaction, read whole: nothing is lazy."""
    notice = Notice.objects.get(case=case)
    papers = list(notice.files.select_related("file", "item"))
    answers = list(of_case(case.id))
    proofs = SuitProof.objects.filter(counter_notice__in=answers).select_related("file")
    messages = list(for_case(case.id).select_related("arrival_paper"))
    ledger = list(entries(case_chain(case.id)))
    course = course_of(case, ledger)
    upstream = list(passed_on_in(case.id))
    further = chained(course.papers(), _acknowledged(upstream), _arrivals(messages))
    items = tuple(notice.items.select_related("artefact__owner"))
    measures = tuple(measures_of_case(case.id))
    return CaseFile(
        case=case,
        notice=notice,
        regimes=tuple(case.regimes.all()),
        points=tuple(notice.points.all()),
        requests=tuple(case.information_requests.all()),
        packs=tuple(packs_of(case)),
        completeness=tuple(examined(case, notice, papers)),
        items=items,
        kin=tuple(kin_of_items(items, measures, most=None)),
        traces=traces_in(items, papers),
        decision=Decision.objects.filter(case=case).select_related("decided_by").first(),
        measures=measures,
        tests=tuple(tests_in(case.id)),
        upstream=tuple(upstream),
        counter_notices=tuple(answers),
        proofs=tuple(proofs),
        course=course,
        deadlines=tuple(all_for_case(case.id)),
        messages=tuple(messages),
        exhibits=tuple(_exhibits(papers, answers, list(proofs), further)),
        chain=tuple(ledger),
    )


def _exhibits(
    papers: list[NoticeFile],
    answers: list[CounterNotice],
    proofs: list[SuitProof],
    further: Iterable[Paper],
) -> Iterator[Exhibit]:
    theirs = CounterNoticeFile.objects.filter(counter_notice__in=answers).select_related("file")
    found = chained(
        ((p.file, p.role, _source(p), p.added_at) for p in papers),
        ((f.file, "counter_notice", "respondent", f.added_at) for f in theirs),
        ((p.file, "suit_proof", "filer", p.filed_at) for p in proofs),
        further,
    )
    numbers = count(1)
    return (Exhibit(next(numbers), *one) for one in found)


def _arrivals(messages: list[Message]) -> Iterator[Paper]:
    shown = (one.arrival_paper for one in messages)
    return ((file, "arrival_paper", "staff", file.sealed_at) for file in shown if file)


def _acknowledged(upstream: Iterable[UpstreamRequest]) -> Iterator[Paper]:
    shown = (one.proof for one in upstream)
    return ((file, "upstream_paper", "staff", file.sealed_at) for file in shown if file)


def _source(paper: NoticeFile) -> str:
    return {"frozen": "platform", "receipt": "redress"}.get(paper.role, "filer")
