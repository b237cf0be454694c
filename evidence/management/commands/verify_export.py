"""`manage.py verify_export FILE`: check a case file with the verifier that travels inside it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evidence.verify.verify_case_file import BrokenFile, verify


class Command(BaseCommand):
    help = "Check an exported case file; name the first broken thing and end with 1."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--manifest", default="", help="the manifest's SHA-256 as issued")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file:
                told = verify(file, options["manifest"])
        except BrokenFile as broken:
            raise CommandError(f"INVALID: {broken.where}: {broken.why.english}") from None
        except OSError as error:
            told_why = f"{options['file']}: {error.strerror}. Name a case file."
            raise CommandError(told_why, returncode=2) from None
        self.stdout.write(told.english)
