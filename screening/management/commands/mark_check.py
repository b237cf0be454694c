"""`manage.py mark_check`: which marks of a picture survive what commonly happens to pictures. Needs no database."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from screening.marks.check import Box, Fate, MarkCheck, check
from screening.prints.errors import UnreadablePicture

_COLUMNS: Final = ("label, kept", "label, not kept", "C2PA", "visible mark", "looks")
_HEAD: Final = (
    "label: the hidden label of GB 45438, by a program that carries metadata over and by one that does not; "
    "looks: recognised by the output check, with its score."
)


class Command(BaseCommand):
    help = (
        "Manipulate each picture in the common ways and tell after each which of its marks are left: "
        "the hidden label (GB 45438), a C2PA manifest, the visible mark at the place that --mark names, "
        "and whether the output check still knows the picture."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--mark",
            metavar="LEFT,TOP,WIDTH,HEIGHT",
            help="Place of the visible mark, in per mille of the picture.",
        )
        parser.add_argument("--json", action="store_true", help="One JSON object for each file.")

    def handle(self, *args: object, **options: Any) -> None:
        mark = _box(options["mark"])
        failed = 0
        for path in options["files"]:
            try:
                found = check(path.read_bytes(), mark)
            except (OSError, UnreadablePicture) as error:
                failed += 1
                self.stderr.write(f"{path}: {error}")
                continue
            told = _json(path, found) if options["json"] else _table(path, found)
            sys.stdout.write(told + "\n")
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files could not be checked.")


def _box(told: str | None) -> Box | None:
    if not told:
        return None
    try:
        left, top, width, height = (int(one) for one in told.split(","))
        return Box(left, top, width, height)
    except ValueError as error:
        raise CommandError(f"--mark {told}: give LEFT,TOP,WIDTH,HEIGHT ({error}).") from error


def _json(path: Path, found: MarkCheck) -> str:
    labels = [{"fields": one.fields, "odd": one.odd} for one in found.report.labels]
    rows = [asdict(row) for row in found.rows]
    return json.dumps({"file": path.name, "labels": labels, "rows": rows}, ensure_ascii=False)


def _table(path: Path, found: MarkCheck) -> str:
    number = len(found.report.labels)
    lines = [f"{path.name}: {number or 'no'} hidden label{'' if number == 1 else 's'}", _HEAD]
    lines.append(_line("", *_COLUMNS))
    for row in found.rows:
        marks = (row.kept_by_care, row.kept_by_none, row.credential, row.visible)
        looks = f"{'known' if row.recognised else 'not known'} {row.score:.2f}"
        lines.append(_line(row.name, *("–" if one == Fate.NONE else one for one in marks), looks))
    return "\n".join(lines)


def _line(name: str, *cells: str) -> str:
    return f"{name:26}" + "".join(f"{cell:17}" for cell in cells).rstrip()
