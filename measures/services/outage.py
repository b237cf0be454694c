"""A platform that is out is asked by a few measures at a time; when it answers, all the others go at once.

So a long outage costs each measure few attempts and holds up no other work, and the end of the outage is
noticed by whoever asks next instead of when each one's own pause is over.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from measures.models import Measure, Outage
from measures.services.attempts import Outcome, alarm, is_outage
from measures.services.lifecycle import hold
from measures.states import OUTBOUND

# So many measures in a row, and it is the platform rather than one of them.
OUT_AFTER: Final = 3
# A little less than the sweep's own ten seconds, so that each of its rounds may ask.
PAUSE: Final = timedelta(seconds=9)
LONGEST_WISH: Final = timedelta(hours=1)
ALARM_AFTER: Final = timedelta(minutes=1)

_COUNT: Final = """
INSERT INTO measures_outage AS o (platform_id, since, failures, last_measure, ask_after)
VALUES (%(platform)s, %(now)s, %(failures)s, %(measure)s, %(ask_after)s)
ON CONFLICT (platform_id) DO UPDATE SET
    failures = o.failures + (%(failures)s - (%(failures)s = 1 AND o.last_measure = %(measure)s)::int),
    last_measure = excluded.last_measure, ask_after = excluded.ask_after
"""


def of(platform_id: UUID) -> Outage | None:
    """The outage that the platform is in, if it is."""
    return Outage.objects.filter(platform=platform_id, failures__gte=OUT_AFTER).first()


def hear(platform_id: UUID, outcomes: Mapping[UUID, Outcome], now: datetime) -> None:
    """Learn from what came of these measures, outside any transaction: one answer ends the outage."""
    failed = {id: outcome for id, outcome in outcomes.items() if is_outage(outcome)}
    # One that is neither an answer nor a failure never left the house.
    if any(one.acknowledgement or one.error for id, one in outcomes.items() if id not in failed):
        _end(platform_id)
    elif failed:
        _count(platform_id, failed, now)
        _ring(platform_id, next(iter(failed)), now)


def _count(platform_id: UUID, failed: Mapping[UUID, Outcome], now: datetime) -> None:
    wishes = [one.error.retry_after or 0 for one in failed.values() if one.error]
    pause = max(PAUSE, min(timedelta(seconds=max(wishes)), LONGEST_WISH))
    told: dict[str, Any] = {"platform": platform_id, "now": now, "ask_after": now + pause}
    told |= {"measure": list(failed)[-1], "failures": len(failed)}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, told)


@transaction.atomic
def _end(platform_id: UUID) -> None:
    """What failed meanwhile goes at once, and nothing of it counts against the measure."""
    over = Outage.objects.select_for_update().filter(platform=platform_id).first()
    if over is None:
        return
    over.delete()
    if over.failures < OUT_AFTER:
        return
    waiting = Measure.objects.filter(
        platform=platform_id, state__in=OUTBOUND, executing_since=None, attempts__gt=0
    )
    free = waiting.select_for_update(skip_locked=True).order_by("id").values("id")
    Measure.objects.filter(id__in=list(free.values_list("id", flat=True))).update(
        try_after=None, attempts=0
    )


@transaction.atomic
def _ring(platform_id: UUID, measure_id: UUID, now: datetime) -> None:
    """Once in an outage somebody is told, by the measure that failed just now."""
    lasting = Outage.objects.filter(platform=platform_id, failures__gte=OUT_AFTER, alarmed_at=None)
    if lasting.filter(since__lte=now - ALARM_AFTER).update(alarmed_at=now):
        alarm(hold(measure_id), now)
