"""`manage.py` where nothing is configured: inside the house of script/server, whoever's Python it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from launch.console import in_venv
from launch.errors import Refusal
from launch.lock import Lock
from launch.postgres import Cluster
from launch.setup import ROOT

pytestmark = pytest.mark.worker
# Without site-packages there is no Django, as with the Python of a fresh machine.
FOREIGN = "-S"


def manage(data: Path, *words: str, python: str = "-B") -> subprocess.CompletedProcess[str]:
    """The end of a command that is told nothing but where the house lives."""
    told = {"PATH": os.environ["PATH"], "DATA_DIR": str(data), "REDRESS_DEMO": "0"}
    command = [sys.executable, python, str(ROOT / "manage.py"), *words]
    return subprocess.run(
        command, env=told, capture_output=True, text=True, check=False, timeout=120, cwd=data
    )


def test_a_command_makes_the_house_and_finds_the_one_that_runs(tmp_path: Path) -> None:
    house = tmp_path / "house"
    house.mkdir()
    made = manage(house, "verify_ledger", python=FOREIGN)
    assert (made.returncode, made.stderr) == (0, "")
    assert "valid: " in made.stdout

    held = Lock.take(house)
    try:
        with Cluster(house):
            again = manage(house, "verify_ledger")
    finally:
        held.release()
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.startswith("valid: ")  # nothing is made a second time


def test_before_setup_it_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launch.console.PYTHON", tmp_path / "python")
    with pytest.raises(Refusal, match="script/setup"):
        in_venv(["clock"])
