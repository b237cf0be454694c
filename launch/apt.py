"""System packages: installed when missing and permitted, otherwise named in one sentence."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence

from launch.errors import Refusal

# WeasyPrint draws with these; apt knows them by package, the loader by file.
LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
# The tests drive a browser and read the message catalogue with GNU's own tools.
PROGRAMS = {"chromium": "chromium", "gettext": "msgfmt"}

Say = Callable[[str], None]


def ensure_libraries(say: Say) -> None:
    """Have what WeasyPrint needs; Refusal when it is missing and may not be installed."""
    _ensure(LIBRARIES, _library_loads, say)


def ensure_programs(say: Say) -> None:
    """Have what the tests need; Refusal when it is missing and may not be installed."""
    _ensure(PROGRAMS, lambda program: shutil.which(program) is not None, say)


def _ensure(wanted: Mapping[str, str], present: Callable[[str], bool], say: Say) -> None:
    missing = [package for package, thing in wanted.items() if not present(thing)]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Refusal(_please(missing))
    say(f"Installing the system packages {', '.join(missing)}")
    _apt("update", "--quiet=2")
    _apt("install", "--yes", "--no-install-recommends", *missing)
    if still := [package for package in missing if not present(wanted[package])]:
        raise Refusal(f"apt-get installed {', '.join(still)}, yet they cannot be found afterwards.")


def _library_loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def _apt(*words: str) -> None:
    done = subprocess.run(
        ["apt-get", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    if done.returncode:
        tail = "\n".join(f"    {line}" for line in done.stdout.splitlines()[-12:])
        raise Refusal(f"`apt-get {' '.join(words)}` failed; it ended with:\n{tail}")


def _please(missing: Sequence[str]) -> str:
    packages = " ".join(missing)
    return (
        f"Redress needs the system packages {', '.join(missing)}: "
        f"have them installed as root with `apt-get install --no-install-recommends {packages}`."
    )
