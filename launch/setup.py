"""Set-up: system libraries, `.venv`, and the packages of the lock file, each only when needed."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from launch.apt import Say, ensure_packages
from launch.errors import Refusal

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed-locks"
RUN_LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-dev.txt"
PULSE_SECONDS = 5.0


def set_up(say: Say, *, for_tests: bool = False) -> None:
    """Make everything ready to run, and to test if wished. A second time it takes no time.

    Raises Refusal, before anything is made, when a system package is missing and may not be
    installed.
    """
    ensure_packages(say, for_tests=for_tests)
    with _alone(say):
        _ensure_packages(say, [RUN_LOCK, TEST_LOCK] if for_tests else [RUN_LOCK])


@contextmanager
def _alone(say: Say) -> Iterator[None]:
    """One set-up of this folder at a time."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with (folder / "setup.lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up of this folder")
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _ensure_packages(say: Say, locks: list[Path]) -> None:
    wanted = [hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks]
    if STAMP.exists() and set(wanted) <= set(STAMP.read_text().split()):
        return
    if not _usable():
        _make_environment(say)
    STAMP.unlink(missing_ok=True)
    _install(say, locks[-1])  # the tests' lock holds the other one whole
    STAMP.write_text("\n".join(wanted) + "\n")


def _usable() -> bool:
    command = [str(PYTHON), "-m", "pip", "--version"]
    return (
        PYTHON.exists()
        and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


def _make_environment(say: Say) -> None:
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise Refusal("Python's venv module is missing: install the system package python3-venv.")
    if VENV.is_symlink():
        raise Refusal(f"{VENV} is a link to an environment without pip: remove the link.")
    say("Making the virtual environment .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refusal(f"Python could not make {VENV}: {(done.stdout + done.stderr).strip()}")


def _install(say: Say, lock: Path) -> None:
    """Install exactly the locked files, telling every few seconds how far it is."""
    total = sum(
        "==" in line and not line.startswith((" ", "#")) for line in lock.read_text().splitlines()
    )
    say(f"Installing {total} Python packages from {lock.name}")
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    with subprocess.Popen(
        [*pip, "--progress-bar=off", "--require-hashes", "-r", str(lock)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    ) as process:
        lines = _followed(process, say, total)
    if process.returncode:
        tail = "\n".join(f"    {line}" for line in lines[-12:])
        raise Refusal(f"pip could not install {lock.name}; it ended with:\n{tail}")


def _followed(process: "subprocess.Popen[str]", say: Say, total: int) -> list[str]:
    lines: list[str] = []
    fetched, pulse = 0, time.monotonic()
    for line in process.stdout or ():
        lines.append(line.rstrip())
        fetched += line.startswith(("Collecting", "Requirement already satisfied"))
        if line.startswith("Installing collected packages"):
            say("Unpacking them, which takes longest")
            break
        if time.monotonic() - pulse > PULSE_SECONDS:
            pulse = time.monotonic()
            say(f"{fetched} of {total} fetched")
    lines += process.communicate()[0].splitlines()
    return lines
