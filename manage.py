#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line

from deadlines.management.commands.clock import Command as Clock

NEEDS_NO_SETTINGS = {"clock": Clock}
"""Commands that compute and nothing else: they run where nothing is configured."""

if __name__ == "__main__":
    command = NEEDS_NO_SETTINGS.get("".join(sys.argv[1:2]))
    if command is not None:
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)  # Django would read them at the very end
        command().run_from_argv(sys.argv)
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        execute_from_command_line(sys.argv)
