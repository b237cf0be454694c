"""Three rounds: killed sweepers, killed sweepers whose clocks are wrong, and a broker that loses everything."""

import os
import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from django.db import connection

from launch.valkey import Broker
from tests.proofs.sweeping.counting import count, holds, left, whole
from tests.proofs.sweeping.kinds import join
from tests.proofs.sweeping.processes import Celery, Sweepers, wrong_clock
from tests.proofs.sweeping.scene import Planted, plant

EVERY = 5  # one clock in so many has a consequence
HOUR = 3600
PATIENCE = 900.0
AT_LEAST = 1.0  # a wrong clock is wrong to the second
BROKER_SECONDS = (6.0, 18.0)  # a worker needs some to start
WORKER = ("--concurrency=2", "--without-mingle", "--without-gossip")


def run(size: int, seed: int) -> dict[str, Any]:
    """All three, `size` clocks each. The environment names the database and the broker's folder."""
    join()
    with tempfile.TemporaryDirectory(prefix="redress-sweeps-") as name:
        folder = Path(name)
        counts = {
            "killed": killed(folder, size, seed),
            "wrong clocks": with_wrong_clocks(folder, size, seed),
            "broker lost": without_broker(folder, size, seed),
        }
    ok = all(holds(one) and one["ok"] for one in counts.values())
    flat = {f"{name}: {key}": value for name, one in counts.items() for key, value in one.items()}
    chains = whole()
    return {
        "counts": {**flat, "deadlocks": _database("deadlocks"), "ledger verifies": chains},
        "ok": ok and chains and not _database("deadlocks"),
    }


def killed(folder: Path, size: int, seed: int) -> dict[str, Any]:
    """Three sweepers, each killed after a random while, over and over."""
    planted = plant("killed", size, every=EVERY)
    broken_off = _database("xact_rollback")
    with Sweepers(folder / "killed", f"{seed}/killed", [{}] * 3) as sweepers:
        seconds = _until_done(planted, sweepers)
    extra = {"transactions broken off": _database("xact_rollback") - broken_off}
    return _told(
        "killed",
        planted,
        {**sweepers.counts, **extra, "seconds": seconds},
        sweepers.counts["kills"] > 0,
    )


def with_wrong_clocks(folder: Path, size: int, seed: int) -> dict[str, Any]:
    """One sweeper an hour ahead, one an hour behind, both killed over and over."""
    planted = plant("clocks", size, every=EVERY)
    told = [wrong_clock(HOUR), wrong_clock(-HOUR)]
    with Sweepers(folder / "clocks", f"{seed}/clocks", told) as sweepers:
        seconds = _until_done(planted, sweepers)
    ahead, behind = sweepers.wrong_by
    truly = abs(ahead - HOUR) <= AT_LEAST and abs(behind + HOUR) <= AT_LEAST
    extra = {"seconds ahead": ahead, "seconds behind": -behind, "seconds": seconds}
    return _told("wrong clocks", planted, {**sweepers.counts, **extra}, truly)


def without_broker(folder: Path, size: int, seed: int) -> dict[str, Any]:
    """Celery's worker and beat; the broker is killed, emptied and started, and a worker killed, in turns."""
    dice = random.Random(f"{seed}/broker")
    losses = kills = 0
    with Broker(Path(os.environ["DATA_DIR"]), say=lambda _sentence: None) as broker:
        workers = [Celery(folder, "worker", *WORKER, f"--hostname=w{n}@%h") for n in range(2)]
        beat = Celery(folder, "beat", "--schedule", str(folder / "beat"), "--pidfile=")
        try:
            planted = plant("broker", size, every=EVERY)
            began = time.monotonic()
            while (left(planted) or not losses) and time.monotonic() - began < PATIENCE:
                time.sleep(dice.uniform(*BROKER_SECONDS))
                lose(broker)
                losses += 1
                if losses % 2:  # whoever is up must also find the way back to the broker
                    victim = dice.choice(workers)
                    victim.kill()
                    victim.start()
                    kills += 1
            seconds = round(time.monotonic() - began, 1)
            fell = beat.fell + sum(worker.fell for worker in workers)
        finally:
            for process in (beat, *workers):
                process.kill()
    extra = {
        "broker emptied and restarted": losses,
        "kills": kills,
        "fell": fell,
        "seconds": seconds,
    }
    return _told("broker lost", planted, extra, losses > 0)


def lose(broker: Broker) -> None:
    """The broker dies with all that it held, and comes back empty."""
    if broker.child is not None:
        broker.child.popen.kill()
        broker.child.wait(10)
    shutil.rmtree(broker.folder)
    broker.start()


def _until_done(planted: Planted, sweepers: Sweepers) -> float:
    began = time.monotonic()
    while left(planted) and time.monotonic() - began < PATIENCE:
        sweepers.check()
        time.sleep(0.2)
    return round(time.monotonic() - began, 1)


def _told(name: str, planted: Planted, extra: dict[str, Any], ok: bool) -> dict[str, Any]:
    counts = {**count(planted), **extra, "ok": ok and not extra.get("fell", 0)}
    print(f"{name}: {counts}", flush=True)
    return counts


def _database(what: str) -> int:
    """One of PostgreSQL's own counters for this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(f"SELECT {what} FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
