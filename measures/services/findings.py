"""What tests found: written down, and what follows from it."""

from datetime import datetime
from typing import Any

from common.actors import WORKER
from common.jobs import enqueue
from evidence.chain import Fact
from measures.checks import Result, next_test, sum_up
from measures.models import Measure, MeasureCheck
from measures.services.lifecycle import record, store
from measures.services.testing import Finding
from measures.services.watching import GIVEN_BACK
from notices.services.lifecycle import Step


def keep(measure: Measure, at: datetime, findings: list[Finding], now: datetime) -> Result:
    """Store the round of tests that began at `at`, of a measure that is held, and act on it.

    A first round that holds verifies the measure; one that does not raises the alarm, once, and mails
    whoever ordered and approved it; a later one that holds is recorded too. A round that could not be
    made says nothing and is made again soon.
    """
    lifted = measure.state in GIVEN_BACK
    MeasureCheck.objects.bulk_create(
        MeasureCheck(
            measure=measure,
            what=found.what,
            at=at,
            lifted=lifted,
            outcome=found.outcome,
            facts=dict(found.facts),
        )
        for found in findings
    )
    result = sum_up(found.outcome for found in findings)
    misses = measure.check_misses + 1 if result == Result.UNREACHABLE else 0
    since = None if lifted else measure.in_force_at or at
    again = next_test(result, since=since, now=now, misses=misses)
    store(measure, checking_since=None, check_misses=misses, check_at=again)
    facts: dict[str, Fact] = {
        "tests": [str(found.what) for found in findings],
        "lifted": lifted,
        "tested_at": at.isoformat(),
    }
    if result == Result.HOLDS:
        _holds(measure, at, Step(WORKER, now, facts=facts))
    elif result == Result.BROKEN:
        wrong = [str(found.what) for found in findings if found.outcome == Result.BROKEN]
        _broken(measure, at, Step(WORKER, now, facts={**facts, "broken": list(wrong)}))
    return result


def _holds(measure: Measure, at: datetime, step: Step) -> None:
    new, was_broken = measure.verified_at is None, measure.found_broken_at is not None
    changes: dict[str, Any] = {"verified_at": at, "found_broken_at": None, "excused_at": None}
    if was_broken:
        changes["alarmed_at"] = None
    store(measure, **changes)
    if new:
        record(measure, _event(measure, was_broken), step)


def _event(measure: Measure, was_broken: bool) -> str:
    if measure.state in GIVEN_BACK:
        return "measure.lift_verified"
    return "measure.held_again" if was_broken else "measure.verified"


def _broken(measure: Measure, at: datetime, step: Step) -> None:
    new = measure.found_broken_at is None
    store(measure, verified_at=None, found_broken_at=measure.found_broken_at or at)
    if measure.excused_at is not None:
        return
    if new:
        lifted = measure.state in GIVEN_BACK
        event = "measure.lift_check_failed" if lifted else "measure.check_failed"
        record(measure, event, step)
    if measure.alarmed_at is None:
        store(measure, alarmed_at=step.now)
        enqueue("measures.tell_broken", measure.id)
