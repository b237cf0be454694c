"""Chromium, and what is looked at on every page: accessibility in light and dark, and nothing too wide."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LOCALES = {"en": "en-GB", "zh-hans": "zh-CN"}


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def mirror(browser: Browser) -> Page:
    """A page with JavaScript, to show again what came to a browser without."""
    return browser.new_context().new_page()


def show(page: Page, address: str, content: str) -> None:
    """Show this very document as if it had come from the address."""
    page.route(address, lambda route: route.fulfill(body=content, content_type="text/html"))
    page.goto(address)
    page.unroute(address)


def look(page: Page) -> None:
    """No violation of WCAG 2.2 AA in light or dark; no page wider than the window, at 1440 and 320 px."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, options=WCAG)
        assert found.violations_count == 0, f"{page.url} in {scheme}:\n{found.generate_report()}"
    page.emulate_media(color_scheme="light")
    size = page.viewport_size
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} px wide at {width} px"
    if size:
        page.set_viewport_size(size)
