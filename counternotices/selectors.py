"""Reading what a counter-notice is about."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from counternotices.models import (
    Award,
    BarredItem,
    Complaint,
    CounterNotice,
    CounterNoticeFile,
    CourtOrder,
    ProceedingsEnd,
    SuitProof,
)
from counternotices.states import BARS_ANOTHER, UNDER_REVIEW, ComplaintState
from deadlines.models import Deadline
from deadlines.selectors import running_for_case
from evidence.chain import case_chain
from evidence.models import LedgerEntry
from evidence.selectors import entries
from measures.selectors import contestable_grounds
from notices.models import CaseRegime
from notices.services.regimes import pack_of
from regimes.questions import put_back_mode
from regimes.vocabulary import PutBackMode
from users.models import User


def contestable_regimes(case_id: UUID, person_id: UUID) -> list[CaseRegime]:
    """The regimes of a case under which this person can contest something and has not yet.

    A regime without counter-notices is not among them; one whose window has closed is.
    """
    open_one = CounterNotice.objects.filter(
        case_regime=OuterRef("id"),
        respondent_id=person_id,
        state__in=BARS_ANOTHER,
    )
    regimes = CaseRegime.objects.filter(~Exists(open_one), case_id=case_id)
    return [
        regime
        for regime in regimes
        if put_back_mode(pack_of(regime)) is not PutBackMode.NONE
        and contestable_grounds(regime.id, person_id).exists()
    ]


def of_person(case_id: UUID, person_id: UUID) -> QuerySet[CounterNotice]:
    """This person's counter-notices in a case, the latest first."""
    mine = CounterNotice.objects.filter(case_regime__case_id=case_id, respondent_id=person_id)
    return mine.select_related("case_regime").prefetch_related("files__file").order_by("-filed_at")


def forwarded_in(case_id: UUID) -> QuerySet[CounterNotice]:
    """The counter-notices of a case that were forwarded to the right holder, the oldest first."""
    sent = CounterNotice.objects.filter(case_regime__case_id=case_id, forwarded_at__isnull=False)
    return (
        sent.select_related("case_regime").prefetch_related("files__file").order_by("forwarded_at")
    )


def of_case(case_id: UUID) -> QuerySet[CounterNotice]:
    """Every counter-notice of a case, the oldest first."""
    every = CounterNotice.objects.filter(case_regime__case_id=case_id)
    return every.select_related("case_regime", "respondent", "reviewed_by").order_by("filed_at")


def papers_of(counter_notice: CounterNotice) -> QuerySet[CounterNoticeFile]:
    """The sealed papers of a counter-notice in the order in which they came."""
    return CounterNoticeFile.objects.filter(counter_notice=counter_notice).select_related("file")


def proofs_of(counter_notice: CounterNotice) -> QuerySet[SuitProof]:
    """What the right holder showed, in time or late."""
    return SuitProof.objects.filter(counter_notice=counter_notice).select_related("file")


def clocks_of(counter_notice: CounterNotice) -> QuerySet[Deadline]:
    """The open clocks of one counter-notice, the next to end first."""
    case_id = counter_notice.case_regime.case_id
    return running_for_case(case_id).filter(subject_id=counter_notice.id)


def events_of(case_id: UUID, references: list[str]) -> QuerySet[LedgerEntry]:
    """What the ledger holds about these counter-notices of a case, and about nothing else."""
    return entries(case_chain(case_id)).filter(facts__counter_notice__in=references)


def awaiting_review(user: User) -> QuerySet[CounterNotice]:
    """The counter-notices this person may review: none on notices they decided themselves."""
    if not user.is_caseworker:
        return CounterNotice.objects.none()
    waiting = CounterNotice.objects.filter(state__in=UNDER_REVIEW)
    return (
        waiting.exclude(decision_by=user)
        .select_related("case_regime__case", "respondent")
        .order_by("filed_at")
    )


def ends_of(counter_notice: CounterNotice) -> QuerySet[ProceedingsEnd]:
    """How the proceedings about it ended, as recorded."""
    found = ProceedingsEnd.objects.filter(counter_notice=counter_notice)
    return found.select_related("file", "recorded_by")


def orders_of(case_id: UUID) -> QuerySet[CourtOrder]:
    """Every court order of a case, the oldest first."""
    found = CourtOrder.objects.filter(case_regime__case_id=case_id)
    return found.select_related("case_regime").order_by("recorded_at")


def orders_with_papers(case_id: UUID) -> QuerySet[CourtOrder]:
    """As `orders_of`, with their papers and the measures they name, in a fixed number of queries."""
    return (
        orders_of(case_id)
        .select_related("respondent", "recorded_by")
        .prefetch_related(
            "papers__file", "papers__recorded_by", "measures__artefact", "measures__platform_user"
        )
    )


def ends_in(case_id: UUID) -> QuerySet[ProceedingsEnd]:
    """How the proceedings about a case's counter-notices ended, the oldest first."""
    found = ProceedingsEnd.objects.filter(counter_notice__case_regime__case_id=case_id)
    return found.select_related("file", "recorded_by", "counter_notice").order_by("recorded_at")


def awards_in(case_id: UUID) -> QuerySet[Award]:
    """What courts awarded about a case, as recorded, the oldest first."""
    found = Award.objects.filter(case_id=case_id)
    return found.select_related("file", "recorded_by", "end__counter_notice")


def barred_in(case_id: UUID) -> QuerySet[BarredItem]:
    """The items of a case that may not be notified again, with what bars them."""
    found = BarredItem.objects.filter(item__notice__case_id=case_id)
    return found.select_related("item", "bar__counter_notice__case_regime__case")


def complaints_of(case_id: UUID) -> QuerySet[Complaint]:
    """The filer's complaints about the decision of a case."""
    return Complaint.objects.filter(case_regime__case_id=case_id).order_by("filed_at")


def complaints_told(case_id: UUID) -> QuerySet[Complaint]:
    """As `complaints_of`, with the law and the person who answered."""
    return complaints_of(case_id).select_related("case_regime", "reviewed_by")


def complaints_awaiting(user: User) -> QuerySet[Complaint]:
    """The complaints this person may answer: none about decisions of their own."""
    if not user.is_caseworker:
        return Complaint.objects.none()
    waiting = Complaint.objects.filter(state=ComplaintState.FILED).exclude(decision_by=user)
    return waiting.select_related("case_regime__case").order_by("filed_at")
