"""Base templates, catalogue and settings: what can be seen without a database."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks

from notifications.catalogue import LETTERS, OUTSIDE_CASES
from notifications.writing import LANGUAGES, write

ROOT = Path(__file__).parents[2]
LETTERS_FOLDER = ROOT / "templates" / "letters"
COLOUR = re.compile(r"#[0-9a-f]{3,6}\b")


def test_a_letter_has_the_colours_of_the_house_and_no_others() -> None:
    house = set(COLOUR.findall((ROOT / "static" / "css" / "tokens.css").read_text()))
    letter = set(COLOUR.findall((LETTERS_FOLDER / "letter.css").read_text()))

    assert letter
    assert letter <= house


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_loads_nothing_and_its_html_is_not_styled_in_place(language: str) -> None:
    context = {"reference": "R", "link": "", "name": "", "event": "x", "note": ""}
    written = write("greeting", language, context)

    assert not re.search(r"(src|href|style)=", written.html)
    assert "url(" not in written.html
    assert "Dear" not in written.text
    assert "\n\n\n" not in written.text


def test_every_letter_of_the_catalogue_that_has_a_folder_has_all_three_parts() -> None:
    for folder in (f for f in LETTERS_FOLDER.iterdir() if f.is_dir()):
        assert folder.name in LETTERS.keys() | OUTSIDE_CASES
        assert {"subject.txt", "body.txt", "body.html"} == {f.name for f in folder.iterdir()}


@pytest.mark.parametrize(
    "url", ["", "mail", "file://host/folder", "http://mail.example", "smtp://", "smtp://h:port"]
)
def test_an_email_url_that_leads_nowhere_fails_the_system_check(
    settings: LazySettings, url: str
) -> None:
    settings.EMAIL_URL = url

    assert "notifications.E001" in [error.id for error in run_checks(tags=["notifications"])]


def test_a_sender_that_is_no_address_fails_the_system_check(settings: LazySettings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Acme <notices@acme.example>"

    assert "notifications.E002" in [error.id for error in run_checks(tags=["notifications"])]


@pytest.mark.parametrize("url", ["file:///var/mail", "smtp://mail.example", "smtps://u:p@h:465"])
def test_a_good_email_url_passes(settings: LazySettings, url: str) -> None:
    settings.EMAIL_URL = url

    assert "notifications.E001" not in [error.id for error in run_checks(tags=["notifications"])]
