"""One launcher per data folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from launch.errors import Refusal
from launch.lock import NAME, Lock
from launch.setup import ROOT


def test_a_second_launcher_hears_who_is_first(tmp_path: Path) -> None:
    lock = Lock.take(tmp_path)
    with pytest.raises(Refusal, match=f"Process {os.getpid()} already runs Redress"):
        Lock.take(tmp_path)
    lock.release()


def test_a_folder_let_go_has_no_predecessor(tmp_path: Path) -> None:
    Lock.take(tmp_path).release()
    second = Lock.take(tmp_path)
    assert second.predecessor is None
    second.release()


def test_a_killed_launcher_holds_nothing_but_is_remembered(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from launch.lock import Lock;"
        "Lock.take(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT)
    killed.wait(30)
    lock = Lock.take(tmp_path)
    assert lock.predecessor == killed.pid
    lock.release()


def test_a_damaged_lock_file_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\xff nonsense")
    lock = Lock.take(tmp_path)
    assert lock.predecessor is None
    lock.release()
