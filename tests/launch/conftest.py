import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from launch.postgres import Cluster
from launch.setup import ROOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share ports and a server: one after another, however many processes test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("launch"))


@pytest.fixture
def said() -> list[str]:
    """The sentences a person would have read."""
    return []


@pytest.fixture(scope="module")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def cluster(server_folder: Path) -> Iterator[Cluster]:
    with Cluster(server_folder, settings={"fsync": "off"}, say=lambda _sentence: None) as running:
        yield running


@pytest.fixture
def query() -> Callable[..., list[tuple[object, ...]]]:
    """Run one statement at an address and fetch what it gives."""

    def run(address: str, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(address, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    return run


@pytest.fixture
def python() -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run a program text in a process of its own, under a prefix such as `setpriv`."""

    def run(program: str, *prefix: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*prefix, sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    return run
