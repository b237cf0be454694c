"""Children that never outlive their parent, and logs that never grow without end."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from launch import process
from launch.process import leashed, start
from launch.setup import ROOT

PARENT = """
import signal, sys
from pathlib import Path
from launch.process import leashed, start
start("child", leashed(["sleep", "600"], signal.SIGTERM), log=Path(sys.argv[1]))
print("started", flush=True)
signal.pause()
"""


def test_the_kernel_ends_the_child_of_a_killed_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path / "child.log")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"started\n"
        file = Path("/proc", str(parent.pid), "task", str(parent.pid), "children")
        (child,) = file.read_text().split()
        time.sleep(0.3)  # the child has told the kernel by now
        parent.kill()
    deadline = time.monotonic() + 5
    while Path("/proc", child).exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_child_that_ignores_politeness_is_ended_with_its_whole_session(tmp_path: Path) -> None:
    stubborn = "trap '' TERM; sleep 600 & echo ready; wait; sleep 600"
    child = start("x", leashed(["sh", "-c", stubborn], signal.SIGKILL), log=tmp_path / "x.log")
    while "ready" not in child.last_words():
        time.sleep(0.02)
    child.tell(signal.SIGTERM)
    child.wait(0.2)
    assert not child.alive
    assert child.popen.returncode == -signal.SIGKILL


def test_a_large_log_begins_anew_and_one_old_one_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "LOG_BYTES", 3)
    log = tmp_path / "x.log"
    for word in ("first", "second", "third"):
        start("x", leashed(["echo", word], signal.SIGKILL), log=log).wait(5)
    assert log.read_text() == "third\n"
    assert (tmp_path / "x.log.1").read_text() == "second\n"
