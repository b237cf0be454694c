"""`script/console`: a Python shell inside the house, running or not."""

import subprocess

from launch.environment import Environment
from launch.errors import Refusal
from launch.lock import Lock
from launch.ports import Ports
from launch.postgres import APP, Cluster
from launch.server import data_folder
from launch.setup import PYTHON, ROOT
from launch.valkey import Broker


def open_console() -> None:
    """`manage.py shell` as redress_app, on the running servers or on ones of its own."""
    data = data_folder()
    environment = Environment(data, Ports.from_environment())
    cluster, broker = Cluster(data), Broker(data)
    told = environment.for_house(cluster.url(APP), broker.url)
    try:
        lock = Lock.take(data)
    except Refusal:
        _shell(told)  # everything runs already
        return
    try:
        if environment.gives("DATABASE_URL"):
            _shell(told)
        else:
            with cluster, broker:
                _shell(told)
    finally:
        lock.release()


def _shell(told: dict[str, str]) -> None:
    subprocess.run([PYTHON, ROOT / "manage.py", "shell"], env=told, cwd=ROOT, check=False)
