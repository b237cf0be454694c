"""Every measure ends in tests, not in an assertion.

As everything that leaves the house: a short transaction opens a round of tests, the questions are asked
outside any, a short transaction stores what was found. A round belongs to whoever opened it: when the
measure moved on meanwhile, or the lease ran out and another worker opened a round of its own, what this
one found is dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from measures.checks import Result
from measures.models import Measure
from measures.services import resending
from measures.services.expectations import Expectation, expectation
from measures.services.findings import keep
from measures.services.lifecycle import hold
from measures.services.probing import Eyes, Finding, examine
from measures.services.watching import GIVEN_BACK

# One run of the sweep: at most so many rounds, within so long; the next comes in ten seconds.
BATCH: Final = 200
RUN: Final = timedelta(seconds=45)
# After so many rounds in a row that nobody answered, this run gives up: an outage is not asked 200 times.
OUTAGE: Final = 3
# Longer than all the questions of a round take with their own time limits: 3 × 10 s, or 21 × 5 s at the guard.
LEASE: Final = timedelta(seconds=150)


@dataclass(frozen=True)
class Round:
    """A round that was opened at `at`: which measure, and what should be seen of it."""

    measure: Measure
    at: datetime
    expected: Expectation


@dataclass(frozen=True)
class VerifyResult:
    """How many measures were tested, and of how many the tests found that they do not hold."""

    tested: int
    broken: int


def verify(eyes: Eyes, clock: Callable[[], datetime]) -> VerifyResult:
    """Test what is due, one measure after the other. Safe at any time, in parallel, and when it is killed."""
    began, tested, broken, silent = clock(), 0, 0, 0
    while tested < BATCH and silent < OUTAGE and clock() < began + RUN:
        opened = open_next(now=clock())
        if opened is None:
            break
        result = run(opened, eyes, clock)
        tested += 1
        broken += result == Result.BROKEN
        silent = silent + 1 if result == Result.UNREACHABLE else 0
    return VerifyResult(tested, broken)


@transaction.atomic
def open_next(*, now: datetime) -> Round | None:
    """Open the round of tests that has been due the longest, of those nobody else is at. None: nothing is due."""
    free = Q(checking_since=None) | Q(checking_since__lte=now - LEASE)
    lasting = Q(expires_at=None) | Q(expires_at__gt=now)
    due = Measure.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        free, lasting | Q(state__in=GIVEN_BACK), check_at__lte=now
    )
    measure = due.select_related("artefact", "platform_user").order_by("check_at").first()
    if measure is None:
        return None
    measure.checking_since = now
    measure.save(update_fields=["checking_since"])
    return Round(measure, now, expectation(measure, now))


def run(opened: Round, eyes: Eyes, clock: Callable[[], datetime]) -> Result:
    """Ask, outside any transaction, and store what was found."""
    if opened.measure.resend:
        outcome = resending.send(opened.measure, eyes.platform)
        return resending.settle(opened.measure.id, opened.at, outcome, now=clock())
    return settle(opened.measure.id, opened.at, examine(opened.expected, eyes), now=clock())


@transaction.atomic
def settle(measure_id: UUID, at: datetime, findings: list[Finding], *, now: datetime) -> Result:
    """Store what the round opened at `at` found; UNREACHABLE when the round is no longer ours."""
    measure = hold(measure_id)
    if measure.checking_since != at:
        return Result.UNREACHABLE
    return keep(measure, at, findings, now)
