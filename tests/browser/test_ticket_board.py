"""The engineers' board in Chromium: a card is dragged into a column, and moved by keyboard where no script runs."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from measures.services.tickets import Plan, plan_ticket
from tests.browser.eyes import LOCALES, chromium, look
from tests.measures.conftest import NOW, Stage
from tests.measures.conftest import stage as stage  # the fixture
from tests.measures.model_platform import Workshop, workshop

pytestmark = pytest.mark.browser


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Playwright's loop runs in this thread, in which the test asks the database between two looks."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with chromium() as running:
        yield running


@pytest.fixture
def shop(committed_db: None, stage: Stage, settings: LazySettings) -> Workshop:
    settings.STAFF_MFA_REQUIRED = False
    made = workshop(stage)
    plan_ticket(made.measure.id, Plan("fine_tune", made.stage.eno), user=made.stage.eno, now=NOW)
    made.look(NOW)
    return made


def signed_in(browser: Browser, server: LiveServer, shop: Workshop, **options: object) -> Page:
    client = Client()
    client.force_login(shop.stage.eno)
    key = client.cookies["sessionid"].value
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.add_cookies([{"name": "sessionid", "value": key, "url": server.url}])
    return context.new_page()


def test_a_card_is_dragged_and_moved_by_keys(
    browser: Browser, live_server: LiveServer, shop: Workshop
) -> None:
    page = signed_in(browser, live_server, shop, viewport={"width": 1440, "height": 900})
    page.goto(live_server.url + reverse("ticket-board"))
    card = page.locator(f"#{shop.ticket.name}")
    card.locator(".ticket-name").drag_to(page.locator('[data-column="mitigating"]'))
    page.locator('[data-column="mitigating"] article').wait_for()
    assert shop.ticket.stage == "mitigating"
    card.locator(".ticket-name").drag_to(page.locator('[data-column="done"]'))
    page.get_by_text("still bring the work out").wait_for()
    assert shop.state == "in_progress"

    plain = signed_in(browser, live_server, shop, java_script_enabled=False)
    plain.goto(live_server.url + reverse("ticket-board"))
    plain.locator(f"#{shop.ticket.name} select").focus()
    plain.keyboard.press("ArrowUp")
    plain.keyboard.press("Tab")
    plain.keyboard.press("Enter")
    plain.locator('[data-column="scoped"] article').wait_for()
    assert shop.ticket.stage == "scoped"


def test_board_and_page_are_fit_for_everybody(
    browser: Browser, live_server: LiveServer, shop: Workshop
) -> None:
    page_of = reverse("ticket", args=[shop.measure.id])
    for language, address in (("en", reverse("ticket-board")), ("zh-hans", page_of)):
        page = signed_in(browser, live_server, shop, locale=LOCALES[language])
        page.goto(live_server.url + address)
        for box in page.locator("details").all():
            box.evaluate("one => { one.open = true }")
        look(page)
