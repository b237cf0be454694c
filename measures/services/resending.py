"""An order given once more, under a new key, because tests found that the first one did nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from common.actors import WORKER
from evidence.chain import Fact
from measures.checks import SOON, Result, miss_wait
from measures.models import Measure
from measures.services.attempts import Outcome, alarm, as_stored
from measures.services.lifecycle import hold, record, store
from measures.services.requests import stored
from measures.services.watching import GIVEN_BACK
from notices.services.lifecycle import Step
from platforms.client import PlatformClient
from platforms.contract import PlatformError, TargetNotFound


def send(measure: Measure, platform: PlatformClient) -> Outcome:
    """Order it, or its lifting, under the key the measure has now. Changes nothing here."""
    try:
        if measure.state in GIVEN_BACK:
            return Outcome(platform.lift(str(measure.id), str(measure.lift_key)))
        return Outcome(platform.apply(stored(measure), str(measure.idempotency_key)))
    except PlatformError as error:
        return Outcome(error=error)


@transaction.atomic
def settle(measure_id: UUID, at: datetime, outcome: Outcome, *, now: datetime) -> Result:
    """Store what came of it. An acknowledgement proves nothing: the tests that follow soon do."""
    measure = hold(measure_id)
    if measure.checking_since != at:
        return Result.UNREACHABLE
    if outcome.acknowledgement or isinstance(outcome.error, TargetNotFound):
        _answered(measure, outcome, now)
        return Result.HOLDS
    error = outcome.error
    if error is not None and error.permanent:
        done: dict[str, Any] = {"resend": False, "last_error": error.message}
        store(measure, checking_since=None, check_at=now + SOON, **done)
        alarm(measure, now)
        return Result.HOLDS
    misses = measure.check_misses + 1
    told = {"last_error": error.message if error else "", "check_misses": misses}
    store(measure, checking_since=None, check_at=now + miss_wait(misses), **told)
    return Result.UNREACHABLE


def _answered(measure: Measure, outcome: Outcome, now: datetime) -> None:
    changes: dict[str, Any] = {"resend": False, "last_error": "", "check_misses": 0}
    facts: dict[str, Fact] = {"acknowledgement": None}
    if outcome.acknowledgement:
        name = "lift_acknowledgement" if measure.state in GIVEN_BACK else "acknowledgement"
        changes[name] = as_stored(outcome.acknowledgement)
        facts["acknowledgement"] = outcome.acknowledgement.acknowledgement_id
    store(measure, checking_since=None, check_at=now + SOON, **changes)
    record(measure, "measure.acknowledged_again", Step(WORKER, now, facts=facts))
