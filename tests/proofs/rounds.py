"""A proof in rounds: they run in a process of its own, which finds database, broker and data folder in its environment."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from launch.postgres import APP, OWNER, Cluster
from launch.valkey import Broker
from tests.proofs.record import Record, write

NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Rounds:
    """The full size, the seed, the package that runs them, and what its processes are told besides.

    The broker runs beside them, unless they start and lose it themselves.
    """

    name: str
    size: int
    seed: int
    package: str
    told: Mapping[str, str] = field(default_factory=dict)
    with_broker: bool = True

    def prove(self, arguments: list[str]) -> int:
        """`[SIZE [SEED]]`, on a database and a broker of its own; recorded at full size only."""
        size = int(arguments[0]) if arguments else self.size
        seed = int(arguments[1]) if len(arguments) > 1 else self.seed
        with tempfile.TemporaryDirectory(prefix=f"redress-{self.name}-") as name:
            outcome = self._apart(Path(name), size, seed)
        print(json.dumps(outcome, indent=2, ensure_ascii=False))
        if size == self.size:
            write(Record(self.name, seed, size, outcome["counts"], outcome["ok"]))
        return 0 if outcome["ok"] else 1

    def _apart(self, folder: Path, size: int, seed: int) -> dict[str, Any]:
        broker = Broker(folder)
        with Cluster(folder) as cluster, broker if self.with_broker else nullcontext():
            told = environment(cluster.url(APP), broker.url, str(folder))
            migrate(told | {"DATABASE_OWNER_URL": cluster.url(OWNER)})
            return self.run(size, told, seed)

    def run(self, size: int, told: dict[str, str], seed: int | None = None) -> dict[str, Any]:
        """The rounds: their `counts` and whether these are `ok`. Raises RuntimeError when they break off."""
        wanted = map(str, (size, self.seed if seed is None else seed))
        command = [sys.executable, "-m", "tests.proofs.rounds", self.package, *wanted]
        with subprocess.Popen(
            command, cwd=ROOT, env={**told, **self.told}, stdout=subprocess.PIPE, text=True
        ) as rounds:
            if rounds.stdout is None:
                raise RuntimeError("The rounds have no voice.")
            line = "{}"
            for line in rounds.stdout:
                print(line, end="", flush=True)
        if rounds.returncode:
            raise RuntimeError("The rounds did not come to their end; what they said stands above.")
        outcome: dict[str, Any] = json.loads(line)
        return outcome


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


if __name__ == "__main__":
    django.setup()
    rounds = import_module(f"{sys.argv[1]}.rounds")
    print(json.dumps(rounds.run(*map(int, sys.argv[2:]))))
