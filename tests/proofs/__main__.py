"""`script/proof [NAME [ARGUMENTS]]`: run one proof, or all that need no arguments."""

import os
import subprocess
import sys
from pathlib import Path

from tests.proofs.record import NEEDS_ARGUMENTS

NOT_PROOFS = {"__init__", "__main__", "record"}


def names() -> list[str]:
    """The proofs there are."""
    here = Path(__file__).parent
    return sorted(file.stem for file in here.glob("*.py") if file.stem not in NOT_PROOFS)


def run_one(name: str, arguments: list[str]) -> None:
    """Become the proof."""
    if name not in names():
        sys.exit(f"There is no proof {name}; there are: {', '.join(names()) or 'none yet'}.")
    os.execv(sys.executable, [sys.executable, "-m", f"tests.proofs.{name}", *arguments])


def run_all() -> int:
    """Run every proof; 1 when one of them failed."""
    failed = []
    for name in names():
        print(f"\n== {name}", flush=True)
        status = subprocess.call([sys.executable, "-m", f"tests.proofs.{name}"])
        if status not in (0, NEEDS_ARGUMENTS):
            failed.append(name)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll proofs held.")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:]:
        run_one(sys.argv[1], sys.argv[2:])
    sys.exit(run_all())
