"""Answer too late, kill the worker at every point, start it again, count what the platform saw and did."""

import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from measures.models import Measure, Outage
from measures.services.drain import LINES
from measures.states import MeasureState
from tests.proofs.killing.counting import count
from tests.proofs.killing.points import DURING_CALL, LATE, POINTS, TIMEOUTS
from tests.proofs.killing.processes import CONCURRENCY, Beat, Worker
from tests.proofs.killing.scene import Orders, plant
from tests.sandbox_process import SandboxProcess

SLOW_SECONDS = 3.0
LIMIT, LATE_SECONDS = 1, 2.0  # of the rounds that time out
SANDBOX_THREADS = 6  # see SandboxProcess
PATIENCE_SECONDS = 180.0

_BUSY = (
    "SELECT pid, state, wait_event, pg_blocking_pids(pid), now() - xact_start, left(query, 150)"
    " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def run(size: int, seed: int) -> dict[str, Any]:
    """Have `size` measures killed or timed out, a sixth in each way, then let them all be carried out.

    The environment names the database and the broker. Returns counts, and `ok`.
    """
    with tempfile.TemporaryDirectory(prefix="redress-kill-") as name:
        folder = Path(name)
        sandbox = SandboxProcess(folder / "sandbox")
        sandbox.start()
        os.environ.update(PLATFORM_URL=sandbox.url, PLATFORM_KEY=sandbox.key)
        beat = Beat(folder)
        try:
            orders = Orders(plant(folder / "sandbox", size))
            points = timeout_rounds(folder, sandbox, orders, _shares(size)[len(POINTS) :])
            points |= kill_rounds(folder, sandbox, orders, _shares(size)[: len(POINTS)], seed)
            seconds = recover(folder)
            return count(sandbox, points, {"recovery_seconds": round(seconds, 1)})
        finally:
            beat.stop()
            sandbox.stop()


def timeout_rounds(
    folder: Path, sandbox: SandboxProcess, orders: Orders, shares: list[int]
) -> dict[str, str]:
    """The platform answers later than the client waits, for each measure once; how each timed out."""
    points: dict[str, str] = {}
    worker = Worker(folder, limit=LIMIT)
    try:
        for kind, left in zip(TIMEOUTS, shares, strict=True):
            slow = "slow" if kind == LATE else "slow_after_effect"
            for many in _portions(left, CONCURRENCY):
                sandbox.fault(**{slow: {"seconds": LATE_SECONDS, "times": 1000, "on": "measures"}})
                names = {str(orders.next().id) for _ in range(many)}
                waiting = Measure.objects.filter(id__in=names, last_error="")
                _wait_for_none(waiting)
                sandbox.fault()
                unsettled = Measure.objects.exclude(state=MeasureState.IN_FORCE)
                _wait_for_none(unsettled)
                points |= dict.fromkeys(names, kind)
                print(f"{many} timed out {kind}", flush=True)
    finally:
        worker.kill()
    return points


def kill_rounds(
    folder: Path, sandbox: SandboxProcess, orders: Orders, shares: list[int], seed: int
) -> dict[str, str]:
    """One round after the other, in random order; at which point each measure was killed.

    In every other round of a point each measure goes by its own task, in the others all by the drain.
    """
    rounds = list(_rounds(shares))
    random.Random(seed).shuffle(rounds)
    points: dict[str, str] = {}
    for number, (point, many, by_drain) in enumerate(rounds):
        slow = "slow" if number % 2 else "slow_after_effect"
        faults = {slow: {"seconds": SLOW_SECONDS, "times": 1000, "on": "measures"}}
        sandbox.fault(**(faults if point == DURING_CALL else {}))
        names = {str(orders.next(by_drain=by_drain).id) for _ in range(many)}
        worker = Worker(folder, point)
        try:
            worker.wait_for(names)
        except TimeoutError:
            _tell_of(folder, names)
            raise
        finally:
            worker.kill()
        points |= dict.fromkeys(names, point)
        print(f"round {number + 1} of {len(rounds)}: {many} killed {point}", flush=True)
    sandbox.fault()
    return points


def recover(folder: Path) -> float:
    """Start the worker for good; the seconds until every measure is in force, or PATIENCE_SECONDS."""
    began = time.monotonic()
    worker = Worker(folder)
    try:
        while (passed := time.monotonic() - began) < PATIENCE_SECONDS:
            if not Measure.objects.exclude(state=MeasureState.IN_FORCE).exists():
                break
            time.sleep(0.1)
        return passed
    finally:
        worker.kill()


def _shares(size: int) -> list[int]:
    """How many measures fall to each of the points and the ways of timing out."""
    kinds = len(POINTS) + len(TIMEOUTS)
    return [size // kinds + (place < size % kinds) for place in range(kinds)]


def _rounds(shares: list[int]) -> Iterator[tuple[str, int, bool]]:
    """As many at once as worker, drain and sandbox have hands."""
    for place, (point, share) in enumerate(zip(POINTS, shares, strict=True)):
        hands = min(CONCURRENCY, SANDBOX_THREADS, LINES)
        for number, many in enumerate(_portions(share, hands)):
            yield point, many, (place + number) % 2 == 1


def _portions(whole: int, most: int) -> Iterator[int]:
    while whole > 0:
        yield min(whole, most)
        whole -= most


def _tell_of(folder: Path, names: set[str]) -> None:
    """Where the measures are that did not come to the point of their round, and what the database waits for."""
    late = [name for name in names if not (folder / name).exists()]
    fields = ("id", "state", "attempts", "executing_since", "try_after", "last_error")
    found = [*Measure.objects.filter(id__in=late).values(*fields), *Outage.objects.values()]
    with connection.cursor() as cursor:
        cursor.execute(_BUSY)
        found += cursor.fetchall()
    for row in found:
        print(row, flush=True)


def _wait_for_none(rows: QuerySet[Measure]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while rows.exists():
        if time.monotonic() > end:
            raise TimeoutError("The measures of this round did not come to their end.")
        time.sleep(0.1)
