"""Measurements against a named limit or peer, in the same run."""

import json
from collections.abc import Callable
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from screening.bench import prompt_check

BENCHES: Final[dict[str, Callable[[], dict[str, Any]]]] = {"prompt_check": prompt_check}


class Command(BaseCommand):
    """`manage.py bench NAME`: prints ratios as JSON."""

    help = "Measure NAME against its limit and its peer in the same run; prints JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which bench."""
        parser.add_argument("name")
        parser.add_argument("--json", action="store_true", help="the only form there is")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it and print what was measured."""
        bench = BENCHES.get(options["name"])
        if bench is None:
            raise CommandError(f"There is no such bench; there are: {', '.join(sorted(BENCHES))}.")
        self.stdout.write(json.dumps(bench(), indent=2))
