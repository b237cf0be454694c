"""The pages of matches in Chromium, without a server: no violation of WCAG in light and dark, nothing too wide."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Route

from measures.models import Match
from measures.services.match_deciding import dismiss
from tests.browser.eyes import chromium, look
from tests.casework.test_matches_desk import found
from tests.casework.test_matches_desk import match as match  # the fixture
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import DECIDED, Stage
from tests.matching import seen_by_guard

pytestmark = pytest.mark.browser
HERE = "http://desk.example"
PICTURES = os.environ.get("PICTURES_OF_PAGES", "")  # a folder, for whoever wants to look


Document = tuple[bytes, str]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    # Playwright's loop runs in this thread; nothing that asks the database here is asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with chromium() as running:
        yield running


def documents(client: Client, addresses: list[str]) -> dict[str, Document]:
    """The pages and the pictures in them, by address: asked for here, for this thread has the database."""
    found: dict[str, Document] = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        found[address] = (answer.content, answer["Content-Type"])
        for source in re.findall(r'<img src="([^"]+)"', answer.content.decode()):
            picture = client.get(source)
            found[source] = (picture.content, picture["Content-Type"])
    return found


def served(route: Route, there: Mapping[str, Document]) -> None:
    address = route.request.url.removeprefix(HERE)
    if address in there:
        content, kind = there[address]
        route.fulfill(body=content, content_type=kind)
        return
    file = finders.find(address.partition("?")[0].removeprefix("/static/"))
    route.fulfill(path=file) if isinstance(file, str) else route.abort()


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_pages_of_matches_are_fit_for_every_eye_and_window(
    browser: Browser,
    stage: Stage,
    match: Match,
    client: Client,
    language: str,
) -> None:
    dismiss(match.id, "Only the palette is alike.", user=stage.lea, now=DECIDED)
    waiting = found(match.case, output="out_2", sha256="e" * 64)
    seen_by_guard(match.case, DECIDED)
    stage.dan.language = language
    stage.dan.save(update_fields=["language"])
    client.force_login(stage.dan)
    page = browser.new_context().new_page()
    addresses = {
        "list": reverse("desk-matches"),
        "settled": reverse("desk-matches") + "?show=settled",
        "waiting": reverse("desk-match", args=[waiting.id]),
        "dismissed": reverse("desk-match", args=[match.id]),
    }
    there = documents(client, list(addresses.values()))
    page.route("**/*", lambda route: served(route, there))
    for name, address in addresses.items():
        page.goto(HERE + address)
        for choice in page.locator("summary").all():
            choice.click()
        look(page)
        for width in (320, 1440) if PICTURES else ():
            for scheme in ("light", "dark"):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                file = Path(PICTURES) / f"{language}-{name}-{width}-{scheme}.png"
                page.screenshot(path=file, full_page=True)
