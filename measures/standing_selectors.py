"""Reading what stands against users, as the ladder's arithmetic takes it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from measures.ladder import Entry, Law, Standing
from measures.ladder_policy import BUILT_IN, Policy, from_data
from measures.models import (
    EntryGround,
    LadderPolicy,
    Measure,
    SanctionAppeal,
    StandingEntry,
    UserVolume,
)
from measures.rules import Family
from measures.states import COUNTS_AS_TOLD, AppealState, PolicyState
from notices.models import Case
from notices.services.regimes import pack_of
from notices.states import RegimeState
from users.models import User

# A counter-notice is open, or a court has it: until that is settled the mark waits.
_CONTESTED = (RegimeState.CONTESTED, RegimeState.WAITING, RegimeState.HELD)


def policy_in_force() -> tuple[int, Policy]:
    """The version of the ladder that steps are proposed by, and its figures; 0 is the one built in."""
    row = LadderPolicy.objects.filter(state=PolicyState.IN_FORCE).first()
    return (row.version, from_data(row.figures)) if row else (0, BUILT_IN)


def entries_of(people: Iterable[UUID]) -> QuerySet[StandingEntry]:
    """Every entry of these users, the oldest first, each with whether a counter-notice about it is open."""
    open_ = EntryGround.objects.filter(
        entry=OuterRef("id"), ended_at=None, case_regime__state__in=_CONTESTED
    )
    found = StandingEntry.objects.filter(platform_user__in=list(people))
    return found.select_related("case", "item").annotate(contested=Exists(open_))


def standings(people: Collection[UUID]) -> dict[UUID, Standing]:
    """What stands against each of these users, by their id. Three queries."""
    entries: dict[UUID, list[Entry]] = {person: [] for person in people}
    for row in entries_of(people):
        entries[row.platform_user_id].append(as_entry(row))
    told: dict[UUID, list[datetime]] = {person: [] for person in people}
    for person, at in _told(people):
        told[person].append(at)
    volumes = UserVolume.objects.filter(platform_user__in=people)
    items = dict(volumes.values_list("platform_user_id", "items"))
    return {
        person: Standing(tuple(entries[person]), tuple(sorted(told[person])), items.get(person))
        for person in people
    }


def as_entry(row: StandingEntry) -> Entry:
    """One row of `entries_of` as the arithmetic takes it."""
    return Entry(
        id=str(row.id),
        case=str(row.case_id),
        kind=row.kind,
        weight=row.weight,
        filed_at=row.case.filed_at,
        at=row.at,
        expires_at=row.expires_at,
        intent=row.intent,
        voided=row.voided_at is not None,
        contested=getattr(row, "contested", False),
    )


def warned_before(person: UUID, moment: datetime) -> bool:
    """Whether a warning, or more, that was not taken back reached this user before that moment."""
    return any(at < moment for _person, at in _told([person]))


def laws_of(case: Case) -> list[Law]:
    """What the laws of a case say of repeat infringers."""
    packs = [pack_of(one) for one in case.regimes.all() if one.state != RegimeState.REMOVED]
    return [
        Law(pack.title, pack.repeat_policy.ladder, pack.repeat_policy.prior_warning)
        for pack in packs
    ]


def sanctions_on(person: UUID) -> QuerySet[Measure]:
    """Every sanction ever ordered on this user, the latest first."""
    found = Measure.objects.filter(family=Family.USER_SANCTION, platform_user=person)
    return found.select_related("ordered_by", "approved_by").order_by("-ordered_at", "id")


def users_entered(*, since: datetime) -> list[UUID]:
    """Who had an item upheld from that moment on."""
    found = StandingEntry.objects.filter(at__gte=since).order_by()
    return list(found.values_list("platform_user_id", flat=True).distinct())


def policies() -> QuerySet[LadderPolicy]:
    """Every version of the ladder, the newest first."""
    return LadderPolicy.objects.select_related("proposed_by", "decided_by").order_by("-version")


def appeals_awaiting(user: User) -> QuerySet[SanctionAppeal]:
    """The open appeals that this person may answer: none about what they ordered or decided."""
    if not user.is_caseworker:
        return SanctionAppeal.objects.none()
    open_ = SanctionAppeal.objects.filter(state=AppealState.FILED).exclude(decision_by=user)
    open_ = open_.exclude(measure__approved_by=user).exclude(case__decided_by=user)
    return open_.select_related("case", "platform_user", "measure").order_by("filed_at", "id")


def appeals_of(person: UUID) -> QuerySet[SanctionAppeal]:
    """Every appeal of this user, the latest first."""
    found = SanctionAppeal.objects.filter(platform_user=person)
    return found.select_related("measure", "case").order_by("-filed_at", "id")


def _told(people: Collection[UUID]) -> QuerySet[Measure, Any]:
    told = Measure.objects.filter(
        family=Family.USER_SANCTION,
        platform_user__in=people,
        state__in=COUNTS_AS_TOLD,
        in_force_at__isnull=False,
    )
    return told.values_list("platform_user_id", "in_force_at")
