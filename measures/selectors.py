"""Reading measures."""

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from common.errors import NotFound
from measures.models import Measure, MeasureCheck, MeasureGround
from measures.states import FREEZABLE, OUTBOUND, UNSETTLED, WITHOUT_EFFECT, EndReason, MeasureState
from notices.models import Case
from notices.selectors import affected_users
from platforms.models import PlatformUser
from users.models import User
from users.roles import Role

# The parameter in which a measure in force keeps the later ends that wait (measures/services/terms.py).
LONGER_TERMS: Final = "longer_terms"


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
    """What this person may approve or refuse, longer terms among it: none of their own, none of cases they decided."""
    if not user.has_role(Role.APPROVER):
        return Measure.objects.none()
    grounds = MeasureGround.objects.filter(measure=OuterRef("id"))
    own = grounds.filter(Q(ordered_by=user) | Q(case__decided_by=user))
    longer = Q(state__in=FREEZABLE, parameters__has_key=LONGER_TERMS)
    found = Measure.objects.filter(Q(state=MeasureState.PROPOSED) | longer)
    waiting = found.exclude(ordered_by=user)
    return _full(waiting.filter(~Exists(own))).order_by("ordered_at", "id")


def alarms() -> QuerySet[Measure]:
    """Measures somebody must look at, the longest waiting first."""
    return _full(Measure.objects.filter(alarmed_at__isnull=False)).order_by("alarmed_at", "id")


def every_measure(state: str = "") -> QuerySet[Measure]:
    """Every measure, or those in one state, the newest first."""
    found = _full(Measure.objects.all()).order_by("-ordered_at", "id")
    return found.filter(state=state) if state in MeasureState.values else found


def tests_of(measure: Measure, most: int) -> list[MeasureCheck]:
    """What tests found of the measure, the latest first, at most so many."""
    return list(MeasureCheck.objects.filter(measure=measure).order_by("-at", "what")[:most])


def tests_in(case_id: UUID) -> QuerySet[MeasureCheck]:
    """What tests found of every measure the case ever stood behind, oldest first."""
    behind = MeasureGround.objects.filter(case_id=case_id).order_by().values("measure")
    found = MeasureCheck.objects.filter(measure__in=behind)
    return found.order_by("measure__ordered_at", "measure", "at", "what")


def last_rounds(measures: Collection[Measure]) -> dict[UUID, list[MeasureCheck]]:
    """What the last round of tests of each of these measures found, by the measure's id. One query."""
    latest = MeasureCheck.objects.filter(measure=OuterRef("measure")).order_by("-at").values("at")
    rows = MeasureCheck.objects.filter(measure__in=[one.id for one in measures])
    found: dict[UUID, list[MeasureCheck]] = {}
    for row in rows.filter(at=Subquery(latest[:1])).order_by("what"):
        found.setdefault(row.measure_id, []).append(row)
    return found


def one_measure(id: UUID) -> Measure:
    """The measure with this id. Raises NotFound."""
    measure = _full(Measure.objects.filter(id=id)).first()
    if measure is None:
        raise NotFound(_("There is no such measure."))
    return measure


def open_tickets() -> QuerySet[Measure]:
    """Model-optimisation tickets that the engineers have on their table, oldest first."""
    return _full(Measure.objects.filter(state=MeasureState.IN_PROGRESS)).order_by("ordered_at")


def in_flight() -> QuerySet[Measure]:
    """What is ordered, being carried out or being lifted, without an alarm; the oldest first."""
    moving = Measure.objects.filter(state__in=OUTBOUND, alarmed_at=None)
    return _full(moving).order_by("ordered_at", "id")


def measures_touching(case_id: UUID, person_id: UUID) -> QuerySet[Measure]:
    """Every measure this case has brought on this user, those that ended among them.

    It touches them through their artefacts, or is a sanction on themselves. What a second person
    refused never was one.
    """
    grounds = MeasureGround.objects.filter(_touching(person_id), case_id=case_id)
    brought = Measure.objects.filter(id__in=grounds.values("measure"))
    brought = brought.exclude(grounds__ended_reason=EndReason.REFUSED)
    return _full(brought).order_by("ordered_at", "id")


def given_back(regime_id: UUID, items: list[UUID], person_id: UUID) -> QuerySet[Measure]:
    """What this regime gave back after this person's counter-notice, for these items or of theirs; other grounds may keep it."""
    grounds = MeasureGround.objects.filter(
        standing_on(items, person_id),
        case_regime_id=regime_id,
        ended_reason=EndReason.RESTORED,
    )
    return Measure.objects.filter(id__in=grounds.order_by().values("measure"))


def contestable_grounds(regime_id: UUID, person_id: UUID) -> QuerySet[MeasureGround]:
    """What this user may contest under a regime: open grounds of measures that touch them."""
    live = live_grounds(regime_id).exclude(measure__state=MeasureState.PROPOSED)
    return live.filter(_touching(person_id))


def live_grounds(regime_id: UUID) -> QuerySet[MeasureGround]:
    """The open grounds by which measures still rest on this regime, or are to."""
    open_ = MeasureGround.objects.filter(case_regime_id=regime_id, ended_at=None)
    return open_.exclude(measure__state__in=WITHOUT_EFFECT)


def unsettled(regime_id: UUID) -> QuerySet[Measure]:
    """The measures of this regime of which nobody knows yet whether they will take effect."""
    grounds = MeasureGround.objects.filter(case_regime_id=regime_id, ended_at=None)
    found = Measure.objects.filter(id__in=grounds.values("measure"), state__in=UNSETTLED)
    return _full(found).order_by("ordered_at", "id")


def people_affected(case: Case) -> list[PlatformUser]:
    """Whose things were upheld, and on whose things or accounts measures were brought; by the platform's id.

    The second are not always among the first: what was made from an item may be another user's. What a
    second person refused never was a measure.
    """
    brought = MeasureGround.objects.filter(case=case).exclude(ended_reason=EndReason.REFUSED)
    paths = ("measure__artefact__owner", "measure__platform_user")
    touched = Q(id__in=[person.id for person in affected_users(case)])
    for path in paths:
        touched |= Q(id__in=brought.exclude(**{path: None}).order_by().values(path))
    return list(PlatformUser.objects.filter(touched).order_by("external_id"))


def standing_on(items: Iterable[UUID], person_id: UUID) -> Q:
    """Grounds on these items, and grounds by which what is this person's is held on another one's item."""
    return Q(item__in=list(items)) | Q(measure__artefact__owner_id=person_id)


def _touching(person_id: UUID) -> Q:
    """What holds something of theirs. On their item alone stands what holds nobody's thing, such as a block."""
    nobodys = Q(measure__artefact=None) | Q(measure__artefact__owner=None)
    return (
        Q(measure__artefact__owner_id=person_id)
        | Q(measure__platform_user_id=person_id)
        | (Q(item__artefact__owner_id=person_id) & nobodys)
    )


def _full(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    return measures.select_related(
        "platform", "artefact__owner", "platform_user", "ordered_by", "approved_by", "refused_by"
    )
