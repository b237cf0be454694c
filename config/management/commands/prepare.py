"""Bring database, translations and, in demo mode, people to where the processes can start.

The cases of the demo are made by the worker, once the sandbox answers.
"""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from common.clock import now
from common.jobs import enqueue
from config import demo
from config.translations import compile_all
from platforms.models import Platform, ServiceSurface, SurfaceKind


class Command(BaseCommand):
    """`manage.py prepare`: needs DATABASE_OWNER_URL; may be run again at any time."""

    help = "Migrate as the owner, compile translations, register the platform, create demo people."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do each step and say what was done."""
        if "owner" not in settings.DATABASES:
            raise CommandError(
                "Set DATABASE_OWNER_URL: only the owner of the tables may change them."
            )
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        self.stdout.write("The database is up to date.")
        self.stdout.write(f"Translations compiled: {compile_all(settings.LOCALE_PATHS[0])}.")
        self._register_platform()
        if settings.DEMO:
            self.stdout.write(f"Demo people created: {demo.create_people(now())}.")
            enqueue("config.demo")

    def _register_platform(self) -> None:
        platform, created = Platform.objects.get_or_create(
            slug=settings.PLATFORM_SLUG, defaults={"name": settings.PLATFORM_NAME}
        )
        for kind in SurfaceKind.values:
            ServiceSurface.objects.get_or_create(platform=platform, kind=kind, territory="")
        if created:
            self.stdout.write(f"The platform {platform.name} is registered.")
