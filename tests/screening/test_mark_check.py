"""Which marks survive what: told for every manipulation, for a label in each place, and for the visible mark."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from PIL import Image, ImageDraw, ImageFont

from screening.marks.check import Box, Fate, MarkCheck, check
from screening.marks.manipulations import MANIPULATIONS
from screening.prints.errors import PictureTooLarge, UnreadablePicture
from tests.evidence.traces import files
from tests.evidence.traces.signing import signed

MARK = Box(600, 900, 380, 80)


def drawn() -> Image.Image:
    """Something with corners, and a mark in its lower right corner."""
    dice = np.random.RandomState(3)
    coarse = (dice.rand(15, 20, 3) * 255).astype(np.uint8)
    picture = Image.fromarray(np.kron(coarse, np.ones((24, 24, 1), np.uint8)))
    ink = ImageDraw.Draw(picture)
    ink.rectangle((288, 324, 470, 352), fill=(20, 20, 24))
    ink.text((296, 326), "AI generated", fill="white", font=ImageFont.load_default(22))
    return picture


def saved(kind: str, **options: Any) -> bytes:
    target = io.BytesIO()
    drawn().save(target, kind, **options)
    return target.getvalue()


@pytest.fixture(scope="module")
def labelled() -> MarkCheck:
    return check(saved("JPEG", exif=files.exif(files.comment(files.annex_e()))), MARK)


def fates(found: MarkCheck, column: str) -> dict[str, Fate]:
    return {row.name: getattr(row, column) for row in found.rows}


def test_every_manipulation_has_its_row(labelled: MarkCheck) -> None:
    assert [row.name for row in labelled.rows] == list(MANIPULATIONS)


def test_a_label_in_exif_survives_a_careful_program_and_no_other(labelled: MarkCheck) -> None:
    careful, careless = (fates(labelled, name) for name in ("kept_by_care", "kept_by_none"))
    lost = {name for name, fate in careful.items() if fate == Fate.LOST}
    assert lost == {"metadata stripped", "screenshot"}
    assert set(careful.values()) == {Fate.KEPT, Fate.LOST}
    assert set(careless.values()) == {Fate.LOST}


def test_a_label_in_a_text_of_a_png_is_lost_with_the_format() -> None:
    content, texts = io.BytesIO(), files.PngInfo()
    texts.add_text("AIGC", files.bare())
    drawn().save(content, "PNG", pnginfo=texts)
    careful = fates(check(content.getvalue()), "kept_by_care")
    assert careful["half the size"] == careful["as PNG"] == Fate.KEPT
    assert careful["JPEG 90"] == careful["as WebP"] == Fate.LOST


def test_the_visible_mark_is_lost_with_its_corner_and_kept_in_a_screenshot(
    labelled: MarkCheck,
) -> None:
    visible = fates(labelled, "visible")
    assert visible["JPEG 30"] == visible["half the size"] == visible["screenshot"] == Fate.KEPT
    assert visible["20 percent cut off at each edge"] == Fate.LOST
    assert visible["a quarter of the size"] == Fate.LOST, "nobody reads seven pixels"


def test_a_manifest_survives_nothing() -> None:
    found = check(signed(saved("PNG"), "image/png"))
    assert set(fates(found, "credential").values()) == {Fate.LOST}
    assert set(fates(found, "kept_by_care").values()) == {Fate.NONE}


def test_without_any_mark_the_looks_remain(labelled: MarkCheck) -> None:
    known = {row.name for row in labelled.rows if row.recognised}
    assert known >= {"metadata stripped", "JPEG 30", "half the size", "screenshot"}


@pytest.mark.parametrize("content", [b"", b"words", files.saved("PNG")[:60], files.saved("GIF")])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        check(content)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadablePicture):
        check(huge(60_000))
    with pytest.raises(PictureTooLarge):
        check(huge(8_000))


def huge(side: int) -> bytes:
    head = side.to_bytes(4) * 2 + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + files.chunk(b"IHDR", head) + files.chunk(b"IDAT", b"x")


@pytest.mark.parametrize("place", [(-1, 0, 10, 10), (0, 0, 0, 10), (900, 0, 200, 10)])
def test_a_place_outside_the_picture_is_refused(place: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="per mille"):
        Box(*place)


def test_the_command_prints_a_table_and_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "fox.jpg"
    file.write_bytes(saved("JPEG", exif=files.exif(files.comment(files.annex_e()))))
    call_command("mark_check", str(file), "--mark", "600,900,380,80", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["labels"][0]["fields"]["ProduceID"] == files.FIELDS["ProduceID"]
    assert len(told["rows"]) == len(MANIPULATIONS)
    with pytest.raises(CommandError, match="--mark"):
        call_command("mark_check", str(file), "--mark", "9")
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("mark_check", str(tmp_path / "missing.png"))
