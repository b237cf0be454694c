"""Papers: PDF/A-3u from a Django template, the same bytes for the same input, nothing fetched.

Render in the worker, never in a request: a page takes a tenth of a second.
"""

import hashlib
import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from PIL import ImageFile
from weasyprint import HTML, Attachment
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from evidence.fonts import legible
from evidence.previews import preview
from evidence.storage import storage

# Importing WeasyPrint lets half a picture pass for a whole one everywhere in the process.
ImageFile.LOAD_TRUNCATED_IMAGES = False

_SEALED: Final = re.compile(r"sealed:([0-9a-f]{64})")
_OURS: Final = re.compile(r"static:((?:css|fonts)/[A-Za-z0-9_-]+\.(css|ttf))")
_KINDS: Final = {"css": "text/css", "ttf": "font/ttf"}
_PICTURE_SIDE: Final = 1200
_UNTITLED: Final = re.compile(r"<title>\s*</title>")


class ForbiddenAddress(RuntimeError):
    """A paper may show sealed pictures and our own style sheets and fonts; mend the template."""


@dataclass(frozen=True)
class Enclosure:
    """A file inside the PDF. `relationship` is PDF/A-3's: Source, Data, Supplement, Alternative."""

    name: str
    content: bytes
    description: str
    relationship: str = "Supplement"


@dataclass(frozen=True)
class Paper:
    """A rendered PDF and the characters, as `[U+XXXX]`, that no font of ours could draw."""

    content: bytes
    replaced: tuple[str, ...]


def render(
    template: str,
    context: Mapping[str, Any],
    *,
    language: str,
    enclosures: Sequence[Enclosure] = (),
) -> bytes:
    """The PDF of a template that extends `evidence/base.html`; see `compose`."""
    return compose(template, context, language=language, enclosures=enclosures).content


def compose(
    template: str,
    context: Mapping[str, Any],
    *,
    language: str,
    enclosures: Sequence[Enclosure] = (),
) -> Paper:
    """The PDF of a template, in `en` or `zh-Hans`, and what could not be drawn.

    A template extends `evidence/base.html` and fills its blocks, or the context holds `title`,
    `reference` and `issued_at` (with its zone). Dates and identifier come from there and from the content, never
    from a clock, so that the same input gives the same bytes. `<img src="sealed:SHA256" alt="…">`
    shows a sealed picture; a damaged one shows its `alt`. What could not be drawn is listed on the
    last page. Raises ForbiddenAddress for any other address, ValueError for a paper without a
    title, without a date for its enclosures, or with a date without a zone.
    """
    issued_at = _issued_at(context)
    if enclosures and issued_at is None:
        raise ValueError("A paper with enclosures needs issued_at in its context.")
    html, replaced = legible(_html(template, context, language))
    if replaced:
        told = {**context, "replaced": [code.strip("[]") for code in replaced]}
        html, _same = legible(_html(template, told, language))
    enclosed = b"".join(hashlib.sha256(one.content).digest() for one in enclosures)
    attachments = [_attachment(one, issued_at) for one in enclosures]
    identifier = hashlib.sha256(html.encode() + enclosed).digest()[:16]
    return Paper(_pdf(html, identifier, attachments), replaced)


def _issued_at(context: Mapping[str, Any]) -> datetime | None:
    issued_at = context.get("issued_at")
    if issued_at is None:
        return None
    if not isinstance(issued_at, datetime) or issued_at.tzinfo is None:
        raise ValueError("A paper's issued_at is a moment with its zone.")
    return issued_at.astimezone(UTC)


def _html(template: str, context: Mapping[str, Any], language: str) -> str:
    chinese = language.lower().startswith("zh")
    tag = "zh-Hans" if chinese else "en"
    issued_at = _issued_at(context)
    own = {
        "tag": tag,
        "operator": settings.OPERATOR_NAME[tag],
        "created": f"{issued_at:%Y-%m-%dT%H:%M:%SZ}" if issued_at else "",
    }
    with translation.override("zh-hans" if chinese else "en"):
        html = render_to_string(template, {"replaced": [], **context, **own})
    if _UNTITLED.search(html):
        raise ValueError("A paper needs a title, in its context or its template.")
    return html


def _pdf(html: str, identifier: bytes, attachments: list[Attachment]) -> bytes:
    document = HTML(string=html, url_fetcher=_Fetcher())
    options = {"pdf_variant": "pdf/a-3u", "pdf_identifier": identifier}
    try:
        with warnings.catch_warnings():
            # WeasyPrint leaves the file of its colour profile to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            content: bytes = document.write_pdf(attachments=attachments, **options)
    except FatalURLFetchingError as error:
        raise ForbiddenAddress(str(error)) from error
    return content


class _Fetcher(URLFetcher):
    """Sealed pictures and our own style sheets and fonts, by name. Everything else is denied."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if found := _SEALED.fullmatch(url):
            return self._picture(url, found.group(1))
        if found := _OURS.fullmatch(url):
            path = Path(settings.BASE_DIR) / "static" / found.group(1)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _KINDS[found[2]]})
        raise FatalURLFetchingError(f"{ForbiddenAddress.__doc__} ({url[:200]})")

    def _picture(self, url: str, sha256: str) -> URLFetcherResponse:
        with storage().open(sha256) as source:
            content, kind = preview(source, side=_PICTURE_SIDE)
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def _attachment(one: Enclosure, at: datetime | None) -> Attachment:
    return Attachment(
        file_obj=io.BytesIO(one.content),
        name=one.name,
        description=one.description,
        relationship=one.relationship,
        created=at,
        modified=at,
    )
