"""What a file is, by its content. The sender's word and the file's name count for nothing."""

import codecs
import json
import re
from typing import BinaryIO, Final

import puremagic

# What people may upload, with the name that people know it by.
ACCEPTED: Final[dict[str, str]] = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WebP",
    "image/gif": "GIF",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
    "application/pdf": "PDF",
    "video/mp4": "MP4",
    "video/quicktime": "MOV",
    "video/webm": "WebM video",
    "audio/mpeg": "MP3",
    "audio/wav": "WAV",
    "audio/ogg": "OGG",
    "audio/flac": "FLAC",
    "text/plain": "TXT",
    "application/json": "JSON",
    "message/rfc822": "EML",
}
UNKNOWN: Final = "application/octet-stream"

_HEAD_BYTES: Final = 64 * 1024
_JSON_BYTES: Final = 16 * 1024 * 1024
_SYNONYMS: Final = {
    "image/x-ms-bmp": "image/bmp",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/x-flac": "audio/flac",
    "video/x-m4v": "video/mp4",
    "application/ogg": "audio/ogg",
}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MAIL_HEADER: Final = re.compile(r"^(from|to|date|subject|message-id|received):", re.I | re.M)


def media_type(source: BinaryIO) -> str:
    """The media type of a seekable source, read from its bytes; UNKNOWN when nothing fits.

    Text comes first: a letter that begins with BM is no picture. Pages and vector drawings are text
    too, and are never served as anything else.
    """
    source.seek(0)
    head = source.read(_HEAD_BYTES)
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if any(_is_text(source, encoding) for encoding in ("utf-8", "gb18030")):
        return _kind_of_text(source, head)
    return _by_magic(head)


def _is_text(source: BinaryIO, encoding: str) -> bool:
    """Whether the whole source decodes without control characters."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := source.read(1 << 20):
            if _CONTROL.search(decoder.decode(piece)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _kind_of_text(source: BinaryIO, head: bytes) -> str:
    start = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if start[:1] in {"{", "["} and _is_json(source):
        return "application/json"
    headers = {found.lower() for found in _MAIL_HEADER.findall(re.split(r"\r?\n\r?\n", start)[0])}
    return "message/rfc822" if "from" in headers and len(headers) > 1 else "text/plain"


def _is_json(source: BinaryIO) -> bool:
    source.seek(0)
    try:
        json.loads(source.read(_JSON_BYTES))
    except (ValueError, RecursionError):
        return False
    return True


def _by_magic(head: bytes) -> str:
    try:
        found = [match.mime_type for match in puremagic.magic_string(head) if match.mime_type]
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    return _SYNONYMS.get(found[0], found[0]) if found else UNKNOWN
