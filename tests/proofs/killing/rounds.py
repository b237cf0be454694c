"""Kill the worker at every point, start it again, count what the platform saw and did."""

import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measures.models import Measure
from measures.states import MeasureState
from tests.proofs.killing.counting import count
from tests.proofs.killing.points import DURING_CALL, POINTS
from tests.proofs.killing.processes import CONCURRENCY, Beat, Worker
from tests.proofs.killing.scene import Orders, plant
from tests.sandbox_process import SandboxProcess

SLOW_SECONDS = 3.0
SANDBOX_THREADS = 6  # see SandboxProcess
PATIENCE_SECONDS = 180.0


def run(size: int, seed: int) -> dict[str, Any]:
    """Have `size` measures killed, a quarter at each point, then let them all be carried out.

    The environment names the database and the broker. Returns counts, and `ok`.
    """
    with tempfile.TemporaryDirectory(prefix="redress-kill-") as name:
        folder = Path(name)
        sandbox = SandboxProcess(folder / "sandbox")
        sandbox.start()
        os.environ.update(PLATFORM_URL=sandbox.url, PLATFORM_KEY=sandbox.key)
        beat = Beat(folder)
        try:
            points = kill_rounds(folder, sandbox, size, seed)
            seconds = recover(folder)
            return count(sandbox, points, {"recovery_seconds": round(seconds, 1)})
        finally:
            beat.stop()
            sandbox.stop()


def kill_rounds(folder: Path, sandbox: SandboxProcess, size: int, seed: int) -> dict[str, str]:
    """One round after the other, their points in random order; at which point each measure was killed."""
    orders = Orders(plant(folder / "sandbox", size))
    rounds = list(_rounds(size))
    random.Random(seed).shuffle(rounds)
    points: dict[str, str] = {}
    for number, (point, many) in enumerate(rounds):
        slow = "slow" if number % 2 else "slow_after_effect"
        faults = {slow: {"seconds": SLOW_SECONDS, "times": 1000, "on": "measures"}}
        sandbox.fault(**(faults if point == DURING_CALL else {}))
        names = {str(orders.next().id) for _ in range(many)}
        worker = Worker(folder, point)
        try:
            worker.wait_for(names)
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


def _rounds(size: int) -> Iterator[tuple[str, int]]:
    """A quarter of the measures for each point, as many at once as worker and sandbox have hands."""
    for place, point in enumerate(POINTS):
        left = size // len(POINTS) + (place < size % len(POINTS))
        at_once = min(CONCURRENCY, SANDBOX_THREADS) if point == DURING_CALL else CONCURRENCY
        while left > 0:
            yield point, min(left, at_once)
            left -= at_once
