"""`manage.py screening_eval`: the engine on anybody's rules and prompts. Needs no settings and no database."""

import json
import os
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any, BinaryIO, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from screening.evaluation import BadLine, answers, read_rules

_STANDARD_INPUT: Final = "-"
_UNREADABLE: Final = 2
_LINES_AT_ONCE: Final = 100


class Command(BaseCommand):
    help = (
        'Decide prompts, lines of {"id", "prompt"}, by rules, lines of {"id", "terms", "allow", "mode"}; '
        'prints {"id", "decision", "rule", "spans"} for each prompt, in order.'
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rules", required=True, help="A file of JSON lines.")
        parser.add_argument(
            "--prompts", required=True, help="A file of JSON lines, or - for standard input."
        )

    def handle(self, *args: object, **options: Any) -> None:
        try:
            with open(options["rules"], "rb") as rules:
                trial = read_rules(rules, options["rules"])
            with _opened(options["prompts"]) as prompts:
                _print(answers(trial, prompts, options["prompts"]), sys.stdout.buffer)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (BadLine, OSError) as error:
            raise CommandError(str(error), returncode=_UNREADABLE) from error


def _opened(path: str) -> Any:
    return nullcontext(sys.stdin.buffer) if path == _STANDARD_INPUT else open(path, "rb")


def _print(told: Iterable[dict[str, object]], out: BinaryIO) -> None:
    """Each answer in a line of UTF-8, in portions. What was answered before a bad line is printed."""
    try:
        for number, answer in enumerate(told, start=1):
            line = json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace")
            out.write(line + b"\n")
            if number % _LINES_AT_ONCE == 0:
                out.flush()
    finally:
        out.flush()
