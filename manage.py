#!/usr/bin/env python
"""Django's command line."""

import os
import subprocess
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

HOUSE = Path(__file__).resolve().parent
IN_SCRATCH = "--in-scratch"


def main(words: list[str]) -> int:
    """Run a command; `bench deadlines`, which fills its database, on one that is thrown away."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if words[1:3] == ["bench", "deadlines"] and IN_SCRATCH not in words:
        launcher = [sys.executable, "-m", "launch", "scratch", "--", sys.executable]
        command = [*launcher, "-W", "ignore", str(HOUSE / "manage.py"), *words[1:], IN_SCRATCH]
        return subprocess.call(command, cwd=HOUSE)
    execute_from_command_line(words)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
