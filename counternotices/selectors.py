"""Reading what a counter-notice is about."""

from uuid import UUID

from django.db.models import Q, QuerySet

from counternotices.models import CounterNotice
from counternotices.states import UNDER_REVIEW
from measures.models import Measure, MeasureGround
from measures.states import EndReason
from notices.models import CaseRegime
from users.models import User


def has_live_grounds(regime_id: UUID) -> bool:
    """Whether any measure still rests on this regime of a case."""
    return MeasureGround.objects.filter(case_regime_id=regime_id, ended_at=None).exists()


def grounds_touching(regime_id: UUID, person_id: UUID) -> QuerySet[MeasureGround]:
    """The open grounds of this regime that rest on this person's things, or on themselves."""
    own = Q(item__artefact__owner_id=person_id) | Q(measure__platform_user_id=person_id)
    return MeasureGround.objects.filter(own, case_regime_id=regime_id, ended_at=None)


def measures_touching(case_id: UUID, person_id: UUID) -> QuerySet[Measure]:
    """Every measure this case has brought on this person, those that ended among them."""
    own = Q(item__artefact__owner_id=person_id) | Q(measure__platform_user_id=person_id)
    grounds = MeasureGround.objects.filter(own, case_id=case_id).exclude(
        ended_reason=EndReason.REFUSED
    )
    return (
        Measure.objects.filter(id__in=grounds.order_by().values("measure"))
        .select_related("artefact", "platform_user")
        .order_by("ordered_at", "id")
    )


def contestable_regimes(case_id: UUID, person_id: UUID) -> list[CaseRegime]:
    """The regimes of a case under which this person can contest something."""
    regimes = CaseRegime.objects.filter(case_id=case_id)
    return [regime for regime in regimes if grounds_touching(regime.id, person_id).exists()]


def of_person(case_id: UUID, person_id: UUID) -> QuerySet[CounterNotice]:
    """This person's counter-notices in a case, the latest first."""
    mine = CounterNotice.objects.filter(case_regime__case_id=case_id, respondent_id=person_id)
    return mine.select_related("case_regime").order_by("-filed_at")


def of_case(case_id: UUID) -> QuerySet[CounterNotice]:
    """Every counter-notice of a case, the oldest first."""
    every = CounterNotice.objects.filter(case_regime__case_id=case_id)
    return every.select_related("case_regime", "respondent", "reviewed_by").order_by("filed_at")


def awaiting_review(user: User) -> QuerySet[CounterNotice]:
    """The counter-notices this person may review: none on notices they decided themselves."""
    if not user.is_caseworker:
        return CounterNotice.objects.none()
    waiting = CounterNotice.objects.filter(state__in=[str(state) for state in UNDER_REVIEW])
    return (
        waiting.exclude(decision_by=user)
        .select_related("case_regime__case", "respondent")
        .order_by("filed_at")
    )
