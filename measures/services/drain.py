"""Many waiting measures together: claimed in a few statements, sent side by side, stored in a few statements.

The states, the entries of the ledger and the promise are those of one by one (execute.py, lift.py), and so is
recovery: a claim is an open attempt with its lease, a repetition carries the same key. Whatever is not plainly
in effect, such as an error or a lost ground, is settled by the services for one.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from common.actors import WORKER
from evidence.chain import Fact
from measures.models import Measure
from measures.services import execute, lift, outage, turns
from measures.services.attempts import Outcome, as_stored, is_outage
from measures.services.many import Held, hold_many, move_many, record_many, store_many
from measures.states import MeasureState
from notices.services.lifecycle import Step
from platforms.client import PlatformClient

logger = logging.getLogger(__name__)

# How long one turn may keep a worker: the sweep comes back every ten seconds.
TURN_SECONDS: Final = 9.0
LINES: Final = 6
LARGEST: Final = 400
# A batch should take about this, so that it grows with a platform that is quick and shrinks with one that is slow.
BATCH_SECONDS: Final = 1.5
# In any case it is called within this; far less than the lease, so that nobody else takes it for dead.
CALLING_SECONDS: Final = 4.0
# So many may be busy before one that is free: cases on which people or other workers are at work just now.
BUSY: Final = 100
# While the platform is out, so many ask whether it is back.
PROBES: Final = 3

_TOLD: Final = """
UPDATE measures_measure AS m SET acknowledgement = n.word::jsonb
  FROM unnest(%s::uuid[], %s::text[]) AS n (id, word) WHERE m.id = n.id
"""


def drain(platform_id: UUID, client: PlatformClient, clock: Callable[[], datetime]) -> int:
    """Send what is due to a platform, the oldest first, in order within each case; how many were asked for.

    Ends when nothing is due, when the platform is out, or after TURN_SECONDS. Never waits for a busy case. Safe in
    parallel and to kill at any moment.
    """
    end, size, sent = time.monotonic() + TURN_SECONDS, LINES, 0
    with client.kept_alive(), ThreadPoolExecutor(LINES) as lines:
        batch = claim(platform_id, size, clock())
        asked, began = _ask_all(batch, client, lines), time.monotonic()
        while batch:
            # While a platform that answers is asked for these, the next are claimed.
            following = claim(platform_id, size, clock()) if sent and began < end else []
            outcomes = {id: outcome for id, outcome in asked if outcome is not None}
            size = _fitting(len(batch), time.monotonic() - began)
            # While these are stored, the next are asked for: none of them is of a case of these.
            asked, began = _ask_all(following, client, lines), time.monotonic()
            settle(batch, outcomes, clock())
            outage.hear(platform_id, outcomes, clock())
            sent, batch = sent + len(outcomes), following
            answers = not all(map(is_outage, outcomes.values()))
            if not batch and answers and began < end:
                batch = claim(platform_id, size, clock())
                asked, began = _ask_all(batch, client, lines), time.monotonic()
    return sent


def _fitting(size: int, seconds: float) -> int:
    """How many to take at a time when so many took so long."""
    return max(LINES, min(LARGEST, int(size * BATCH_SECONDS / max(seconds, 0.001))))


@transaction.atomic
def claim(platform_id: UUID, most: int, now: datetime) -> list[Held]:
    """Open an attempt for each of up to `most` measures, before anything is sent; few while the platform is out."""
    out = outage.of(platform_id)
    if out and out.ask_after > now:
        return []
    due = turns.due(now).filter(platform=platform_id)
    first = turns.first_of_cases(due, out=out is not None)
    most = PROBES if out else most
    ids, held = list(first.values_list("id", flat=True)[: most + BUSY]), list[Held]()
    while ids and not held:  # the first may all be busy, and nobody is to wait behind them
        tried, ids = ids[:most], ids[most:]
        held = hold_many(tried)
    ids = [one.measure.id for one in held]
    again = turns.first_of_cases(due.filter(id__in=ids), out=out is not None, among=ids)
    still = set(again.values_list("id", flat=True))
    mine = [one for one in held if one.measure.id in still]
    _open(mine, now)
    return mine


def settle(batch: Sequence[Held], outcomes: Mapping[UUID, Outcome], now: datetime) -> None:
    """Store what came of each. What was not asked for is free again."""
    if not batch:
        return
    claimed = {one.measure.id: one.measure for one in batch}
    done = _settle_together(
        {
            id: as_stored(outcome.acknowledgement)
            for id, outcome in outcomes.items()
            if outcome.acknowledgement and claimed[id].state == MeasureState.EXECUTING
        },
        now,
    )
    for id in outcomes.keys() - done:
        one_by_one = lift if claimed[id].state == MeasureState.LIFTING else execute
        one_by_one.settle(id, outcomes[id], now=now)
    left = [id for id in claimed if id not in outcomes]
    since = batch[0].measure.executing_since
    Measure.objects.filter(id__in=left, executing_since=since).update(executing_since=None)


def _open(mine: Sequence[Held], now: datetime) -> None:
    step = Step(WORKER, now)
    rows = [one.measure for one in mine]
    new = [one for one in mine if one.measure.state == MeasureState.ORDERED]
    again = [one for one in mine if one.measure.state != MeasureState.ORDERED]
    if new:
        move_many(new, "start", "measure.attempted", step, _attempt)
    if again:
        record_many(again, "measure.attempted", step, _attempt)
    store_many(rows, executing_since=now, try_after=None, attempts=F("attempts") + 1)
    for row in rows:
        row.executing_since = now


def _attempt(measure: Measure) -> dict[str, Fact]:
    facts: dict[str, Fact] = {"attempt": measure.attempts + 1}
    if measure.state == MeasureState.LIFTING:
        facts["lift_key"] = str(measure.lift_key)
    return facts


def _ask_all(
    batch: Sequence[Held], client: PlatformClient, lines: ThreadPoolExecutor
) -> Iterator[tuple[UUID, Outcome | None]]:
    """Begins at once, side by side; yields each one's outcome, None where it was not asked for: time or platform ran out."""
    end, failures = time.monotonic() + CALLING_SECONDS, 0

    def call(one: Held) -> Outcome | None:
        nonlocal failures
        if failures >= outage.OUT_AFTER or time.monotonic() > end:
            return None
        outcome = _ask(one, client)
        failures = failures + 1 if is_outage(outcome) else 0
        return outcome

    return zip([one.measure.id for one in batch], lines.map(call, batch), strict=True)


def _ask(one: Held, client: PlatformClient) -> Outcome:
    try:
        if one.measure.state == MeasureState.LIFTING:
            return lift.ask(one.measure, client, held=one.grounded)
        return execute.apply(one.measure, client)
    except Exception:  # one broken row must not stop the others; its lease runs out
        logger.exception("measure %s could not be asked for", one.measure.id)
        return Outcome()


def _settle_together(words: Mapping[UUID, dict[str, object]], now: datetime) -> set[UUID]:
    """Those that could be stored together: all or none; what is busy, or unusual, is left."""
    if not words:
        return set()
    try:
        with transaction.atomic():
            held = [one for one in hold_many(words.keys()) if one.grounded]
            mine = [one for one in held if one.measure.state == MeasureState.EXECUTING]
            take_effect(mine, words, now)
            connection.check_constraints()  # what would only fail at commit fails here
    except Exception as error:  # noqa: BLE001  the row that raised it raises it again by itself
        logger.warning("%d measures go one by one after %s", len(words), type(error).__name__)
        return set()
    return {one.measure.id for one in mine}


def take_effect(
    mine: Sequence[Held], words: Mapping[UUID, dict[str, object]], now: datetime
) -> None:
    """What `execute.took_effect` does for one whose grounds stand, for many."""
    if not mine:
        return

    def told(measure: Measure) -> dict[str, Fact]:
        return {"acknowledgement": str(words[measure.id]["acknowledgement_id"])}

    step = Step(WORKER, now)
    move_many(mine, "take_effect", "measure.applied", step, told, **execute.in_effect(now))
    ids = [one.measure.id for one in mine]
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, [ids, [json.dumps(words[id]) for id in ids]])
