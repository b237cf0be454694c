"""System packages: installed when missing and permitted, otherwise named in one sentence."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from glob import glob

from launch.errors import Refusal

# WeasyPrint draws with these; apt knows them by package, the loader by file.
LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
# The tests drive a browser (Playwright brings a Node that needs libatomic), read the message
# catalogue with GNU's own tools, and put clocks wrong.
TEST_LIBRARIES = {"libatomic1": "libatomic.so.1"}
# A clock that goes wrong for one process; it is preloaded, so the loader need not know it.
TEST_FILES = {"libfaketime": "/usr/lib/*/faketime/libfaketimeMT.so.1"}
PROGRAMS = {"chromium": "chromium", "gettext": "msgfmt"}

Say = Callable[[str], None]


def ensure_packages(say: Say, *, for_tests: bool = False) -> None:
    """Have what WeasyPrint needs, and the tests if wished.

    Raises Refusal, naming all that is missing, when it may not be installed.
    """
    missing = _missing(for_tests=for_tests)
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Refusal(_please(missing))
    say(f"Installing the system packages {', '.join(missing)}")
    _apt("update", "--quiet=2")
    _apt("install", "--yes", "--no-install-recommends", *missing)
    if still := _missing(for_tests=for_tests):
        raise Refusal(f"apt-get installed {', '.join(still)}, yet they cannot be found afterwards.")


def _missing(*, for_tests: bool) -> list[str]:
    libraries = LIBRARIES | TEST_LIBRARIES if for_tests else LIBRARIES
    programs = PROGRAMS if for_tests else {}
    files = TEST_FILES if for_tests else {}
    return [
        *(package for package, file in libraries.items() if not _library_loads(file)),
        *(package for package, program in programs.items() if not shutil.which(program)),
        *(package for package, file in files.items() if not glob(file)),
    ]


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
