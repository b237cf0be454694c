"""Whose turn it is: of one case what was ordered earlier goes to the platform earlier.

A measure that keeps failing by itself does not hold the others up: after ALARM_AFTER failures somebody is told
of it and it steps aside. While the platform is out that is no reason; everybody waits alike.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from measures.models import Measure, MeasureGround
from measures.rules import SENT
from measures.services import outage
from measures.services.attempts import ALARM_AFTER, nobody_at_it
from measures.states import OUTBOUND, MeasureState

# From when on it waits: for its order, or for its lifting.
_SINCE = Case(When(state=MeasureState.LIFTING, then=F("moved_at")), default=F("ordered_at"))


def outbound() -> QuerySet[Measure]:
    """What is to be told to a platform, or is just being told."""
    return Measure.objects.filter(state__in=OUTBOUND, family__in=SENT)


def due(now: datetime) -> QuerySet[Measure]:
    """What may go now as far as its own pauses and attempts are concerned."""
    return outbound().filter(Q(try_after=None) | Q(try_after__lte=now)).filter(nobody_at_it(now))


def first_of_cases(waiting: QuerySet[Measure], *, out: bool) -> QuerySet[Measure]:
    """Those of `waiting` before which no case of theirs has another, the oldest first; `out`: while the platform is out."""
    cases = MeasureGround.objects.filter(measure=OuterRef(OuterRef("id"))).values("case")
    earlier = outbound().annotate(since=_SINCE).filter(since__lt=OuterRef("since"))
    earlier = earlier.filter(grounds__case__in=cases)
    if not out:
        earlier = earlier.filter(attempts__lt=ALARM_AFTER)
    return waiting.annotate(since=_SINCE).filter(~Exists(earlier)).order_by("since", "id")


def has_its_turn(measure: Measure) -> bool:
    """Whether it may go by itself: its platform answers, and nothing of its cases was ordered earlier and waits."""
    if outage.of(measure.platform_id):
        return False
    return first_of_cases(outbound().filter(id=measure.id), out=False).exists()


def platforms(now: datetime) -> list[UUID]:
    """The platforms for which something is due."""
    return list(due(now).order_by().values_list("platform_id", flat=True).distinct())
