"""How fast the sweep is among many open clocks, beside the same work in bare SQL, measured in one run.

`measure()` fills and changes the database it is given, as its owner too: only for one that is thrown
away. `manage.py bench deadlines` makes one.
"""

import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from typing import Any, Final

from django.db import connection, connections, transaction

from deadlines.bench_scene import FIRST, HOUR, Size, clear, fill, kinds
from deadlines.services import sweep
from deadlines.services.sweep import SweepResult

EMPTY_SWEEPS: Final = 200
SWEEPERS: Final = 2
"""As many as beat sends at once."""
# What the sweep must write at the least: the rows, and as many as the ledger gets, in one statement.
RAW: Final = """
WITH due AS (
    UPDATE deadlines_deadline SET state = 'breached' WHERE state = 'running' AND wake_at <= %s
    RETURNING id, case_id, subject_id, kind, due_at)
INSERT INTO bench_ledger (id, chain_kind, chain_id, sequence, at, actor, event, facts, payload_sha256,
    previous, hash)
SELECT gen_random_uuid(), 'case', case_id, 2, %s, 'system:sweep', 'deadline.breached',
    jsonb_build_object('deadline', id, 'subject', subject_id, 'kind', kind, 'due_at', due_at),
    '', repeat('0', 64), repeat('0', 64) FROM due
"""
RAW_EMPTY: Final = """
SELECT id, case_id, kind, due_at, wake_at FROM deadlines_deadline
 WHERE state = 'running' AND wake_at <= %s ORDER BY wake_at, id LIMIT 500
"""


@dataclass(frozen=True)
class Pair:
    """Seconds ours takes, and the bare SQL."""

    ours: float
    raw: float

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.raw


def measure(size: Size) -> dict[str, Any]:
    """Fill the database, sweep it, do the same in bare SQL; seconds, rates and the ratios of this run.

    Ours, SWEEPERS at once, and the bare SQL, which is one statement, take turns; the best round of each
    counts. Raises TookTooLong.
    """
    with kinds():
        try:
            filling = _seconds(lambda: fill(size))
            return {"open": size.open, "due": size.due, **_measured(size, filling)}
        finally:
            clear()


def _measured(size: Size, filling: float) -> dict[str, Any]:
    empty = _empty()
    *moments, last = size.moments
    full = _full(size, moments)
    singly = size.singly / _seconds(lambda: _sweep(last, SweepResult(fired=size.singly)))
    rate = size.due / full.ours
    return {
        "seconds": {"fill": round(filling), "full": _figure(full.ours), "raw": _figure(full.raw)},
        "milliseconds": {"empty": _figure(empty.ours * 1e3), "raw": _figure(empty.raw * 1e3)},
        "per_second": {
            "full": round(rate),
            "raw": round(size.due / full.raw),
            "row by row, empty handler": round(singly),
        },
        "ratios": {
            "full to raw": _figure(full.ratio),
            "empty to raw": _figure(empty.ratio),
            "together to row by row": _figure(rate / singly),
        },
        "sweepers": SWEEPERS,
        "load": round(os.getloadavg()[0], 1),
    }


def _empty() -> Pair:
    """The medians of a sweep that finds nothing and of its question."""
    before = FIRST - HOUR
    ours = [_seconds(lambda: _sweep(before, SweepResult())) for _ in range(EMPTY_SWEEPS)]
    raw = [_seconds(lambda: _run(RAW_EMPTY, before)) for _ in range(EMPTY_SWEEPS)]
    return Pair(statistics.median(ours), statistics.median(raw))


def _full(size: Size, moments: list[datetime]) -> Pair:
    raw, ours = [], []
    with _sweepers() as sweepers:
        for for_raw, for_ours in zip(moments[::2], moments[1::2], strict=True):
            raw.append(_seconds(partial(_raw, for_raw, size.due)))
            ours.append(_seconds(partial(_sweep_together, sweepers, for_ours, size.due)))
    return Pair(min(ours), min(raw))


def _sweepers() -> Executor:
    """Processes, as a worker has them, that are up and have asked once; no connection of ours goes with them."""
    connections.close_all()
    sweepers = ProcessPoolExecutor(SWEEPERS, mp_context=get_context("fork"))
    list(sweepers.map(sweep.run, [FIRST - HOUR] * SWEEPERS))
    return sweepers


def _raw(at: datetime, due: int) -> None:
    with transaction.atomic():
        if (rows := _run(RAW, at, at)) != due:
            raise RuntimeError(f"The bare SQL changed {rows} rows, not {due}.")


def _sweep(at: datetime, expected: SweepResult) -> None:
    if (found := sweep.run(at)) != expected:
        raise RuntimeError(f"The sweep came to {found}, not {expected}.")


def _sweep_together(sweepers: Executor, at: datetime, due: int) -> None:
    results = sweepers.map(sweep.run, [at] * SWEEPERS)
    if (breached := sum(result.breached for result in results)) != due:
        raise RuntimeError(f"{SWEEPERS} sweeps came to {breached} breaches, not {due}.")


def _run(statement: str, *values: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _figure(number: float) -> float:
    return float(f"{number:.3g}")
