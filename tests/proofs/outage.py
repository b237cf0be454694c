"""`script/proof outage [SIZE [SEED]]`: a platform is out for six hours and everything waits, in order, until it is back.

10,000 removals in 2,500 cases, ordered in the first five hours, on PostgreSQL and against the sandbox over HTTP,
which answers 503, or too late, or too late after the effect. These six hours are cranked: the sweep, the drain and of one
order in ten its own task are called as worker and beat would, every ten seconds of the first half hour and then once a
minute, with the moments handed to them, which is how the services learn the time; the last moment is the real present.
The drain is real: Celery's worker and beat with the settings of production, the broker, the sandbox; its seconds run from
the first good answer that the sandbox could give, so finding out is part of them.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from launch.postgres import APP, OWNER, Cluster
from launch.valkey import Broker
from tests.proofs.dispatch import environment, migrate
from tests.proofs.dispatch import run as run_rounds
from tests.proofs.record import Record, write

SIZE, SEED = 10_000, 20261123
ROUNDS = "tests.proofs.outing"


def main(arguments: list[str]) -> int:
    """Run it on a database and a broker of its own; recorded at full size only."""
    size = int(arguments[0]) if arguments else SIZE
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    with (
        tempfile.TemporaryDirectory(prefix="redress-outage-") as folder,
        Cluster(Path(folder)) as cluster,
        Broker(Path(folder)) as broker,
    ):
        told = environment(cluster.url(APP), broker.url, folder)
        migrate(told | {"DATABASE_OWNER_URL": cluster.url(OWNER)})
        outcome = run(size, seed, told)
    print(json.dumps(outcome, indent=2))
    if size == SIZE:
        write(Record("outage", seed, size, outcome["counts"], outcome["ok"]))
    return 0 if outcome["ok"] else 1


def run(size: int, seed: int, told: dict[str, str]) -> dict[str, Any]:
    """The hours and the drain, in a process that knows this environment; their counts."""
    # What is cranked is called by hand: its messages go nowhere, the broker is the worker's.
    apart = {"BROKER_URL": "memory://", "WORKER_BROKER_URL": told["BROKER_URL"]}
    return run_rounds(size, seed, told | apart, ROUNDS)
