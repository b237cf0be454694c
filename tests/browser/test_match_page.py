"""The pages of matches in Chromium, without a server: no violation of WCAG in light and dark, nothing too wide."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
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


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    # Playwright's own loop runs in this thread; nothing here is asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with chromium() as running:
        yield running


def served(client: Client, route: Route) -> None:
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        file = finders.find(path.removeprefix("/static/"))
        route.fulfill(path=file) if isinstance(file, str) else route.abort()
        return
    query = urlsplit(route.request.url).query
    answer = client.get(path, query_string=query)
    content = b"".join(answer) if answer.streaming else answer.content
    route.fulfill(body=content, status=answer.status_code, content_type=answer["Content-Type"])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_of_matches_are_fit_for_every_eye_and_window(
    browser: Browser,
    stage: Stage,
    match: Match,
    client: Client,
    settings: LazySettings,
    language: str,
) -> None:
    dismiss(match.id, "Only the palette is alike.", user=stage.lea, now=DECIDED)
    waiting = found(match.case, output="out_2", sha256="e" * 64)
    seen_by_guard(match.case, DECIDED)
    client.force_login(stage.dan)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = browser.new_context().new_page()
    page.route("**/*", lambda route: served(client, route))
    addresses = {
        "list": reverse("desk-matches"),
        "settled": reverse("desk-matches") + "?show=settled",
        "waiting": reverse("desk-match", args=[waiting.id]),
        "dismissed": reverse("desk-match", args=[match.id]),
    }
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
