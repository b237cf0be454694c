"""A consequence that did not come about: try again later, and call somebody when it goes on."""

import logging
import traceback
from datetime import datetime
from pathlib import Path
from uuid import UUID

from common.actors import SWEEP
from deadlines import rules
from deadlines.errors import HeldUp
from deadlines.models import Deadline
from deadlines.services.lifecycle import Occasion, record
from deadlines.states import State
from evidence.chain import Fact

logger = logging.getLogger(__name__)


def note(id: UUID, error: Exception, now: datetime) -> None:
    """Count the attempt, keep its error, wait; after rules.ALARM_AFTER attempts ring the alarm, once.

    Called with the case locked, when what the handler did is undone.
    The attempts go on after the alarm, so that a mended handler needs nobody's hand.
    """
    row = Deadline.objects.get(pk=id)
    if row.state != State.RUNNING:
        return
    row.attempts += 1
    row.last_error = _kept(error)
    row.try_after = now + rules.wait_after(row.attempts)
    alarm = row.attempts >= rules.ALARM_AFTER and row.alarmed_at is None
    if alarm:
        row.alarmed_at = now
    row.save(update_fields=["attempts", "last_error", "try_after", "alarmed_at"])
    _log(row, error)
    if alarm:
        occasion = Occasion(SWEEP, row.due_at, now)
        facts: dict[str, Fact] = {"attempts": row.attempts, "error": row.last_error}
        record(row, "deadline.stuck", occasion, facts)


def _log(row: Deadline, error: Exception) -> None:
    if isinstance(error, HeldUp):
        logger.info("deadline %s (%s) is held up", row.pk, row.kind)
        return
    frames = "".join(traceback.format_tb(error.__traceback__))
    logger.error("deadline %s (%s): %s\n%s", row.pk, row.kind, row.last_error, frames)


def _kept(error: Exception) -> str:
    return error.message[:500] if isinstance(error, HeldUp) else without_personal_text(error)


def without_personal_text(error: Exception) -> str:
    """The error's type and where it arose. Its message may quote what people wrote, so it is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {_place(frames[-1])}" if frames else ""
    return f"{type(error).__name__}{where}"[:500]


def _place(frame: traceback.FrameSummary) -> str:
    folder, name = Path(frame.filename).parts[-2:]
    return f"{folder}/{name}:{frame.lineno}"


def alarm_without_retry(deadline: Deadline, error: Exception, now: datetime) -> None:
    """Ring the alarm for something that is done only once, when a person acts, and went wrong."""
    deadline.last_error, deadline.alarmed_at = without_personal_text(error), now
    deadline.save(update_fields=["last_error", "alarmed_at"])
    facts: dict[str, Fact] = {"attempts": 1, "error": deadline.last_error}
    record(deadline, "deadline.stuck", Occasion(SWEEP, deadline.due_at, now), facts)
