"""`script/proof races [SIZE [SEED]]`: a person and the sweep on the same case at the same moment.

500 rounds: the filer presses "send" twice, over HTTP against two web workers, while two sweepers wait for the
end of the time to answer. Each time exactly one side wins: either the answer is taken and the clock met, or the
notice lapses; the ledger tells which, and nothing deadlocks.
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

SIZE, SEED = 500, 20261123
ROUNDS = "tests.proofs.racing"


def main(arguments: list[str]) -> int:
    """Run it on a database and a broker of its own; recorded at full size only."""
    size = int(arguments[0]) if arguments else SIZE
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    with (
        tempfile.TemporaryDirectory(prefix="redress-races-") as folder,
        Cluster(Path(folder)) as cluster,
        Broker(Path(folder)) as broker,
    ):
        told = environment(cluster.url(APP), broker.url, folder)
        migrate(told | {"DATABASE_OWNER_URL": cluster.url(OWNER)})
        outcome = run(size, seed, told)
    print(json.dumps(outcome, indent=2))
    if size == SIZE:
        write(Record("races", seed, size, outcome["counts"], outcome["ok"]))
    return 0 if outcome["ok"] else 1


def run(size: int, seed: int, told: dict[str, str]) -> dict[str, Any]:
    """The rounds, in a process that knows this environment; their counts."""
    return run_rounds(size, seed, told, ROUNDS)
