#!/usr/bin/env python
"""Django's command line."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from django.core.management import execute_from_command_line

NEEDS_NO_SETTINGS = {
    "clock": "deadlines.management.commands.clock",
    "screening_eval": "screening.management.commands.screening_eval",
    "image_eval": "screening.management.commands.image_eval",
}
"""Commands that compute and nothing else: they run where nothing is configured."""
HOUSE = Path(__file__).resolve().parent
IN_SCRATCH = "--in-scratch"


def main(words: list[str]) -> int:
    """Run a command; `bench deadlines`, which fills its database, on one that is thrown away."""
    module = NEEDS_NO_SETTINGS.get("".join(words[1:2]))
    if module is not None:
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)  # Django would read them at the very end
        import_module(module).Command().run_from_argv(words)
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if words[1:3] == ["bench", "deadlines"] and IN_SCRATCH not in words:
        launcher = [sys.executable, "-m", "launch", "scratch", "--", sys.executable]
        bench = [*launcher, "-W", "ignore", str(HOUSE / "manage.py"), *words[1:], IN_SCRATCH]
        return subprocess.call(bench, cwd=HOUSE)
    execute_from_command_line(words)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
