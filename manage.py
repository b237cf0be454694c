#!/usr/bin/env python
"""Django's command line."""

import os
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

NEEDS_NO_SETTINGS = {
    "clock": "deadlines.management.commands.clock",
    "screening_eval": "screening.management.commands.screening_eval",
    "image_eval": "screening.management.commands.image_eval",
}
"""Commands that compute and nothing else: they run where nothing is configured."""
HOUSE = Path(__file__).resolve().parent
IN_SCRATCH = "--in-scratch"
FILLING_BENCHES = (["bench", "deadlines"], ["bench", "prompt_http"])
"""They fill the database they are given, so they run on one that is thrown away."""
CONFIGURED = ("SECRET_KEY", "SECRET_KEY_FILE")
"""Without either nothing is configured, and the house of script/server is meant."""


def main(words: list[str]) -> int:
    """Run a command: with the settings we are told, or inside the house of script/server.

    A bench that fills its database runs on one that is thrown away.
    """
    module = NEEDS_NO_SETTINGS.get("".join(words[1:2]))
    if find_spec("django") is None:
        return _launch(words[1:], inside=False)
    if module is None and not any(map(os.environ.get, CONFIGURED)):
        return _launch(words[1:], inside=True)
    if module is not None:
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)  # Django would read them at the very end
        import_module(module).Command().run_from_argv(words)
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if words[1:3] in FILLING_BENCHES and IN_SCRATCH not in words:
        bench = [sys.executable, "-W", "ignore", str(HOUSE / "manage.py"), *words[1:], IN_SCRATCH]
        return subprocess.call([sys.executable, "-m", "launch", "scratch", "--", *bench], cwd=HOUSE)
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - may not be there

    execute_from_command_line(words)
    return 0


def _launch(words: list[str], *, inside: bool) -> int:
    """Again with the house's own Python, and `inside` the house as well."""
    from launch.console import in_venv, run  # noqa: PLC0415 - only where nothing is configured
    from launch.errors import Refusal  # noqa: PLC0415

    try:
        return run(words) if inside else in_venv(words)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return refusal.status


if __name__ == "__main__":
    sys.exit(main(sys.argv))
