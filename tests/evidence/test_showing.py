"""Sealed files leave as downloads, or as pictures drawn anew."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from evidence.files import seal
from evidence.previews import NoPreview, preview
from evidence.responses import download_response, inline_image_response
from tests.evidence.conftest import AT, picture

SCRIPT = b"<script>alert(1)</script>"


def test_a_preview_is_drawn_anew_so_what_was_hidden_is_gone() -> None:
    content, kind = preview(io.BytesIO(picture() + SCRIPT))
    assert kind == "image/png"
    assert SCRIPT not in content
    with Image.open(io.BytesIO(content)) as shown:
        assert (shown.size, shown.getpixel((3, 3))) == ((40, 30), (255, 0, 0))


def test_metadata_is_left_behind_and_the_picture_stands_upright() -> None:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Nora's home"
    Image.new("RGB", (40, 30), "red").save(target, "JPEG", exif=exif)
    content, kind = preview(target)
    assert (kind, b"Nora" in content) == ("image/jpeg", False)
    with Image.open(io.BytesIO(content)) as shown:
        assert shown.size == (30, 40)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_every_accepted_picture_has_a_preview_of_the_size_asked_for(kind: str) -> None:
    content, _ = preview(io.BytesIO(picture(kind=kind)), side=20)
    with Image.open(io.BytesIO(content)) as shown:
        assert shown.size == (20, 15)


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it is `side` pixels wide and high."""
    head = struct.pack(">2I5B", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )


@pytest.mark.parametrize("side", [7_100, 12_000, 60_000])
def test_a_picture_that_would_fill_the_memory_is_not_opened(side: int) -> None:
    with pytest.raises(NoPreview):
        preview(io.BytesIO(bomb(side)))


@pytest.mark.parametrize("content", [b"", b"x", picture()[:20], b"%PDF-1.7", b"<svg/>"])
def test_what_is_no_picture_is_told_so(content: bytes) -> None:
    with pytest.raises(NoPreview, match="Download it instead"):
        preview(io.BytesIO(content))


def test_a_picture_cut_off_shows_what_there_is() -> None:
    content, _ = preview(io.BytesIO(picture()[:60]))
    with Image.open(io.BytesIO(content)) as shown:
        assert shown.size == (40, 30)


@pytest.mark.django_db
def test_a_download_can_do_nothing_in_a_browser(storage_folder: Path) -> None:
    sealed = seal(SCRIPT, name="原作 <b>.html", at=AT)
    answer = download_response(sealed)
    assert b"".join(answer) == SCRIPT  # type: ignore[arg-type]
    answer.close()
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%8E%9F")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Length"] == str(len(SCRIPT))


@pytest.mark.django_db
def test_only_a_picture_drawn_anew_is_shown_inline(storage_folder: Path) -> None:
    answer = inline_image_response(seal(picture() + SCRIPT, name="a.png", at=AT))
    assert answer["Content-Type"] == "image/png"
    assert SCRIPT not in answer.content
    assert answer["X-Content-Type-Options"] == "nosniff"
    with pytest.raises(NoPreview):
        inline_image_response(seal(SCRIPT, name="a.png", at=AT))
