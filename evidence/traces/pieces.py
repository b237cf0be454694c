"""What a carrier hands on: a text with the name it stood under, or the sign of a manifest."""

from dataclasses import dataclass
from enum import StrEnum


class Carrier(StrEnum):
    """Where in a file something stood."""

    PNG_TEXT = "png_text"
    EXIF = "exif"
    XMP = "xmp"
    JPEG_COMMENT = "jpeg_comment"
    GIF_COMMENT = "gif_comment"
    TIFF_TAG = "tiff_tag"
    MP4_KEY = "mp4_key"
    ID3 = "id3"
    VORBIS = "vorbis_comment"
    RIFF_INFO = "riff_info"
    WEBM_TAG = "webm_tag"
    PDF_INFO = "pdf_info"
    TEXT = "text"


@dataclass(frozen=True)
class Text:
    """One text of a file's metadata. `cut`: it was longer than is looked at."""

    carrier: Carrier
    key: str
    value: str
    cut: bool = False


@dataclass(frozen=True)
class Manifest:
    """The sign of a C2PA manifest; its content is read elsewhere."""


Piece = Text | Manifest


def plain(raw: bytes) -> str:
    """Bytes as text, whatever they were meant to be: UTF-8, UTF-16 with its mark, else byte for byte."""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return raw.decode("utf-16", "replace").replace("\x00", "")
    try:
        return raw.decode("utf-8").strip("\ufeff\x00")
    except UnicodeDecodeError as error:
        # A text that was cut off in the middle of a character is UTF-8 all the same.
        if error.start >= len(raw) - 3:
            return raw[: error.start].decode("utf-8").strip("\ufeff\x00")
        return raw.decode("latin-1").strip("\x00")
