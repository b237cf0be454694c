"""What we know of a filer from all their notices: how many, what became of them, what was done about it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from counternotices.models import Complaint, CounterNotice
from counternotices.states import ComplaintState, State
from notices.filers import Filer, cases_of, filer_of, sanctions_of
from notices.models import Case, Notice, NotifierSanction
from notices.services.regimes import packs_of
from notices.states import CaseState
from regimes.pack import Pack, Policy
from regimes.questions import abuse_policy

SHOWN = 20


@dataclass(frozen=True)
class FilerRecord:
    """Numbers over all notices of the filer, this one among them, and every warning and suspension.

    `unfounded`: cases in which a complaint of theirs was found not justified (Regulation 2022/2065 art. 23(2));
    `wrong`: upheld, and then given back because the affected user's statement prevailed.
    """

    filer: Filer
    filed: int
    upheld: int
    declined: int
    wrong: int
    withdrawn: int
    unfounded: int
    sanctions: list[NotifierSanction]

    @property
    def share_wrong(self) -> int:
        """How many in a hundred of the decided notices were declined or turned out to be wrong."""
        decided = self.upheld + self.declined
        return round(100 * (self.declined + self.wrong) / decided) if decided else 0


def record(notice: Notice) -> FilerRecord:
    """The record of whoever filed this notice, in two queries."""
    filer = filer_of(notice)
    prevailed = CounterNotice.objects.filter(
        case_regime__case=OuterRef("id"), state=State.PREVAILED
    )
    rejected = Complaint.objects.filter(
        case_regime__case=OuterRef("id"), state=ComplaintState.REJECTED
    )
    upheld = Q(decision__accepted=True)
    numbers = (
        (cases_of(filer) if filer.known else Case.objects.filter(id=notice.case_id))
        .order_by()
        .annotate(given_back=Exists(prevailed), complained=Exists(rejected))
        .aggregate(
            filed=Count("id"),
            upheld=Count("id", filter=upheld),
            declined=Count("id", filter=Q(state=CaseState.DECLINED)),
            wrong=Count("id", filter=upheld & Q(given_back=True)),
            withdrawn=Count("id", filter=Q(state=CaseState.WITHDRAWN)),
            unfounded=Count("id", filter=Q(complained=True)),
        )
    )
    return FilerRecord(filer=filer, sanctions=list(sanctions_of(filer)[:SHOWN]), **numbers)


def earlier(filer: Filer) -> list[Case]:
    """The latest cases of the filer."""
    return list(cases_of(filer)[:SHOWN]) if filer.known else []


def policies(case: Case) -> list[tuple[Pack, Policy]]:
    """How each law of the case has abuse by notifiers met."""
    return [(pack, found) for pack in packs_of(case) if (found := abuse_policy(pack))]
