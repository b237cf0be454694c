#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line

from launch import scratch
from launch.errors import Refusal

IN_SCRATCH = "--in-scratch"


def main(words: list[str]) -> int:
    """Run a command; `bench deadlines` with a database of its own, which it fills."""
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
