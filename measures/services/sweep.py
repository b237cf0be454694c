"""Nothing is forgotten: whatever is due and has nobody at it is sent off again.

This, and not the broker's redelivery, is how work survives a worker that was killed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from common.actors import SWEEP, WORKER
from common.jobs import enqueue
from measures.models import EntryGround, Measure, MeasureFreeze, MeasureGround
from measures.rules import SENT
from measures.services import outage, turns
from measures.services.appeals import lapse_moot
from measures.services.attempts import lease
from measures.services.follow import GIVEN_UP, follow
from measures.services.grounds import end_all
from measures.services.lifecycle import hold, is_frozen
from measures.services.many import hold_many, record_many, store_many
from measures.services.ticket_sweep import stop_clocks
from measures.services.upstream import end_with_measures
from measures.states import IN_EFFECT, OUTBOUND, EndReason, MeasureState
from notices.models import CaseRegime
from notices.services.lifecycle import Step

# At most so many at a time, the oldest first.
BATCH: Final = 500
# More than so many waiting measures go together (drain.py).
FEW: Final = 5


@dataclass(frozen=True)
class SweepResult:
    """How many measures were sent off again, ended with their term, followed their case, or wait too long.

    `upstream`: how many upstream providers were told that a measure ended; `moot`: how many appeals have nothing
    left to answer; `tickets`: how many clocks of tickets stopped because their measure ended.
    """

    sent: int
    expired: int
    followed: int
    overdue: int
    upstream: int
    moot: int
    tickets: int


def sweep(now: datetime) -> SweepResult:
    """One round at `now`. Safe at any time and in parallel."""
    return SweepResult(
        _send(now),
        _expire(now),
        _follow(now),
        _alarm_overdue(now),
        end_with_measures(now),
        lapse_moot(now),
        stop_clocks(now),
    )


def _send(now: datetime) -> int:
    return sum(_send_to(platform_id, now) for platform_id in turns.platforms(now))


@transaction.atomic
def _send_to(platform_id: UUID, now: datetime) -> int:
    due = turns.due(now).filter(platform=platform_id)
    waiting = due.count()
    if waiting > FEW or outage.of(platform_id):
        enqueue("measures.drain", platform_id)
        return waiting
    first = turns.first_of_cases(due, out=False)
    rows = list(first.select_for_update(of=("self",), skip_locked=True))
    for measure in rows:
        lifting = measure.state == MeasureState.LIFTING
        enqueue("measures.lift" if lifting else "measures.execute", measure.id)
    # The next round leaves these alone until the task has had its time.
    Measure.objects.filter(id__in=[row.id for row in rows]).update(try_after=now + lease())
    return len(rows)


def _expire(now: datetime) -> int:
    frozen = MeasureFreeze.objects.filter(measure=OuterRef("id"), ended_at=None)
    due = Measure.objects.filter(~Exists(frozen), state__in=IN_EFFECT, expires_at__lte=now)
    return sum(_expire_one(measure_id, now) for measure_id in _ids(due))


@transaction.atomic
def _expire_one(measure_id: UUID, now: datetime) -> bool:
    measure = hold(measure_id)
    if measure.state not in IN_EFFECT or not measure.expires_at or measure.expires_at > now:
        return False
    if is_frozen(measure):  # by a court's order that came while we waited for the case
        return False
    end_all(measure, EndReason.EXPIRED, Step(SWEEP, now, effective_at=measure.expires_at))
    return True


def _follow(now: datetime) -> int:
    """The task that a withdrawal sends may be lost; the grounds tell."""
    regimes = CaseRegime.objects.filter(GIVEN_UP).values("id")
    left = MeasureGround.objects.filter(ended_at=None, case_regime__in=regimes)
    cases = left.order_by("case_id").values_list("case_id", flat=True).distinct()[:BATCH]
    marked = EntryGround.objects.filter(ended_at=None, case_regime__in=regimes)
    marks = marked.order_by().values_list("case_regime__case_id", flat=True).distinct()[:BATCH]
    return sum(follow(case_id, Step(SWEEP, now)) for case_id in [*cases, *marks])


def _alarm_overdue(now: datetime) -> int:
    """What the platform has not confirmed for too long (MEASURE_CONFIRM_MINUTES) is somebody's to look at."""
    late = now - timedelta(minutes=settings.MEASURE_CONFIRM_MINUTES)
    waiting = Measure.objects.filter(state__in=OUTBOUND, family__in=SENT, alarmed_at=None)
    due = waiting.filter(Q(moved_at__lte=late) | Q(moved_at=None, ordered_at__lte=late))
    return _alarm_many(_ids(due), late, now)


@transaction.atomic
def _alarm_many(ids: list[UUID], late: datetime, now: datetime) -> int:
    held = hold_many(ids)
    unlike = {one.measure.id for one in held if not _is_overdue(one.measure, late)}
    stuck = [one for one in held if one.measure.id not in unlike]
    store_many([one.measure for one in stuck], alarmed_at=now)
    record_many(stuck, "measure.stuck", Step(WORKER, now), lambda one: {"attempts": one.attempts})
    return len(stuck)


def _is_overdue(measure: Measure, late: datetime) -> bool:
    since = measure.moved_at or measure.ordered_at
    return measure.state in OUTBOUND and measure.alarmed_at is None and since <= late


def _ids(measures: QuerySet[Measure]) -> list[UUID]:
    return list(measures.order_by("ordered_at").values_list("id", flat=True)[:BATCH])
