"""The real worker and the real beat, as processes that can be killed."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent.parent
APPLICATION = "tests.proofs.killing.worker"
CONCURRENCY = 10
HALT_SECONDS = 90.0


class Worker:
    """`with Worker(folder, point) as worker:`, then `worker.kill()`."""

    def __init__(self, folder: Path, point: str = "", limit: int = 10) -> None:
        """`limit`: the platform client's, in seconds."""
        options = [f"--concurrency={CONCURRENCY}", "--without-mingle", "--without-gossip"]
        self.folder, self.point = folder, point
        self._process = _celery("worker", folder, point, *options, limit=limit)

    def wait_for(self, names: set[str]) -> None:
        """Until each of these measures halts in this worker. Raises TimeoutError."""
        end = time.monotonic() + HALT_SECONDS
        while not all((self.folder / name).exists() for name in names):
            if self._process.poll() is not None or time.monotonic() > end:
                tail = (self.folder / "worker.log").read_text()[-2000:]
                raise TimeoutError(f"Not every measure came to “{self.point}”. The log:\n{tail}")
            time.sleep(0.02)

    def kill(self) -> None:
        """`kill -9` of the worker with all its processes: nothing can be tidied up."""
        kill(self._process)


class Beat:
    """Sends the sweeps, at the pace of production."""

    def __init__(self, folder: Path) -> None:
        options = ["--schedule", str(folder / "beat-schedule"), "--pidfile="]
        self._process = _celery("beat", folder, "", *options)

    def stop(self) -> None:
        """End it."""
        kill(self._process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """`kill -9`, with everything it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _celery(
    part: str, folder: Path, point: str, *options: str, limit: int = 10
) -> "subprocess.Popen[bytes]":
    told = {"KILL_FOLDER": str(folder), "KILL_AT": point, "PYTHONWARNINGS": "ignore"}
    told["PLATFORM_TIMEOUT_SECONDS"] = str(limit)
    command = [sys.executable, "-m", "celery", "-A", APPLICATION, part, "--loglevel=INFO", *options]
    with (folder / f"{part}.log").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **told},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
