"""Story 3 in Chromium, the worker and beat really running: contested, no suit, everything given back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.eyes import chromium
from tests.browser.house import LiveHouse, live_house, until
from tests.browser.people import NORA, Nora, Paul, Staff

pytestmark = [pytest.mark.browser, pytest.mark.worker]
ENDED = {"en": "The measures on your notice have ended", "zh-hans": "针对您通知所采取的措施已终止"}


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveHouse]:
    with live_house(tmp_path_factory.mktemp("house")) as running:
        running.clock("2026-09-01 09:00:00")
        yield running


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_contested_notice_without_suit_gives_everything_back(
    house: LiveHouse, browser: Browser, tmp_path: Path, language: str
) -> None:
    nora = Nora(browser, house, language, java_script_enabled=False)
    paul = Paul(browser, house, language, java_script_enabled=False)
    tara, dan = Staff(browser, house, language), Staff(browser, house, language)
    reference = nora.files(tmp_path)
    tara.signs_in("tara")
    until(lambda: "8Hk2" in _case(tara, reference) or None, "the items looked up")
    tara.upholds(reference)
    house.until_state("/v1/artefacts/out_8Hk2", "removed")
    dan.signs_in("dan")
    dan.approves_all()
    house.until_state("/v1/artefacts/foxspirit-v3", "disabled")
    house.until_state("/v1/users/u_5512", "suspended")

    house.clock("2026-09-14 11:00:00")
    counter = paul.contests(reference, tmp_path)
    house.clock("2026-09-16 15:00:00")
    dan.forwards(counter)
    house.letter(NORA, counter)
    until(lambda: _waits(nora), "the waiting period")

    house.clock("2026-10-08 23:59:59")
    tara.page.wait_for_timeout(6_000)
    assert house.platform("/v1/artefacts/out_8Hk2")["state"] == "removed"
    # The sweep lets whoever acted at the last moment arrive first (deadlines.rules.ON_THE_WAY).
    house.clock("2026-10-09 00:00:02")
    for thing in ("out_8Hk2", "out_9Tq4", "foxspirit-v3"):
        house.until_state(f"/v1/artefacts/{thing}", "available")
    house.until_state("/v1/users/u_5512", "active")
    assert nora.looks() == ENDED[language]
    paul.looks()
    tara.open(f"/desk/case/{reference}/")


def _case(tara: Staff, reference: str) -> str:
    tara.page.goto(f"{tara.house.url}/desk/case/{reference}/")
    return tara.page.locator("main").inner_text()


def _waits(nora: Nora) -> bool | None:
    nora.page.goto(nora.home)
    return nora.page.locator('time[datetime^="2026-10-09"]').count() > 0 or None
