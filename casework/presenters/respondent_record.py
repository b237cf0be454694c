"""What we know of somebody from all their counter-notices, and what was done about unfounded ones."""

from dataclasses import dataclass

from django.db.models import Count, Q

from counternotices.models import CounterNotice, RespondentSanction
from counternotices.services.abuse import sanctions_on
from counternotices.states import State
from platforms.models import PlatformUser

SHOWN = 20


@dataclass(frozen=True)
class RespondentRecord:
    """Numbers over all counter-notices of a user, the latest ones, and every warning and suspension."""

    filed: int
    prevailed: int
    rejected: int
    withdrawn: int
    latest: list[CounterNotice]
    sanctions: list[RespondentSanction]


def respondent_record(person: PlatformUser) -> RespondentRecord:
    """The record of this user, in three queries."""
    mine = CounterNotice.objects.filter(respondent=person)
    numbers = mine.order_by().aggregate(
        filed=Count("id"),
        prevailed=Count("id", filter=Q(state=State.PREVAILED)),
        rejected=Count("id", filter=Q(state=State.REJECTED)),
        withdrawn=Count("id", filter=Q(state=State.WITHDRAWN)),
    )
    latest = mine.select_related("case_regime__case").order_by("-filed_at")[:SHOWN]
    return RespondentRecord(
        latest=list(latest), sanctions=list(sanctions_on(person.id)[:SHOWN]), **numbers
    )
