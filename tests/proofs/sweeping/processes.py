"""The sweepers of a round, with right clocks or wrong ones, and Celery's real worker and beat."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from glob import glob
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent.parent
LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"
APPLICATION = "tests.proofs.sweeping.worker"
PATIENCE = 60


def wrong_clock(seconds: int) -> dict[str, str]:
    """What makes a process believe that it is so many seconds later. RuntimeError without libfaketime."""
    found = os.environ.get("FAKETIME_LIB") or next(iter(glob(LIBRARY)), "")
    if not found:
        raise RuntimeError("libfaketime is missing: run script/setup --tests.")
    return {"LD_PRELOAD": found, "FAKETIME": f"{seconds:+d}s"}


class Sweepers:
    """`with Sweepers(folder, clocks) as sweepers:` one for each environment; afterwards `counts`."""

    def __init__(self, folder: Path, seed: str, told: list[Mapping[str, str]]) -> None:
        self._folder, self._seed, self._told = folder, seed, told
        self._running: list[subprocess.Popen[str]] = []
        self.counts: Counter[str] = Counter()
        self.wrong_by: list[int] = []

    def __enter__(self) -> "Sweepers":
        self._folder.mkdir()
        for number, told in enumerate(self._told):
            command = [sys.executable, "-W", "ignore", "-m", "tests.proofs.sweeping.sweeper"]
            self._running.append(
                subprocess.Popen(
                    [*command, str(self._folder), f"{self._seed}/{number}"],
                    cwd=ROOT,
                    env={**os.environ, **told},
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
        return self

    def check(self) -> None:
        """Raise RuntimeError when one has ended by itself."""
        if any(process.poll() is not None for process in self._running):
            raise RuntimeError("A sweeper has ended by itself; what it said stands above.")

    def __exit__(self, *_: object) -> None:
        (self._folder / "stop").touch()
        for process in self._running:
            said, _nothing = process.communicate(timeout=PATIENCE)
            told = json.loads(said or '{"wrong_by": 0, "fell": 1}')
            self.wrong_by.append(told.pop("wrong_by"))
            self.counts.update(told)


class Celery:
    """The real worker or beat, which can be killed and started again."""

    def __init__(self, folder: Path, part: str, *options: str) -> None:
        self._log = folder / f"{part}.log"
        self._command = [sys.executable, "-W", "ignore", "-m", "celery", "-A", APPLICATION, part]
        self._command += ["--loglevel=INFO", *options]
        self.start()

    def start(self) -> None:
        """Start it."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """`kill -9`, with all its processes."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    @property
    def fell(self) -> bool:
        """Whether it ended by itself."""
        return self._process.poll() is not None
