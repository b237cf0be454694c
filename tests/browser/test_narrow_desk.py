"""The desk on a phone: every link is large enough to hit, and what scrolls can be scrolled by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from notices.models import Case
from tests.browser.eyes import WCAG
from tests.browser.test_match_page import HERE, documents, served
from tests.browser.test_match_page import browser as browser  # the fixture
from tests.casework.test_kin_desk import case as case  # the fixture
from tests.casework.test_kin_desk import noon as noon  # the fixture
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import Stage
from tests.sandbox_process import sandbox, sandbox_server

__all__ = ["sandbox", "sandbox_server"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_desk_is_usable_at_320_pixels(
    browser: Browser, stage: Stage, case: Case, client: Client, language: str
) -> None:
    stage.dan.language = language
    stage.dan.save(update_fields=["language"])
    client.force_login(stage.dan)
    of_case = reverse("desk-case", args=[case.reference])
    addresses = [reverse("desk-queue", args=["triage"]), of_case]
    there = documents(client, addresses)
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.route("**/*", lambda route: served(route, there))
    wrong = []
    for address in addresses:
        page.goto(HERE + address)
        for box in page.locator("details").all():
            box.evaluate("one => { one.open = true }")
        found = Axe().run(page, options=WCAG)
        wrong += [(address, found.generate_report())] if found.violations_count else []
    assert not wrong, "\n".join(f"{address}\n{report}" for address, report in wrong)
    page.goto(HERE + of_case)
    assert page.locator("details.kin[open] .scroll[tabindex='0']").count()
