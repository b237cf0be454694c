"""Sealing files: known by content, kept by hash, refused with a sentence."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from evidence.files import FileRefused, seal, seal_own, showable
from evidence.kinds import media_type
from evidence.models import Damaged, SealedFile
from evidence.storage import storage
from tests.evidence.conftest import AT, picture

pytestmark = pytest.mark.django_db
WEBM = bytes.fromhex("1a45dfa3010000000000001f4286810142f7810142f2810442f381084282847765626d")
SAMPLES = {
    "image/png": picture(),
    "image/jpeg": picture(kind="JPEG"),
    "image/webp": picture(kind="WEBP"),
    "image/gif": picture(kind="GIF"),
    "image/tiff": picture(kind="TIFF"),
    "image/bmp": picture(kind="BMP"),
    "application/pdf": b"%PDF-1.7\n",
    "video/mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + b"\0" * 99,
    "video/quicktime": b"\0\0\0\x14ftypqt  \0\0\2\0qt  " + b"\0" * 99,
    "video/webm": WEBM + b"\0" * 50,
    "audio/mpeg": b"ID3\x03\0\0\0\0\0\x0f" + b"\0" * 50,
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40,
    "audio/ogg": b"OggS\0\2" + b"\0" * 60,
    "audio/flac": b"fLaC\0\0\0\x22" + b"\0" * 60,
    "application/json": b' {"urls": ["https://example.org"]}',
    "message/rfc822": b"From: nora@example.org\r\nSubject: Notice\r\n\r\nDear Sirs",
    "text/plain": "BMW 的作品：举报通知".encode(),
}


@pytest.fixture(autouse=True)
def store(storage_folder: Path) -> None:
    """Files of each test lie in a folder of its own."""


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_type_is_read_from_the_content_whatever_the_name(kind: str) -> None:
    assert seal(SAMPLES[kind], name="x.exe", at=AT).media_type == kind


def test_a_chinese_letter_in_the_old_encoding_is_text() -> None:
    assert seal("举报通知".encode("gb18030"), name="x", at=AT).media_type == "text/plain"


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\0" + b"\0" * 99, b"\x7fELF" + b"\0" * 50, b"PK\3\4" + b"\0" * 40, b"\0\1\2"],
)
def test_other_kinds_are_refused_and_the_sentence_names_what_may_come(content: bytes) -> None:
    with pytest.raises(FileRefused, match="Send one of: PNG, JPEG") as told:
        seal(content, name="proof.png", at=AT)
    assert "“proof.png”" in told.value.message
    assert not SealedFile.objects.exists()


def test_a_page_and_a_drawing_are_only_text() -> None:
    for content in (
        b"<!DOCTYPE html><script>1</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    ):
        assert media_type(io.BytesIO(content)) == "text/plain"


def test_an_empty_file_and_one_too_large_are_refused(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 2048
    with pytest.raises(FileRefused, match="is empty"):
        seal(b"", name="a.txt", at=AT)
    with pytest.raises(FileRefused, match=r"larger than 2\.0\sKB"):
        seal(b"x" * 2049, name="a.txt", at=AT)
    assert seal(b"x" * 2048, name="a.txt", at=AT).size == 2048


def test_what_was_sealed_comes_back_byte_for_byte() -> None:
    content = b"line\n" * 2_000_000
    sealed = seal(io.BytesIO(content), name="dir/long.txt", at=AT)
    stored = SealedFile.objects.get(id=sealed.id)
    assert (stored.sha256, stored.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (stored.name, stored.sealed_at) == ("long.txt", AT)
    assert stored.read() == content
    with stored.open() as source:
        assert source.read(5) == b"line\n"


def test_the_same_bytes_twice_are_two_rows_and_one_file(storage_folder: Path) -> None:
    one, two = (seal(picture(), name=name, at=AT) for name in ("a.png", "b.png"))
    assert one.id != two.id
    assert one.fact["sha256"] == two.fact["sha256"]
    assert len([path for path in storage_folder.rglob("*") if path.is_file()]) == 1


def test_the_fact_for_the_ledger_holds_no_name() -> None:
    assert "Nora" not in str(seal(picture(), name="Nora.png", at=AT).fact)


def test_a_changed_file_is_never_read_as_the_sealed_one(storage_folder: Path) -> None:
    sealed = seal(picture(), name="a.png", at=AT)
    place = next(storage_folder.rglob(sealed.sha256))
    place.chmod(0o600)
    place.write_bytes(b"other")
    with pytest.raises(Damaged):
        sealed.read()


def test_a_write_that_fails_leaves_nothing_half_there(storage_folder: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the line was cut")

    with pytest.raises(OSError, match="cut"):
        storage().keep("a" * 64, Broken())
    assert [path for path in storage_folder.rglob("*") if path.is_file()] == []
    with pytest.raises(FileNotFoundError):
        storage().open("a" * 64)


def test_what_the_house_made_may_be_of_any_kind() -> None:
    sealed = seal_own(b"PK\3\4", name="case.zip", kind="application/zip", at=AT)
    assert sealed.media_type == "application/zip"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\Nora\\原作.png", "原作.png"),
        ("../../etc/passwd", "passwd"),
        ("evil\u202egnp.exe\x00", "evilgnp.exe"),
        ("  ", "file"),
        ("x" * 300 + ".png", "x" * 251 + ".png"),
    ],
)
def test_a_name_is_made_fit_for_showing(given: str, shown: str) -> None:
    assert showable(given) == shown


def test_an_unknown_storage_is_a_sentence(settings: Any) -> None:
    settings.STORAGE_URL = "ftp://example.org/files"
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL must be file:///folder or s3:"):
        storage()
