"""Reading measures."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from measures.models import Measure, MeasureGround
from measures.states import MeasureState
from platforms.models import PlatformUser
from users.models import User
from users.roles import Role


def measures_of_case(case_id: UUID) -> QuerySet[Measure]:
    """Every measure the case ever stood behind, oldest first, with targets, people and its own grounds.

    `case_grounds` on each holds the grounds of this case alone: other cases are none of its business.
    """
    own = MeasureGround.objects.filter(case_id=case_id).select_related("case_regime", "item")
    return (
        _full(Measure.objects.filter(id__in=own.order_by().values("measure")))
        .prefetch_related(Prefetch("grounds", queryset=own, to_attr="case_grounds"))
        .order_by("ordered_at", "id")
    )


def awaiting_approval(user: User) -> QuerySet[Measure]:
    """The proposals this person may approve or refuse: none of their own, none of cases they decided."""
    if not user.has_role(Role.APPROVER):
        return Measure.objects.none()
    own = MeasureGround.objects.filter(ordered_by=user).values("measure")
    decided = MeasureGround.objects.filter(case__decided_by=user).values("measure")
    waiting = Measure.objects.filter(state=MeasureState.PROPOSED).exclude(ordered_by=user)
    return _full(waiting.exclude(id__in=own).exclude(id__in=decided)).order_by("ordered_at", "id")


def alarms() -> QuerySet[Measure]:
    """Measures somebody must look at, the longest waiting first."""
    return _full(Measure.objects.filter(alarmed_at__isnull=False)).order_by("alarmed_at", "id")


def open_tickets() -> QuerySet[Measure]:
    """Model-optimisation tickets that the engineers have on their table, oldest first."""
    return _full(Measure.objects.filter(state=MeasureState.IN_PROGRESS)).order_by("ordered_at")


def affected_users(case_id: UUID) -> QuerySet[PlatformUser]:
    """Whoever the case's measures hit: owners of artefacts and sanctioned users, each once."""
    measures = Measure.objects.filter(
        id__in=MeasureGround.objects.filter(case_id=case_id).values("measure")
    )
    owners = measures.filter(artefact__isnull=False).values("artefact__owner")
    sanctioned = measures.filter(platform_user__isnull=False).values("platform_user")
    return PlatformUser.objects.filter(id__in=owners.union(sanctioned)).order_by("external_id")


def _full(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    return measures.select_related(
        "platform", "artefact__owner", "platform_user", "ordered_by", "approved_by", "refused_by"
    )
