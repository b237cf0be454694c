"""`script/proof sweeps [SIZE [SEED]]`: every clock that is due fires exactly once, whatever befalls the sweepers.

Three rounds of 10,000 due clocks: sweepers killed with `kill -9` at random moments; the same by process clocks
that are an hour ahead and an hour behind; Celery's worker and beat while the broker is killed, emptied and
restarted and workers are killed. A tenth more clocks end within the hour and must be left alone.
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
ROUNDS = "tests.proofs.sweeping"


def main(arguments: list[str]) -> int:
    """Run it on a database and a broker of its own; recorded at full size only."""
    size = int(arguments[0]) if arguments else SIZE
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    with (
        tempfile.TemporaryDirectory(prefix="redress-sweeps-") as folder,
        Cluster(Path(folder)) as cluster,
    ):
        told = environment(cluster.url(APP), Broker(Path(folder)).url, folder)
        migrate(told | {"DATABASE_OWNER_URL": cluster.url(OWNER)})
        outcome = run(size, seed, told)
    print(json.dumps(outcome, indent=2))
    if size == SIZE:
        write(Record("sweeps", seed, size, outcome["counts"], outcome["ok"]))
    return 0 if outcome["ok"] else 1


def run(size: int, seed: int, told: dict[str, str]) -> dict[str, Any]:
    """The rounds, in a process that knows this environment; their counts."""
    return run_rounds(size, seed, told, ROUNDS)
