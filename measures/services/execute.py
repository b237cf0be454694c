"""Carrying a measure out: a short transaction, a call outside any, a short transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from common.actors import WORKER
from measures.models import Measure, MeasureGround
from measures.services import outage, turns
from measures.services.attempts import (
    Outcome,
    alarm,
    as_stored,
    is_free,
    open_attempt,
    put_off,
)
from measures.services.lifecycle import has_ground, hold, move, record, store
from measures.services.release import let_go
from measures.services.requests import stored
from measures.states import EndReason, MeasureState
from notices.services.lifecycle import Step
from platforms.client import PlatformClient
from platforms.contract import PlatformError, TargetNotFound


def execute(measure_id: UUID, client: PlatformClient, clock: Callable[[], datetime]) -> None:
    """Have the platform carry the measure out, if it is to be and nobody is at it.

    `clock` is read before and after the call. Whatever the platform answers is stored; an outage is
    followed by another attempt. Safe to call as often as one likes, from anywhere, at any moment.
    """
    measure = begin(measure_id, now=clock())
    if measure is not None:
        outcome = apply(measure, client)
        settle(measure_id, outcome, now=clock())
        outage.hear(measure.platform_id, {measure_id: outcome}, clock())


@transaction.atomic
def begin(measure_id: UUID, *, now: datetime) -> Measure | None:
    """Open an attempt, before anything is sent. None when there is nothing to do."""
    measure = hold(measure_id)
    if not turns.has_its_turn(measure):
        return None
    facts = {"attempt": measure.attempts + 1}
    if measure.state == MeasureState.ORDERED:
        step = Step(WORKER, now, facts=facts)
        move(measure, "start", "measure.attempted", step, **open_attempt(measure, now))
        return measure
    if measure.state == MeasureState.EXECUTING and is_free(measure, now):
        store(measure, **open_attempt(measure, now))
        record(measure, "measure.attempted", Step(WORKER, now, facts=facts))
        return measure
    return None


@transaction.atomic
def settle(measure_id: UUID, outcome: Outcome, *, now: datetime) -> None:
    """Store what came of an attempt. The first outcome counts; a later one finds nothing to do."""
    measure = hold(measure_id)
    if measure.state != MeasureState.EXECUTING:
        return
    if outcome.acknowledgement:
        took_effect(measure, as_stored(outcome.acknowledgement), Step(WORKER, now))
    elif isinstance(outcome.error, TargetNotFound):
        _end(measure, "miss", "measure.not_found", outcome.error, now)
    elif outcome.error and outcome.error.permanent:
        _end(measure, "fail", "measure.failed", outcome.error, now)
        alarm_or_drop(measure, now)
    elif outcome.error:
        put_off(measure, outcome.error, now)


def apply(measure: Measure, client: PlatformClient) -> Outcome:
    """Ask the platform; outside any transaction."""
    try:
        return Outcome(client.apply(stored(measure), str(measure.idempotency_key)))
    except PlatformError as error:
        return Outcome(error=error)


def took_effect(measure: Measure, acknowledgement: dict[str, object], step: Step) -> None:
    """The platform acknowledged it. If meanwhile every ground ended, it is lifted at once."""
    facts = {"acknowledgement": str(acknowledgement["acknowledgement_id"])}
    move(
        measure,
        "take_effect",
        "measure.applied",
        Step(step.actor, step.now, facts=facts),
        acknowledgement=acknowledgement,
        **in_effect(step.now),
    )
    drop_if_groundless(measure, step)


def in_effect(now: datetime) -> dict[str, Any]:
    """The fields of a measure whose attempts were rewarded."""
    over: dict[str, Any] = {"executing_since": None, "try_after": None, "alarmed_at": None}
    return {"in_force_at": now, "last_error": "", **over}


def drop_if_groundless(measure: Measure, step: Step) -> None:
    """Let go of a measure whose last ground ended while it was being carried out."""
    if not has_ground(measure):
        grounds = MeasureGround.objects.filter(measure=measure).order_by("-ended_at")
        last = grounds.first()
        if last is not None:
            cases = sorted({ground.case_id for ground in grounds})
            let_go(measure, last.ended_reason or EndReason.CORRECTED, step, cases)


def alarm_or_drop(measure: Measure, now: datetime) -> None:
    """A failed measure calls for a person, unless nobody wants it any more."""
    if has_ground(measure):
        alarm(measure, now)
    drop_if_groundless(measure, Step(WORKER, now))


def _end(measure: Measure, name: str, event: str, error: PlatformError, now: datetime) -> None:
    step = Step(WORKER, now, payload=error.message.encode())
    changes: dict[str, Any] = {"executing_since": None, "try_after": None}
    move(measure, name, event, step, last_error=error.message, **changes)
