"""The demo's cases."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from common.clock import now
from config.demo_cases import create_cases


class Command(BaseCommand):
    """`manage.py demo`: needs demo mode and the running sandbox; does nothing where cases are."""

    help = "Create the cases of the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the cases and say how many."""
        if not settings.DEMO:
            raise CommandError("Demo cases are made in demo mode only: set REDRESS_DEMO=1.")
        self.stdout.write(f"Demo cases created: {create_cases(now())}.")
