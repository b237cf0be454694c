"""Child processes that never outlive the launcher, and leftovers of launchers that were killed."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TAIL_LINES = 12
TAIL_BYTES = 16_384
LOG_BYTES = 10 * 1024 * 1024  # a larger log begins anew at the next start; one old one is kept


@dataclass
class Child:
    """A process in a session of its own, writing to its own log."""

    name: str
    log: Path
    popen: subprocess.Popen[bytes]

    @property
    def alive(self) -> bool:
        return self.popen.poll() is None

    def tell(self, how: signal.Signals) -> None:
        """Send a signal to the process itself, which tells its own children."""
        if self.alive:
            self.popen.send_signal(how)

    def wait(self, patience: float) -> None:
        """Wait for the end; after `patience` seconds end the whole session the hard way."""
        with suppress(subprocess.TimeoutExpired):
            self.popen.wait(patience)
        with suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()

    def last_words(self) -> str:
        """The last lines of its log, for the sentence that tells of its death."""
        with suppress(FileNotFoundError), self.log.open("rb") as stream:
            stream.seek(max(0, self.log.stat().st_size - TAIL_BYTES))
            lines = stream.read().decode("utf-8", "replace").splitlines()
            return "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])
        return ""


def start(
    name: str,
    command: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Child:
    """Start a command whose first word is `setpriv` (see `leashed`), appending to its log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as stream:
        popen = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            start_new_session=True,
        )
    return Child(name, log, popen)


def leashed(command: Sequence[str], on_orphaned: signal.Signals) -> list[str]:
    """The command, made to receive `on_orphaned` from the kernel when its parent dies."""
    return ["setpriv", "--pdeathsig", on_orphaned.name.removeprefix("SIG"), "--", *command]


def living_in(folder: Path) -> list[int]:
    """Processes whose working folder is `folder`: the embedded servers change into their data."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if (entry / "cwd").readlink() == folder:
                    found.append(int(entry.name))
    return found


def program_of(number: str) -> str:
    """The short name of the program a process runs; empty when there is no such process."""
    with suppress(OSError):
        return Path("/proc", number, "comm").read_text().strip()
    return ""


def end_leftovers(folder: Path, how: signal.Signals, patience: float = 10) -> int:
    """End what a killed launcher left running in `folder`; how many processes there were."""
    leftovers = living_in(folder)
    _signal(leftovers, how)
    deadline = time.monotonic() + patience
    while remaining := living_in(folder):
        if time.monotonic() > deadline:
            _signal(remaining, signal.SIGKILL)
        time.sleep(0.02)
    return len(leftovers)


def _signal(pids: Sequence[int], how: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, how)
