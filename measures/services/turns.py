"""Whose turn it is: of one case what was ordered earlier goes to the platform earlier.

A measure that keeps failing by itself does not hold the others up: after ALARM_AFTER failures somebody is told
of it and it steps aside. While the platform is out that is no reason; everybody waits alike.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Case, F, Min, Q, QuerySet, When, Window

from measures.models import Measure, MeasureGround
from measures.rules import SENT
from measures.services import outage
from measures.services.attempts import ALARM_AFTER, nobody_at_it
from measures.states import OUTBOUND, MeasureState


def _since(prefix: str = "") -> Case:
    """From when on a measure waits: for its order, or for its lifting."""
    lifting = When(**{f"{prefix}state": MeasureState.LIFTING, "then": F(f"{prefix}moved_at")})
    return Case(lifting, default=F(f"{prefix}ordered_at"))


def outbound() -> QuerySet[Measure]:
    """What is to be told to a platform, or is just being told."""
    return Measure.objects.filter(state__in=OUTBOUND, family__in=SENT)


def due(now: datetime) -> QuerySet[Measure]:
    """What may go now as far as its own pauses and attempts are concerned."""
    return outbound().filter(Q(try_after=None) | Q(try_after__lte=now)).filter(nobody_at_it(now))


def first_of_cases(
    waiting: QuerySet[Measure], *, out: bool, among: Collection[UUID] | None = None
) -> QuerySet[Measure]:
    """Those of `waiting` before which no case of theirs has another, the oldest first; `out`: while the platform is out.

    `among`: the ids of `waiting`, where these are few: then only their cases are looked at.
    """
    lines = MeasureGround.objects.order_by().filter(
        measure__state__in=OUTBOUND, measure__family__in=SENT
    )
    if among is not None:
        of_those = MeasureGround.objects.filter(measure__in=among).values_list("case_id", flat=True)
        lines = lines.filter(case__in=list(of_those))
    holds_up = Q(measure__attempts__gte=0) if out else Q(measure__attempts__lt=ALARM_AFTER)
    first = Window(Min(Case(When(holds_up, then=_since("measure__")))), partition_by="case")
    # One pass over all who wait: asking for each by itself whether somebody is before it takes a thousand times as long.
    behind = lines.annotate(since=_since("measure__"), first=first).filter(first__lt=F("since"))
    found = waiting.exclude(id__in=behind.values("measure"))
    return found.annotate(since=_since()).order_by("since", "id")


def has_its_turn(measure: Measure) -> bool:
    """Whether it may go by itself: its platform answers, and nothing of its cases was ordered earlier and waits."""
    if outage.of(measure.platform_id):
        return False
    own = outbound().filter(id=measure.id)
    return first_of_cases(own, out=False, among=[measure.id]).exists()


def platforms(now: datetime) -> list[UUID]:
    """The platforms for which something is due."""
    return list(due(now).order_by().values_list("platform_id", flat=True).distinct())
