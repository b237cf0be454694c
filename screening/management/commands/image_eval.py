"""`manage.py image_eval`: which of some pictures show which works. Needs no settings and no database."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser

from screening.prints import pdq, pictures
from screening.prints.errors import UnreadablePicture
from screening.prints.gallery import Gallery
from screening.prints.pictures import PicturePrint

ENDINGS = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff"}


class Command(BaseCommand):
    help = (
        "Recognise the pictures of the folder --works among those of the folder --queries. Prints a JSON "
        'line {"query", "work" or null, "distance", "score"} for each picture of --queries, by name; '
        "names are relative to their folder. `score` runs from 0 to 1; `distance` is PDQ's, in bits, to "
        "the work named or else to the nearest."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--works", required=True, type=Path, help="Folder of the works.")
        parser.add_argument("--queries", required=True, type=Path, help="Folder of the pictures.")

    def handle(self, *args: object, **options: Any) -> None:
        cv2.setNumThreads(1)
        names, prints = [], []
        for path in _files(options["works"], "works"):
            names.append(path.relative_to(options["works"]).as_posix())
            prints.append(_print(path))
        if not names:
            raise CommandError(f"There is no picture in {options['works']}.")
        gallery = Gallery(np.stack([one.whole for one in prints]), [one.codes for one in prints])
        for path in _files(options["queries"], "queries"):
            told = _told(gallery, names, prints, path)
            line = {"query": path.relative_to(options["queries"]).as_posix(), **told}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()


def _told(
    gallery: Gallery, names: list[str], prints: list[PicturePrint], path: Path
) -> dict[str, object]:
    """The line of one file; a file that is no picture gets one too, with the reason as `error`."""
    try:
        query = pictures.take(path.read_bytes())
    except (OSError, UnreadablePicture) as error:
        return {"work": None, "distance": None, "score": 0.0, "error": str(error)}
    return _answer(gallery, names, prints, query)


def _answer(
    gallery: Gallery, names: list[str], prints: list[PicturePrint], query: PicturePrint
) -> dict[str, object]:
    """What one line says about one picture."""
    hit, best = gallery.best(query, prints.__getitem__)
    if hit is not None:
        likeness = hit.likeness
        return {
            "work": names[hit.work],
            "distance": likeness.distance,
            "score": round(likeness.score, 4),
        }
    whole = np.stack([one.whole for one in prints])
    near = min(pdq.nearest(query.whole, whole), pdq.nearest(query.mirror, whole))
    return {"work": None, "distance": near, "score": round(best, 4)}


def _files(folder: Path, what: str) -> Iterator[Path]:
    if not folder.is_dir():
        raise CommandError(f"--{what}: {folder} is no folder.")
    found = (path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS)
    yield from sorted(path for path in found if path.is_file())


def _print(path: Path) -> PicturePrint:
    try:
        return pictures.take(path.read_bytes())
    except (OSError, UnreadablePicture) as error:
        raise CommandError(f"{path}: {error}") from error
