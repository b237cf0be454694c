"""Write the documents that are generated from the code."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.documents import DOCUMENTS


class Command(BaseCommand):
    """`manage.py generate_docs`: a test keeps the files and the code equal."""

    help = "Write docs/states.md, docs/events.md and the others that the code generates."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each document."""
        for name, write in DOCUMENTS.items():
            (settings.BASE_DIR / "docs" / name).write_text(write(), encoding="utf-8")
            self.stdout.write(f"docs/{name}")
