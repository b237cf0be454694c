"""A command inside the house, running or not: `script/console`, and `manage.py` where nothing is configured."""

import subprocess
from collections.abc import Mapping, Sequence

from launch.environment import Environment
from launch.errors import Refusal
from launch.lock import Lock
from launch.ports import Ports
from launch.postgres import APP, OWNER, Cluster
from launch.server import data_folder
from launch.setup import PYTHON, ROOT
from launch.valkey import Broker


def run(words: Sequence[str]) -> int:
    """`manage.py WORDS` as redress_app, on the running servers or on ones of its own; its exit status."""
    data = data_folder()
    environment = Environment(data, Ports.from_environment())
    cluster, broker = Cluster(data), Broker(data)
    told = environment.for_house(cluster.url(APP), broker.url)
    try:
        lock = Lock.take(data)
    except Refusal:
        return in_venv(words, told)  # everything runs already
    try:
        if environment.gives("DATABASE_URL"):
            return in_venv(words, told)
        new = not cluster.folder.exists()
        with cluster, broker:
            if new:
                in_venv(["prepare"], environment.for_migrations(told, cluster.url(OWNER)))
            return in_venv(words, told)
    finally:
        lock.release()


def in_venv(words: Sequence[str], told: Mapping[str, str] | None = None) -> int:
    """`manage.py WORDS` with the house's own Python; its exit status. Refusal before script/setup."""
    if not PYTHON.exists():
        raise Refusal("Run script/setup first, or script/server, which does so by itself.")
    return subprocess.call([PYTHON, ROOT / "manage.py", *words], env=told)
