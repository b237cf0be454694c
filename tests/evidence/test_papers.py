"""PDF papers: the same bytes twice, our own fonts, nothing fetched, nothing left out silently."""

import hashlib
import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from pypdf import PdfReader

from evidence.fonts import legible
from evidence.pdf import Enclosure, ForbiddenAddress, compose, render
from evidence.storage import storage
from tests.evidence.conftest import AT, picture

TEMPLATE = """{% extends "evidence/base.html" %}{% block content %}<p>{{ letter }}</p>
{% if picture %}<img src="{{ picture }}" alt="A picture that cannot be shown">{% endif %}{% endblock %}"""


@pytest.fixture(autouse=True)
def template(tmp_path: Path, settings: Any, storage_folder: Path) -> None:
    """A paper with a letter and a picture."""
    (tmp_path / "letter.html").write_text(TEMPLATE, encoding="utf-8")
    engine = dict(settings.TEMPLATES[0])
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], tmp_path]}]


def context(**more: object) -> dict[str, object]:
    fixed = {"title": "Receipt 回执", "reference": "N-2026-004417-K", "issued_at": AT}
    return {**fixed, "letter": "举报通知 — Dear Sirs", **more}


def words(content: bytes) -> str:
    return " ".join(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split()
    )


def stored(content: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    storage().keep(sha256, io.BytesIO(content))
    return f"sealed:{sha256}"


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_same_input_gives_the_same_bytes(language: str) -> None:
    filled = context(picture=stored(picture()))
    enclosed = [Enclosure("case.json", b"{}", "The case", "Data")]
    once, again = (
        render("letter.html", filled, language=language, enclosures=enclosed) for _ in range(2)
    )
    assert once == again
    assert once != render("letter.html", context(), language=language, enclosures=enclosed)


def test_a_paper_says_what_it_is_in_its_own_data_and_at_its_foot() -> None:
    content = render("letter.html", context(), language="zh-Hans")
    reader = PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    assert reader.metadata.title == "Receipt 回执"
    assert reader.metadata.creation_date == AT.replace(microsecond=0)
    assert re.search(rb"pdfaid:part\W+3\W", reader.trailer["/Root"]["/Metadata"].get_data())
    told = words(content)
    assert "举报通知 — Dear Sirs" in told
    assert "N-2026-004417-K 1 / 1" in told
    assert reader.trailer["/Root"]["/Lang"] == "zh-Hans"


def test_only_our_own_fonts_are_in_it() -> None:
    reader = PdfReader(io.BytesIO(render("letter.html", context(), language="en")))
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    names = {font.get_object()["/BaseFont"].split("+")[1] for font in fonts}
    assert names == {"Paper", "Paper-Semi-Bold"}


def test_what_no_font_has_and_what_cannot_be_seen_is_printed_as_its_code() -> None:
    paper = compose("letter.html", context(letter="a😀b\u202ec 한\x07 喆"), language="en")
    assert paper.replaced == ("[U+0007]", "[U+202E]", "[U+D55C]", "[U+1F600]")
    told = words(paper.content)
    assert "a[U+1F600]b[U+202E]c [U+D55C][U+0007] 喆" in told
    assert "fonts: U+0007, U+202E, U+D55C, U+1F600" in told


def test_a_whole_text_is_left_as_it_is() -> None:
    assert legible("Привет, 世界！ é\n\t“x”") == ("Привет, 世界！ é\n\t“x”", ())


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "static:../config/settings.py",
        "static:css/../../config/settings.py",
        "sealed:../../etc/passwd",
    ],
)
def test_nothing_else_is_ever_fetched(address: str) -> None:
    with pytest.raises(ForbiddenAddress):
        render("letter.html", context(picture=address), language="en")


def test_what_people_write_cannot_become_markup() -> None:
    letter = '<img src="file:///etc/passwd"><script>1</script>'
    assert letter in words(render("letter.html", context(letter=letter), language="en"))


def test_a_damaged_picture_shows_its_words_and_spoils_nothing() -> None:
    content = render("letter.html", context(picture=stored(picture()[:20])), language="en")
    assert "A picture that cannot be shown" in words(content)


def test_a_paper_without_title_or_with_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        render("letter.html", context(title=""), language="en")
    with pytest.raises(ValueError, match="zone"):
        render("letter.html", context(issued_at=datetime(2026, 1, 1)), language="en")  # noqa: DTZ001
    enclosed = [Enclosure("a", b"", "")]
    with pytest.raises(ValueError, match="issued_at"):
        render("letter.html", context(issued_at=None), language="en", enclosures=enclosed)


def test_a_paper_without_a_date_is_still_the_same_twice() -> None:
    once, again = (render("letter.html", context(issued_at=None), language="en") for _ in range(2))
    assert once == again
    assert PdfReader(io.BytesIO(once)).metadata.creation_date is None  # type: ignore[union-attr]


@override_settings(OPERATOR_NAME={"en": "Acme", "zh-Hans": "示例智能"})
def test_each_language_names_the_operator_in_its_own_words() -> None:
    assert "示例智能" in words(render("letter.html", context(), language="zh-hans"))
    assert "Acme" in words(render("letter.html", context(), language="en"))
