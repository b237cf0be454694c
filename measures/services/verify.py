"""Every measure ends in tests, not in an assertion.

As everything that leaves the house: a short transaction opens a round of tests, the questions are asked
outside any, a short transaction stores what was found. A round belongs to whoever opened it: when the
measure moved on meanwhile, or the lease ran out and another worker opened a round of its own, what this
one found is dropped.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from measures.checks import Result
from measures.models import Measure
from measures.rules import Family
from measures.services import resending
from measures.services.expectations import Expectation, expectation
from measures.services.findings import keep
from measures.services.lifecycle import hold
from measures.services.testing import Eyes, Finding, examine
from measures.services.watching import GIVEN_BACK

log = logging.getLogger(__name__)
# One run of the sweep: at most so many rounds, within so long; the next comes in ten seconds.
BATCH: Final = 200
RUN: Final = timedelta(seconds=45)
# After so many rounds in a row that nobody answered, this run asks there no more: an outage is not asked 200 times.
OUTAGE: Final = 3
# How long the sweep may take to lift what has run its term.
TERM: Final = timedelta(minutes=5)
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
    """Test what is due, one measure after the other. Safe at any time, in parallel, and when it is killed.

    Where nobody answers OUTAGE times in a row, the measures that ask there are left for the next run:
    an outage of the guard keeps no takedown waiting, nor the other way round.
    """
    began, tested, broken = clock(), 0, 0
    silent: Counter[bool] = Counter()
    while tested < BATCH and clock() < began + RUN:
        mute = [asks_guard for asks_guard in (True, False) if silent[asks_guard] >= OUTAGE]
        opened = open_next(now=clock(), mute=mute)
        if opened is None:
            break
        tested += 1
        try:
            ran = run(opened, eyes, clock)
        except Exception:
            # One bad row keeps no other waiting; its lease keeps it away for a while, and then it is told again.
            log.exception("The tests of measure %s could not be made.", opened.measure.id)
            continue
        broken += ran.result == Result.BROKEN
        silent[_asks_guard(opened)] = silent[_asks_guard(opened)] + 1 if ran.silent else 0
    return VerifyResult(tested, broken)


def _asks_guard(opened: Round) -> bool:
    return opened.measure.family == Family.PROMPT_BLOCK


@transaction.atomic
def open_next(*, now: datetime, mute: Collection[bool] = ()) -> Round | None:
    """Open the round of tests that has been due the longest, of those nobody else is at. None: nothing is due.

    `mute`: leave out what asks the guard (True), or the platform (False).
    """
    free = Q(checking_since=None) | Q(checking_since__lte=now - LEASE)
    # In the moments after its term the sweep lifts it; what a court keeps beyond its term is tested on.
    lasting = Q(expires_at=None) | ~Q(expires_at__range=(now - TERM, now))
    due = Measure.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        free, lasting | Q(state__in=GIVEN_BACK), check_at__lte=now
    )
    for asks_guard in mute:
        of_guard = Q(family=Family.PROMPT_BLOCK)
        due = due.exclude(of_guard) if asks_guard else due.filter(of_guard)
    measure = due.select_related("artefact", "platform_user").order_by("check_at").first()
    if measure is None:
        return None
    measure.checking_since = now
    measure.save(update_fields=["checking_since"])
    return Round(measure, now, expectation(measure, now))


@dataclass(frozen=True)
class Ran:
    """What came of one round. `silent`: nobody answered any of its questions."""

    result: Result
    silent: bool = False


def run(opened: Round, eyes: Eyes, clock: Callable[[], datetime]) -> Ran:
    """Ask, outside any transaction, and store what was found."""
    if opened.measure.resend:
        outcome = resending.send(opened.measure, eyes.platform)
        result = resending.settle(opened.measure.id, opened.at, outcome, now=clock())
        return Ran(result, silent=bool(outcome.error and not outcome.error.permanent))
    findings = examine(opened.expected, eyes)
    silent = all(found.outcome == Result.UNREACHABLE for found in findings)
    return Ran(settle(opened.measure.id, opened.at, findings, now=clock()), silent)


@transaction.atomic
def settle(measure_id: UUID, at: datetime, findings: list[Finding], *, now: datetime) -> Result:
    """Store what the round opened at `at` found; UNREACHABLE when the round is no longer ours."""
    measure = hold(measure_id)
    if measure.checking_since != at:
        return Result.UNREACHABLE
    return keep(measure, at, findings, now)
