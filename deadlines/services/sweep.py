"""Finding the rows whose moment has come and attending to them, many at a time."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from deadlines.selectors import waking
from deadlines.services.batches import attend_all
from deadlines.services.firing import Candidate, Result

BATCH = 500
"""Rows for which the cases are held at once: whoever wants one of the cases waits as long as it takes."""


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


def run(now: datetime, *, on_the_way: timedelta = timedelta(0)) -> SweepResult:
    """Attend to every row whose moment has come by `now` (UTC, the database's clock), earliest first.

    Rows whose moment came less than `on_the_way` ago are left for the next sweep; the effect dates
    from their end all the same.

    Any number of sweeps may run at once, and one that is killed leaves nothing half done: a row changes
    whole or not at all, and its state says what is left. With nothing to do it asks one query.
    """
    counted: Counter[Result] = Counter()
    for batch in _batches(now - on_the_way):
        counted.update(attend_all(batch, now))
    return SweepResult(**{str(result): counted[result] for result in Result})


def _batches(until: datetime) -> Iterator[list[Candidate]]:
    """Rows with business, read without any lock, each offered once in this run."""
    last: Candidate | None = None
    while batch := _after(until, last):
        yield batch
        if len(batch) < BATCH:
            return
        last = batch[-1]


def _after(until: datetime, last: Candidate | None) -> list[Candidate]:
    rows = waking(until)
    if last is not None:
        rows = rows.filter(Q(wake_at__gt=last.wake_at) | Q(wake_at=last.wake_at, pk__gt=last.pk))
    return [Candidate(*row) for row in rows.values_list(*Candidate._fields)[:BATCH]]
