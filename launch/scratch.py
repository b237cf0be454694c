"""A PostgreSQL that is made for one command and thrown away after it, far from the operator's data."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from launch.environment import PRIVATE, Environment
from launch.lock import Lock
from launch.ports import Ports
from launch.postgres import APP, OWNER, Cluster
from launch.server import data_folder
from launch.setup import PYTHON, ROOT

FOLDER = "scratch"
MIGRATE = (str(PYTHON), "-W", "ignore", str(ROOT / "manage.py"), "migrate", "--database=owner")


def run(command: Sequence[str], folder: Path | None = None) -> int:
    """Run a command with an empty, migrated database of its own; its exit status.

    The folder (`scratch` in the data folder, on the same disk as the real database) is emptied before and
    after. Whatever addresses of databases we were told are kept from the command. Refusal when
    another command has the folder.
    """
    data = (folder or data_folder() / FOLDER).resolve()
    lock = Lock.take(data)
    try:
        _empty(data)
        with Cluster(data) as cluster:
            told = environment(data, cluster)
            subprocess.run([*MIGRATE, "-v0", "--skip-checks"], cwd=ROOT, env=told, check=True)
            return subprocess.call(command, cwd=ROOT, env=told)
    finally:
        _empty(data)
        lock.release()


def environment(data: Path, cluster: Cluster) -> Mapping[str, str]:
    """What the command is told: addresses and keys of the scratch house only."""
    private = {*PRIVATE, *(f"{name}_FILE" for name in PRIVATE)}
    given = {name: value for name, value in os.environ.items() if name not in private}
    house = Environment(data, Ports(), given | {"DATA_DIR": str(data)})
    return house.for_migrations(house.for_house(cluster.url(APP), ""), cluster.url(OWNER))


def _empty(data: Path) -> None:
    for path in data.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
