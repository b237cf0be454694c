"""A database for one command: its own, migrated, far from the operator's, and gone afterwards."""

import json
import sys
from pathlib import Path

import pytest

from launch import scratch
from launch.errors import Refusal
from launch.lock import Lock

LOOK = """
import json, os, sys, psycopg
told = {name: os.environ[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATA_DIR")}
with psycopg.connect(told["DATABASE_URL"]) as connection:
    told["clocks"] = connection.execute("SELECT count(*) FROM deadlines_deadline").fetchone()[0]
open(sys.argv[1], "w").write(json.dumps(told))
sys.exit(3)
"""


def test_a_command_gets_an_empty_house_of_its_own_that_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://redress_app@/the-operators")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://redress_owner@/the-operators")
    folder, said = tmp_path / "scratch", tmp_path / "said"

    status = scratch.run([sys.executable, "-c", LOOK, str(said)], folder)

    told = json.loads(said.read_text())
    assert status == 3
    assert told["clocks"] == 0
    assert "the-operators" not in told["DATABASE_URL"] + told["DATABASE_OWNER_URL"]
    assert told["DATA_DIR"] == str(folder)
    assert [path.name for path in folder.iterdir() if path.is_dir()] == []


def test_two_commands_do_not_share_a_folder(tmp_path: Path) -> None:
    lock = Lock.take(tmp_path)
    try:
        with pytest.raises(Refusal):
            scratch.run([sys.executable, "-c", "pass"], tmp_path)
    finally:
        lock.release()
