"""Lifting a measure at the platform: as carrying it out, with the key of the lifting."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from common.actors import WORKER
from evidence.chain import Fact
from measures.models import Measure, MeasureGround
from measures.rules import Family
from measures.services import outage, turns
from measures.services.attempts import (
    REFUSED_LIFT_WAIT,
    Outcome,
    alarm,
    as_stored,
    is_free,
    open_attempt,
    put_off,
)
from measures.services.lifecycle import has_ground, hold, move, record, store
from measures.states import EndReason, MeasureState
from notices.services.lifecycle import Step
from platforms.client import PlatformClient
from platforms.contract import PlatformError, TargetNotFound

LIFTED: Final = "lifted"  # the platform's own word


def lift(measure_id: UUID, client: PlatformClient, clock: Callable[[], datetime]) -> None:
    """Have the platform undo the measure, if it is to and nobody is at it.

    There is no giving up: a platform that refuses raises the alarm and is asked again, hourly. A
    target that is gone counts as lifted, for there is nothing left to give back. A measure behind
    which something stands again is not lifted: the platform is asked whether it did so already.
    """
    measure = begin(measure_id, now=clock())
    if measure is not None:
        outcome = ask(measure, client, held=has_ground(measure))
        settle(measure_id, outcome, now=clock())
        outage.hear(measure.platform_id, {measure_id: outcome}, clock())


@transaction.atomic
def begin(measure_id: UUID, *, now: datetime) -> Measure | None:
    """Open an attempt, before anything is sent. None when there is nothing to do."""
    measure = hold(measure_id)
    if measure.state != MeasureState.LIFTING or not is_free(measure, now):
        return None
    if not turns.has_its_turn(measure):
        return None
    store(measure, **open_attempt(measure, now))
    facts: dict[str, Fact] = {"attempt": measure.attempts, "lift_key": str(measure.lift_key)}
    record(measure, "measure.attempted", Step(WORKER, now, facts=facts))
    return measure


@transaction.atomic
def settle(measure_id: UUID, outcome: Outcome, *, now: datetime) -> None:
    """Store what came of an attempt. The first success counts; a later outcome finds nothing to do."""
    measure = hold(measure_id)
    if measure.state != MeasureState.LIFTING:
        return
    if outcome.acknowledgement and outcome.acknowledgement.state != LIFTED:
        recall(measure, Step(WORKER, now))
    elif outcome.acknowledgement:
        was_lifted(measure, as_stored(outcome.acknowledgement), Step(WORKER, now))
    elif isinstance(outcome.error, TargetNotFound):
        was_lifted(measure, {"target": "gone", "answer": outcome.error.message}, Step(WORKER, now))
    elif outcome.error and outcome.error.permanent:
        store(
            measure,
            executing_since=None,
            try_after=now + REFUSED_LIFT_WAIT,
            last_error=outcome.error.message,
        )
        alarm(measure, now)
    elif outcome.error:
        put_off(measure, outcome.error, now)


def ask(measure: Measure, client: PlatformClient, *, held: bool) -> Outcome:
    """Have it lifted; or, where something stands behind it again, ask how it is. Outside any transaction."""
    try:
        if held:
            return Outcome(client.measure(str(measure.id)))
        return Outcome(client.lift(str(measure.id), str(measure.lift_key)))
    except PlatformError as error:
        return Outcome(error=error)


def was_lifted(measure: Measure, acknowledgement: dict[str, object], step: Step) -> None:
    """The measure has ended. A sanction that did not merely run its term counts as never given.

    What came to stand behind it again meanwhile came too late.
    """
    late = MeasureGround.objects.filter(measure=measure, ended_at=None)
    late.update(ended_at=step.now, ended_reason=EndReason.RESTORED.value)
    move(
        measure,
        "void" if _never_given(measure) else "end",
        "measure.lifted",
        Step(step.actor, step.now, facts={"lift_key": str(measure.lift_key)}),
        lift_acknowledgement=acknowledgement,
        lifted_at=step.now,
        executing_since=None,
        try_after=None,
        alarmed_at=None,
        last_error="",
    )


def recall(measure: Measure, step: Step) -> None:
    """It was not lifted, and something stands behind it again: it stays in force."""
    move(
        measure,
        "recall",
        "measure.recalled",
        step,
        executing_since=None,
        try_after=None,
        alarmed_at=None,
        attempts=0,
        last_error="",
    )


def _never_given(measure: Measure) -> bool:
    expired = MeasureGround.objects.filter(measure=measure, ended_reason=EndReason.EXPIRED)
    return measure.family == Family.USER_SANCTION and not expired.exists()
