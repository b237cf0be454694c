"""Attempts to reach the platform: who may make one, when the next is due, when somebody must look.

An attempt is open from `executing_since` until its outcome is stored. If its worker dies, the lease
runs out and the sweep sends another; both carry the same key, so the platform acts once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Q

from common.actors import WORKER
from measures.models import Measure
from measures.services.lifecycle import record, store
from notices.services.lifecycle import Step
from platforms.contract import Acknowledgement, PlatformError

FIRST_WAIT: Final = timedelta(seconds=2)
LONGEST_WAIT: Final = timedelta(minutes=20)
# After so many failures in a row somebody is told; the attempts go on all the same.
ALARM_AFTER: Final = 6
# A platform that refuses to give something back is asked again, slowly: the law does not let go.
REFUSED_LIFT_WAIT: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt: the platform's word, or its error."""

    acknowledgement: Acknowledgement | None = None
    error: PlatformError | None = None


def is_outage(outcome: Outcome) -> bool:
    """Whether it failed in a way that another attempt may mend."""
    return outcome.error is not None and not outcome.error.permanent


def lease() -> timedelta:
    """How long an attempt may last (MEASURE_LEASE_SECONDS)."""
    return timedelta(seconds=settings.MEASURE_LEASE_SECONDS)


def nobody_at_it(now: datetime) -> Q:
    """Rows on which no attempt is open."""
    return Q(executing_since=None) | Q(executing_since__lte=now - lease())


def is_free(measure: Measure, now: datetime) -> bool:
    """Whether no attempt is open on this measure."""
    return measure.executing_since is None or measure.executing_since <= now - lease()


def open_attempt(measure: Measure, now: datetime) -> dict[str, Any]:
    """The fields that mark an attempt as going on."""
    return {"executing_since": now, "try_after": None, "attempts": measure.attempts + 1}


def wait(attempts: int, retry_after: int | None = None) -> timedelta:
    """How long to wait after so many failures: doubling from 2 s to 20 min, never less than asked for."""
    own = min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)
    return max(own, min(timedelta(seconds=retry_after or 0), timedelta(hours=1)))


def put_off(measure: Measure, error: PlatformError, now: datetime) -> None:
    """Keep the error and try again later; after ALARM_AFTER failures raise the alarm, once."""
    pause = wait(measure.attempts, error.retry_after)
    store(measure, executing_since=None, try_after=now + pause, last_error=error.message)
    if measure.attempts >= ALARM_AFTER:
        alarm(measure, now)


def alarm(measure: Measure, now: datetime) -> None:
    """Somebody should look: on the list of alarms and in the ledger, once."""
    if measure.alarmed_at is None:
        store(measure, alarmed_at=now)
        record(measure, "measure.stuck", Step(WORKER, now, facts={"attempts": measure.attempts}))


def as_stored(acknowledgement: Acknowledgement) -> dict[str, Any]:
    """The platform's word as it is kept, with the answer exactly as received."""
    lifted_at = acknowledgement.lifted_at
    return {
        "acknowledgement_id": acknowledgement.acknowledgement_id,
        "state": acknowledgement.state,
        "applied_at": acknowledgement.applied_at.isoformat(),
        "lifted_at": lifted_at.isoformat() if lifted_at else None,
        "before": acknowledgement.before,
        "after": acknowledgement.after,
        "raw": acknowledgement.raw,
    }
