"""Handing out sealed files: as a download, or as a picture drawn anew. Never inline as they came."""

from typing import BinaryIO

from django.http import FileResponse, HttpResponse

from evidence.models import SealedFile
from evidence.previews import SIDE, preview

# A file may be a picture and a page at once; whatever it is, it may do nothing in a browser.
_HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


def download_response(sealed: SealedFile) -> FileResponse:
    """The sealed bytes as an attachment under the original name. Raises FileNotFoundError."""
    return FileResponse(
        sealed.open(),
        as_attachment=True,
        filename=sealed.name,
        content_type=sealed.media_type,
        headers={**_HARMLESS, "Content-Length": str(sealed.size)},
    )


def inline_image_response(sealed: SealedFile, *, side: int = SIDE) -> HttpResponse:
    """A preview of a sealed picture, at most `side` pixels wide and high. Raises NoPreview."""
    with sealed.open() as source:
        return inline_picture_response(source, side=side)


def inline_picture_response(source: BinaryIO, *, side: int = SIDE) -> HttpResponse:
    """As `inline_image_response`, of bytes that are not sealed."""
    content, kind = preview(source, side=side)
    return HttpResponse(content, content_type=kind, headers=_HARMLESS)
