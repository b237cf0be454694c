"""One counter-notice as its reviewer sees it: what was said, what is missing, papers, proofs, clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from casework.presenters import clocks
from counternotices.models import CounterNotice, CounterNoticeFile, ProceedingsEnd, SuitProof
from counternotices.presenters.answer import answered
from counternotices.selectors import clocks_of, ends_of, papers_of, proofs_of
from counternotices.services.review import decided_on_merits
from counternotices.services.wording import period_words
from counternotices.states import UNDER_REVIEW, State
from measures.models import Measure
from measures.selectors import measures_touching
from notices.models import Case, Decision
from notices.services.regimes import pack_of
from regimes.completeness import Completeness, examine_counter
from regimes.pack import Pack
from regimes.questions import counter_labels
from regimes.vocabulary import PutBackMode
from users.models import User


@dataclass(frozen=True)
class CounterNoticePage:
    """What the page draws. `may_review` is False for whoever decided the notice."""

    row: CounterNotice
    case: Case
    pack: Pack
    decision: Decision | None
    answers: list[tuple[str, str]]
    completeness: Completeness
    papers: list[tuple[str, CounterNoticeFile]]
    proofs: list[SuitProof]
    ends: list[ProceedingsEnd]
    measures: list[Measure]
    clocks: list[clocks.Clock]
    period: str
    on_merits: bool
    decided_by_you: bool
    may_accept: bool
    may_review: bool
    may_record: bool
    may_end: bool
    at_once: bool


def page(row: CounterNotice, user: User, *, now: datetime) -> CounterNoticePage:
    """Everything about it, in a fixed number of queries."""
    case = row.case_regime.case
    pack = pack_of(row.case_regime)
    labels = counter_labels(pack, get_language() or "en")
    papers = list(papers_of(row))
    decided_by_you = row.decision_by_id == user.id
    return CounterNoticePage(
        row=row,
        case=case,
        pack=pack,
        decision=Decision.objects.select_related("decided_by").filter(case=case).first(),
        answers=answered(row, labels),
        completeness=examine_counter(pack, facts(row, papers)),
        papers=_named(papers, labels),
        proofs=list(proofs_of(row)),
        ends=list(ends_of(row)),
        measures=list(measures_touching(case.id, row.respondent_id)),
        clocks=[clocks.present(clock, now=now, why=True) for clock in clocks_of(row)],
        period=period_words(pack),
        on_merits=decided_on_merits(row),
        decided_by_you=decided_by_you,
        may_accept=not decided_by_you and row.state == State.FILED,
        may_review=not decided_by_you and row.state in UNDER_REVIEW,
        may_record=row.state == State.FORWARDED,
        may_end=row.state == State.HELD,
        at_once=pack.put_back_mode is PutBackMode.RESTORE_IMMEDIATELY_BAR_RENOTICE,
    )


def facts(row: CounterNotice, papers: list[CounterNoticeFile]) -> dict[str, object]:
    """What was stated, by element, and how many papers answer each."""
    count: dict[str, object] = {}
    for paper in papers:
        count[paper.element] = int(str(count.get(paper.element, 0))) + 1
    return {**row.answers, "signature": row.signature, **count}


def _named(
    papers: list[CounterNoticeFile], labels: Mapping[str, str]
) -> list[tuple[str, CounterNoticeFile]]:
    return [(labels.get(paper.element, paper.element), paper) for paper in papers]
