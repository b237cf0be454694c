"""`script/proof [NAME [ARGUMENTS]]`: run one proof, or all that need no arguments."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

from tests.proofs.record import NEEDS_ARGUMENTS


def names() -> list[str]:
    """The proofs there are: the modules here with a `main`."""
    files = Path(__file__).parent.glob("[!_]*.py")
    return sorted(file.stem for file in files if "\ndef main(" in file.read_text())


def run_one(name: str, arguments: list[str]) -> int:
    """Run a proof here; its exit status."""
    if name not in names():
        sys.exit(f"There is no proof {name}; there are: {', '.join(names()) or 'none yet'}.")
    status: int = import_module(f"tests.proofs.{name}").main(arguments)
    return status


def run_all() -> int:
    """Run every proof in a process of its own; 1 when one of them failed."""
    outcomes = {}
    for name in names():
        print(f"\n== {name}", flush=True)
        outcomes[name] = subprocess.call([sys.executable, "-m", "tests.proofs", name])
    failed = [name for name, status in outcomes.items() if status not in (0, NEEDS_ARGUMENTS)]
    print(f"\n{len(outcomes)} proofs run, {len(failed)} failed: {', '.join(failed) or 'none'}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(run_one(sys.argv[1], sys.argv[2:]) if sys.argv[1:] else run_all())
