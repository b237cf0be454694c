"""`script/proof webhooks [SIZE [SEED]]`: no event is lost when the worker is killed, and each case keeps its order.

3,000 events of 300 cases to two endpoints; `kill -9` of the real worker 100 times, at moments nobody chose; the
receiver answers one request in ten with 503. Every arrival is verified by the reference library.
"""

import json
import tempfile
from pathlib import Path

from launch.postgres import APP, OWNER, Cluster
from launch.valkey import Broker
from tests.proofs.dispatch import environment, migrate, run
from tests.proofs.record import Record, write

SIZE, SEED = 3000, 20261123
ROUNDS = "tests.proofs.hooking"


def main(arguments: list[str]) -> int:
    """Run it on a database and a broker of its own; recorded at full size only."""
    size = int(arguments[0]) if arguments else SIZE
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    with (
        tempfile.TemporaryDirectory(prefix="redress-webhooks-") as folder,
        Cluster(Path(folder)) as cluster,
        Broker(Path(folder)) as broker,
    ):
        told = hasty(environment(cluster.url(APP), broker.url, folder))
        migrate(told | {"DATABASE_OWNER_URL": cluster.url(OWNER)})
        outcome = run(size, seed, told, ROUNDS)
    print(json.dumps(outcome, indent=2))
    if size == SIZE:
        write(Record("webhooks", seed, size, outcome["counts"], outcome["ok"]))
    return 0 if outcome["ok"] else 1


def hasty(told: dict[str, str]) -> dict[str, str]:
    """The receiver is on this machine, and a lease need not outlast 15 s (tests/proofs/hooking/worker.py)."""
    return told | {"WEBHOOK_PRIVATE_ADDRESSES": "1", "WEBHOOK_LEASE_SECONDS": "4"}
