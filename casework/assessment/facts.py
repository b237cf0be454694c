"""What the house holds that bears on the assessment of a case, read in a fixed number of queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from counternotices.models import CounterNotice
from counternotices.states import State
from deadlines.models import Deadline
from measures.models import Measure
from measures.rules import Family
from measures.selectors import measures_of_case
from measures.states import MeasureState
from notices.models import Case, ClaimedItem, Decision, Notice
from notices.rules import DECIDE
from notices.services.regimes import packs_of
from notices.states import ItemOutcome
from platforms.models import Artefact, ArtefactKin, KinRelation, PlatformUser
from regimes.pack import Pack
from screening.models import OutputMatch, PromptRule, Work
from screening.selectors import rules_of_case

_NO_SANCTION = frozenset({MeasureState.CANCELLED, MeasureState.VOIDED, MeasureState.PROPOSED})


@dataclass(frozen=True)
class Reached:
    """What the platform told of the artefacts that the items reach, such as pictures made with a LoRA.

    `generated` of them were drawn on the service, `paid` of these with a paid feature; `upstream` counts
    those drawn by others' models, by provider, and `labels` the states of their labels.
    """

    generated: int
    paid: int
    upstream: Mapping[str, int]
    labels: Mapping[str, int]


@dataclass(frozen=True)
class Facts:
    """Rows of other rooms, as they stand; what is said of them is known.py's.

    `earlier` counts, by the platform's id of the user, the items upheld against them in notices filed
    before this one; what was given back on a counter-notice of theirs does not count. `sanctions` are
    their id, the level and the state of each sanction that was not refused or voided. `same_work` are
    other notices about a work of this title, and how many of them were upheld.
    """

    case: Case
    notice: Notice
    points: Sequence[str]
    items: Sequence[ClaimedItem]
    packs: Sequence[Pack]
    decision: Decision | None
    limits: Sequence[Deadline]
    measures: Sequence[Measure]
    rules: Sequence[PromptRule]
    works: Sequence[Work]
    matches: int
    reached: Reached
    placements: Sequence[str]
    training: int
    earlier: Mapping[str, int]
    sanctions: Sequence[tuple[str, str, str]]
    same_work: tuple[int, int]

    @property
    def owners(self) -> list[str]:
        """The platform's ids of the users whose things are complained of."""
        return sorted({owner.external_id for one in self.items if (owner := _owner(one))})

    @property
    def generations(self) -> list[tuple[ClaimedItem, Mapping[str, Any]]]:
        """The items that the platform told a generation record of, with it."""
        told = ((item, record_of(item).get("generation")) for item in self.items)
        return [(item, record) for item, record in told if isinstance(record, dict)]


def read(case: Case) -> Facts:
    """Everything, in the caller's transaction."""
    notice = Notice.objects.get(case=case)
    items = list(notice.items.select_related("artefact__owner"))
    artefacts = [item.artefact_id for item in items if item.artefact_id]
    owners = {owner.id for item in items if (owner := _owner(item))}
    kin = ArtefactKin.objects.filter(artefact__in=artefacts)
    shown = kin.filter(relation=KinRelation.PLACEMENT).values_list("kin__external_id", flat=True)
    uploads = kin.filter(relation=KinRelation.TRAINING_PICTURE).values("kin").distinct()
    return Facts(
        case=case,
        notice=notice,
        points=list(notice.points.values_list("text", flat=True)),
        items=items,
        packs=packs_of(case),
        decision=Decision.objects.filter(case=case).first(),
        limits=list(Deadline.objects.filter(case_id=case.id, kind=DECIDE).order_by("due_at")),
        measures=list(measures_of_case(case.id)),
        rules=list(rules_of_case(case.id)),
        works=list(Work.objects.filter(case_id=case.id)),
        matches=OutputMatch.objects.filter(work__case_id=case.id).count(),
        reached=_reached(kin),
        placements=sorted(set(shown)),
        training=uploads.count(),
        earlier=_earlier(case, owners),
        sanctions=_sanctions(owners),
        same_work=_same_work(notice),
    )


def record_of(item: ClaimedItem) -> Mapping[str, Any]:
    """The platform's whole answer about an item's artefact; empty where it was not found."""
    return item.artefact.record if item.artefact else {}


def _owner(item: ClaimedItem) -> PlatformUser | None:
    return item.artefact.owner if item.artefact else None


def _reached(kin: QuerySet[ArtefactKin]) -> Reached:
    told = Artefact.objects.filter(id__in=kin.order_by().values("kin"))
    generation = "record__generation__"
    rows = list(told.values_list(f"{generation}paid", f"{generation}upstream", "record__label"))
    drawn = [(paid, upstream) for paid, upstream, _label in rows if paid is not None]
    return Reached(
        generated=len(drawn),
        paid=sum(1 for paid, _upstream in drawn if paid is True),
        upstream=Counter(upstream for _paid, upstream in drawn if upstream),
        labels=Counter(label for _paid, _upstream, label in rows if label),
    )


def _earlier(case: Case, owners: set[UUID]) -> dict[str, int]:
    given_back = CounterNotice.objects.filter(
        case_regime__case=OuterRef("notice__case"),
        respondent=OuterRef("artefact__owner"),
        state=State.PREVAILED,
    )
    upheld = ClaimedItem.objects.filter(
        ~Exists(given_back),
        artefact__owner__in=owners,
        outcome=ItemOutcome.UPHELD,
        notice__filed_at__lt=case.filed_at,
    )
    rows = upheld.order_by().values(user=F("artefact__owner__external_id")).annotate(n=Count("id"))
    return {row["user"]: row["n"] for row in rows.order_by("user")}


def _sanctions(owners: set[UUID]) -> list[tuple[str, str, str]]:
    found = Measure.objects.filter(family=Family.USER_SANCTION, platform_user__in=owners)
    found = found.exclude(state__in=_NO_SANCTION).order_by("ordered_at", "id")
    return list(found.values_list("platform_user__external_id", "level", "state"))


def _same_work(notice: Notice) -> tuple[int, int]:
    title = notice.work_title.lower()
    others = Notice.objects.annotate(title=Lower("work_title")).filter(title=title)
    told = others.exclude(id=notice.id).aggregate(
        filed=Count("id"), upheld=Count("id", filter=Q(case__decision__accepted=True))
    )
    return told["filed"], told["upheld"]
