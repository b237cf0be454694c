"""`script/proof dispatch [SIZE [SEED]]`: measures survive kills of the worker and late answers, each with one effect.

1,000 measures, each of which is once caught: `kill -9` of the real worker at four points, by the measure's own task
and by the drain in turns, or an answer that comes later than the client waits, before and after the effect. With the
broker settings of production; at the end all are in force within 60 s of the worker's last start. Recovery is the sweep.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from launch.postgres import APP, OWNER, Cluster
from launch.valkey import Broker
from tests.proofs.record import Record, write

SIZE, SEED = 1000, 20260901
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
ROOT = Path(__file__).parent.parent.parent


def main(arguments: list[str]) -> int:
    """Run it on a database and a broker of its own; recorded at full size only."""
    size = int(arguments[0]) if arguments else SIZE
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    with (
        tempfile.TemporaryDirectory(prefix="redress-dispatch-") as folder,
        Cluster(Path(folder)) as cluster,
        Broker(Path(folder)) as broker,
    ):
        told = environment(cluster.url(APP), broker.url, folder)
        migrate(told | {"DATABASE_OWNER_URL": cluster.url(OWNER)})
        outcome = run(size, seed, told)
    print(json.dumps(outcome, indent=2))
    if size == SIZE:
        write(Record("dispatch", seed, size, outcome["counts"], outcome["ok"]))
    return 0 if outcome["ok"] else 1


def environment(database: str, broker: str, folder: str) -> dict[str, str]:
    """What the house's processes are told."""
    return {
        **{name: value for name, value in os.environ.items() if name != NO_BYTECODE},
        "PYTHONPYCACHEPREFIX": f"{folder}/bytecode",  # many starts: compile once
        "DATABASE_URL": database,
        "BROKER_URL": broker,
        "DATA_DIR": folder,
        "SECRET_KEY": "for this proof only, and long enough for every check of Django's",
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings"),
    }


def migrate(told: dict[str, str]) -> None:
    """Make the tables, as their owner."""
    command = [sys.executable, "-W", "ignore", "-m", "django", "migrate", "--database=owner", "-v0"]
    subprocess.run([*command, "--skip-checks"], cwd=ROOT, env=told, check=True)


def run(
    size: int, seed: int, told: dict[str, str], rounds_of: str = "tests.proofs.killing"
) -> dict[str, Any]:
    """The rounds, in a process that knows this environment; their counts."""
    command = [sys.executable, "-m", rounds_of, str(size), str(seed)]
    with subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, text=True) as rounds:
        if rounds.stdout is None:
            raise RuntimeError("The rounds have no voice.")
        line = "{}"
        for line in rounds.stdout:
            print(line, end="", flush=True)
    if rounds.returncode:
        raise RuntimeError("The rounds did not come to their end; what they said stands above.")
    outcome: dict[str, Any] = json.loads(line)
    return outcome
