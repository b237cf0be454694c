"""Six hours of outage, cranked, and the drain by the real worker."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from common import clock
from launch.services import WORKER
from launch.valkey import Broker
from measures.models import Measure
from measures.selectors import alarms
from measures.services.drain import drain
from measures.services.execute import execute
from measures.services.sweep import sweep
from measures.states import MeasureState
from platforms.client import PlatformClient
from tests.proofs.killing.processes import kill
from tests.proofs.outing.counting import count, seconds_of
from tests.proofs.outing.scene import Planted, plant
from tests.sandbox_process import SandboxProcess

ROOT = Path(__file__).parent.parent.parent.parent
OUT, ORDERED_WITHIN = timedelta(hours=6), timedelta(hours=5)
BEAT = timedelta(seconds=10)
# Every beat of the first half hour, then one a minute; a small share need not see so many.
FULL, SMALL = (
    (timedelta(minutes=30), timedelta(minutes=1)),
    (timedelta(minutes=3), timedelta(minutes=10)),
)
SMALLEST_FULL = 1000
OWN_TASK = 10  # one order in so many is tried by its own task, the others as if it was lost
LIMIT_SECONDS, LATE_SECONDS = 0.25, 0.5
DOWN = {"fail": {"status": 503, "retry_after": 0, "times": 10_000}}
LATE = {"slow": {"seconds": LATE_SECONDS, "times": 10_000}, **DOWN}
TOLD_LATE = {"slow_after_effect": {"seconds": LATE_SECONDS, "times": 10_000}}
# From which minute on the platform fails in which way.
WAYS = {0: DOWN, 90: LATE, 110: DOWN, 240: TOLD_LATE, 250: DOWN}
PATIENCE_SECONDS = 600.0


def run(size: int, seed: int) -> dict[str, Any]:
    """All of it; the environment names the database and the broker. Returns counts, and `ok`."""
    with tempfile.TemporaryDirectory(prefix="redress-outage-") as name:
        folder = Path(name)
        sandbox = SandboxProcess(folder / "sandbox")
        sandbox.start()
        try:
            began = clock.now() - OUT
            planted = plant(folder / "sandbox", size, began, ORDERED_WITHIN, seed)
            alarm = hours(sandbox, planted, began, FULL if size >= SMALLEST_FULL else SMALL)
            print(f"six hours are over, the alarm rang after {alarm}", flush=True)
            waiting = Measure.objects.exclude(state=MeasureState.IN_FORCE).count()
            extra = {"waiting at the end of the outage": waiting, **recover(folder, sandbox)}
            return count(sandbox, planted, alarm, extra)
        finally:
            sandbox.stop()


def hours(
    sandbox: SandboxProcess, planted: Planted, began: datetime, beats: tuple[timedelta, timedelta]
) -> timedelta | None:
    """Six hours without an answer; after what time the first alarm rang."""
    fine_until, coarse = beats
    client = PlatformClient(sandbox.url, sandbox.key, timeout=LIMIT_SECONDS)
    arrivals, ways, alarm, passed = list(reversed(planted.arrivals)), dict(WAYS), None, timedelta(0)
    while passed < OUT:
        now = began + passed
        for minute in [minute for minute in ways if passed >= timedelta(minutes=minute)]:
            sandbox.fault(**ways.pop(minute))
        while arrivals and arrivals[-1][0] <= now:
            at, measure_id = arrivals.pop()
            if len(arrivals) % OWN_TASK == 0:
                execute(measure_id, client, lambda moment=at: moment)
        sweep(now)
        drain(planted.platform.id, client, lambda moment=now: moment)
        if alarm is None and alarms().exists():
            alarm = passed
        passed += BEAT if passed < fine_until else coarse
    return alarm


def recover(folder: Path, sandbox: SandboxProcess) -> dict[str, Any]:
    """The worker and its beat at work, then the platform is back: the seconds until everything is in force."""
    told = {"PLATFORM_URL": sandbox.url, "PLATFORM_KEY": sandbox.key, "PYTHONWARNINGS": "ignore"}
    told["BROKER_URL"] = Broker(Path(os.environ["DATA_DIR"])).url
    with (
        celery("worker", folder, told, *WORKER) as worker,
        celery("beat", folder, told, "--schedule", str(folder / "schedule"), "--pidfile="),
    ):
        _wait_until_ready(folder / "worker.log")
        before = seconds_of(sandbox.process), seconds_of(worker)
        sandbox.fault()
        began = time.monotonic()
        while (passed := time.monotonic() - began) < PATIENCE_SECONDS:
            if not Measure.objects.exclude(state=MeasureState.IN_FORCE).exists():
                break
            time.sleep(0.25)
        after = seconds_of(sandbox.process), seconds_of(worker)
    return {
        "drain_seconds": round(passed, 1),
        "processor seconds of the sandbox": round(after[0] - before[0], 1),
        "processor seconds of the worker": round(after[1] - before[1], 1),
        "load average": round(os.getloadavg()[0], 1),
    }


def _wait_until_ready(log: Path) -> None:
    end = time.monotonic() + 60
    while " ready." not in log.read_text():
        if time.monotonic() > end:
            raise TimeoutError(f"The worker did not start. The log:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


@contextmanager
def celery(
    part: str, folder: Path, told: dict[str, str], *options: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """Production's worker or beat; killed at the end, with everything it started."""
    command = [sys.executable, "-m", "celery", "-A", "config", part, "--loglevel=INFO", *options]
    with (folder / f"{part}.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **told},
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        kill(process)
