"""`manage.py clock`: the end of a period, for one date or for a stream of them. Needs no settings and no database."""

import json
import os
import sys
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from deadlines.calendars import batch
from deadlines.calendars.errors import CalendarError

LANGUAGES = ("en", "zh-hans")
OK, SOME_BAD = 0, 1


class Command(BaseCommand):
    help = (
        "Say when a period ends and why. With --batch: reads JSON lines such as "
        f"{batch.EXAMPLE} from standard input and prints a line for each, in order."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--batch", action="store_true", help="Read JSON lines, write JSON lines."
        )
        parser.add_argument("--calendar", choices=batch.WAYS, help="How to count.")
        parser.add_argument("--start", help="The day of the event, YYYY-MM-DD; it is not counted.")
        parser.add_argument("--length", type=int, help="Days, or months by eu-1182-71-months.")
        parser.add_argument("--language", choices=LANGUAGES, default="en", type=str.lower)

    def handle(self, *args: object, **options: Any) -> None:
        asked = [options[name] for name in ("calendar", "start", "length")]
        if options["batch"]:
            if any(value is not None for value in asked):
                raise CommandError("--batch reads its dates from standard input: give it alone.")
            sys.exit(self._batch(options["language"]))
        if any(value is None for value in asked):
            raise CommandError("Give --calendar, --start and --length, or --batch for JSON lines.")
        self._tell(*asked, language=options["language"])

    def _batch(self, language: str) -> int:
        try:
            return _stream(sys.stdin.buffer, sys.stdout.buffer, language)
        except BrokenPipeError:
            _nobody_listens()
            return SOME_BAD

    def _tell(self, *asked: object, language: str) -> None:
        try:
            told = batch.answer(batch.reckon(*asked), language)
        except CalendarError as error:
            raise CommandError(str(error)) from error
        provisional = " provisional" if told["provisional"] else ""
        self.stdout.write(f"{told['due']}{provisional}\n{told['explanation']}")


def _stream(lines: BinaryIO, out: BinaryIO, language: str) -> int:
    """Answer each line as it comes, in UTF-8 whatever the locale. 1 when a line could not be answered."""
    status = OK
    for told in batch.answers(lines, language):
        if "error" in told:
            status = SOME_BAD
        out.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
        out.flush()
    return status


def _nobody_listens() -> None:
    """Whoever read our answers has left: say nothing more, not even at the end of the process."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
