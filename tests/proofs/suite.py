"""Tests of the suite, run at the size of a proof."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Run:
    """What pytest said, and whether every test passed."""

    said: str
    ok: bool


def run(files: Sequence[str], told: Mapping[str, str], *options: str) -> Run:
    """Run these files with these variables; what pytest says is printed too."""
    command = [sys.executable, "-m", "pytest", *files, *options]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **told}, capture_output=True, text=True, check=False
    )
    print(done.stdout[-4000:])
    return Run(done.stdout, done.returncode == 0)
