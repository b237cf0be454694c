"""Finding the rows whose moment has come and attending to each."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from deadlines.models import Deadline
from deadlines.selectors import waking
from deadlines.services.firing import Result, attend

BATCH = 500


@dataclass(frozen=True)
class SweepResult:
    """How many rows ended which way. Busy rows come again with the next sweep."""

    fired: int = 0
    breached: int = 0
    warned: int = 0
    not_due: int = 0
    busy: int = 0
    gone: int = 0
    failed: int = 0


def run(now: datetime) -> SweepResult:
    """Attend to every row whose moment has come by `now` (UTC, the database's clock), earliest first.

    Any number of sweeps may run at once, and one that is killed leaves nothing half done: each row is its
    own transaction, and the row's state says what is left. With nothing to do it asks one query.
    """
    counted = Counter(attend(candidate, now) for candidate in _candidates(now))
    return SweepResult(**{str(result): counted[result] for result in Result})


def _candidates(now: datetime) -> Iterator[Deadline]:
    """Rows with business, read in batches without any lock, each offered once in this run."""
    after: tuple[datetime, UUID] | None = None
    while batch := list(_after(now, after)[:BATCH]):
        yield from batch
        if len(batch) < BATCH:
            return
        after = (batch[-1].wake_at, batch[-1].pk)


def _after(now: datetime, after: tuple[datetime, UUID] | None) -> QuerySet[Deadline]:
    rows = waking(now).only("id", "case_id", "wake_at", "kind")
    if after is None:
        return rows
    wake_at, last = after
    return rows.filter(Q(wake_at__gt=wake_at) | Q(wake_at=wake_at, pk__gt=last))
