#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line

from deadlines.management.commands.clock import Command as Clock
from launch import scratch
from launch.errors import Refusal

NEEDS_NO_SETTINGS = {"clock": Clock}
"""Commands that compute and nothing else: they run where nothing is configured."""
IN_SCRATCH = "--in-scratch"


def main(words: list[str]) -> int:
    """Run a command; `bench deadlines` with a database of its own, which it fills."""
    command = NEEDS_NO_SETTINGS.get("".join(words[1:2]))
    if command is not None:
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)  # Django would read them at the very end
        command().run_from_argv(words)
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if words[1:3] == ["bench", "deadlines"] and IN_SCRATCH not in words:
        try:
            return scratch.run([sys.executable, "-W", "ignore", *words, IN_SCRATCH])
        except Refusal as refusal:
            sys.stderr.write(f"{refusal}\n")
            return refusal.status
    execute_from_command_line(words)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
