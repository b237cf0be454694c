"""`manage.py rule_lists export FILE`, `import FILE`, `key`: lists of rules between providers."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.actors import SETUP
from common.clock import now
from common.errors import RedressError
from screening.services.lists import export_list, import_list
from screening.signing import public_key


class Command(BaseCommand):
    """Export, import, or print our public key."""

    help = "Sign our prompt rules for other providers, take in theirs as proposals, or print our public key."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and with which file."""
        parser.add_argument("act", choices=["export", "import", "key"])
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        act, file = options["act"], options["file"]
        if act == "key":
            self.stdout.write(public_key())
            return
        if file is None:
            raise CommandError(f"Name the file: manage.py rule_lists {act} FILE")
        try:
            self.stdout.write(_export(file) if act == "export" else _import(file))
        except OSError as error:
            raise CommandError(str(error)) from error
        except RedressError as error:
            raise CommandError(error.message) from error


def _export(file: Path) -> str:
    content = export_list(settings.OPERATOR_NAME["en"], actor=SETUP, now=now())
    file.write_bytes(content)
    return f"Signed with {public_key()}: {file}"


def _import(file: Path) -> str:
    brought = import_list(file.read_bytes(), actor=SETUP, now=now())
    return (
        f"{brought.list.provider}, version {brought.list.version}: {brought.new} proposals are new, "
        f"{brought.withdrawn} are withdrawn. They wait for approval at the desk."
    )
