"""Pictures of every page, both languages, 1440 and 320 px, light and dark: `python -m tests.browser.screens`.

They go to var/screens/. Tells story 3 up to the waiting period, leaves a second notice half decided and a
third unfinished, lets two laws disagree about a fourth (laws.py), then follows every link that each person sees and pictures one page of each kind.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.browser.eyes import LOCALES, chromium
from tests.browser.house import LiveHouse, live_house, until
from tests.browser.laws import FIRST, LAWS, Laws
from tests.browser.people import Nora, Paul, Person, Staff
from tests.database import ROOT
from tests.journeys.people import FOUND, WORK, YOU

FOLDER = ROOT / "var" / "screens"
# Kinds of page that look different from case to case are pictured again at these doors.
TWICE = {"second", "asked", "deciding", "decided", "two-laws", "mei", "refused", "trained"}
DESK = "desk"
WIDTHS, SCHEMES = (1440, 320), ("light", "dark")
LOOSE = re.compile(r"[A-Z]+-20\d\d-\d+-\w|[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[\w-]{22}(?=/)")
FILES = re.compile(r"\.pdf$|\.svg$|/papers/|/files/|/pictures/|/zip/|/pdf/|/static/|/api/|logout")


class Writing(Paul):
    """Paul, pictured at every step: pages that only a form leads to."""

    def _look(self) -> None:
        signs = self.page.locator("form [name=signature]").count()
        picture(
            self.page,
            f"{self.language}-writing-{'sign' if signs else 'step'}-{kind_of(self.page.url)}",
        )


@dataclass(frozen=True)
class Door:
    """Where somebody begins to look around, and who that is."""

    who: str
    address: str
    cookies: object


def story(browser: Browser, house: LiveHouse, papers: Path, language: str) -> list[Door]:
    """Everything there is to see; where each person begins."""
    Person.careful = False
    house.clock("2026-11-24 09:00:00")
    nora, paul = Nora(browser, house, "zh-hans"), Writing(browser, house, language)
    tara, dan = Staff(browser, house, "en"), Staff(browser, house, "en")
    reference = nora.files(papers)
    tara.signs_in("tara")
    until(
        lambda: (
            "u_5512" in _text(tara, reference) or "paul_paints" in _text(tara, reference) or None
        ),
        "items",
    )
    tara.upholds(reference, FIRST)
    house.until_state("/v1/artefacts/out_8Hk2", "removed")
    dan.signs_in("dan")
    dan.approves_all()
    laws = Laws(browser, house, papers, tara)
    laws.decides(dan)
    house.clock("2026-11-25 11:00:00")
    laws.contested()
    house.clock("2026-11-26 15:00:00")
    dan.forwards(laws.counter)
    house.letter("nora@filer.example", laws.counter)
    until(lambda: "2026-12-1" in _html(laws.nora) or None, "the waiting period of the other")
    house.clock("2026-12-12 08:00:00")
    laws.disagree()
    house.clock("2026-12-14 11:00:00")
    counter = paul.contests(reference, papers)
    forwarded = [Door("paul", paul.home, None)]
    second, asked = Nora(browser, house, "en"), Nora(browser, house, "en")
    newer, wanting = second.files(papers), asked.files(papers)
    tara.open(f"/desk/case/{newer}/")
    tara.click('form[action$="/claim/"] button')
    _asks(tara, wanting)
    laws.adds_a_law(newer)
    laws.ordered(reference)
    tara.open(f"/desk/case/{reference}/")
    tara.click('form[action$="/export/"] button')
    house.clock("2026-12-18 15:00:00")
    dan.forwards(counter)
    house.letter("nora@filer.example", counter)
    until(lambda: _text(nora, nora.home).find("2027") or None, "the page")
    eno = Staff(browser, house, "en")
    eno.signs_in("eno")
    homes = [("nora", nora.home), ("second", second.home), ("asked", asked.home)]
    drafts = [Door("draft", address, None) for address in _draft(second)]
    return [
        *(Door(name, address, None) for name, address in homes),
        *(
            Door(who, address, tara.page.context.cookies() if who.startswith(DESK) else None)
            for who, address in laws.doors()
        ),
        *forwarded,
        *drafts,
        Door("anonymous", house.url + "/", None),
        Door("anonymous", house.url + "/accounts/login/", None),
        Door("anonymous", house.url + "/no-such-page/", None),
        Door("anonymous", house.url + "/find/sent/", None),
        Door("tara", house.url + "/desk/all/", tara.page.context.cookies()),
        Door("deciding", f"{house.url}/desk/case/{newer}/", tara.page.context.cookies()),
        Door("decided", f"{house.url}/desk/case/{reference}/", dan.page.context.cookies()),
        Door("dan", house.url + "/desk/approvals/", dan.page.context.cookies()),
        Door("eno", house.url + "/measures/", eno.page.context.cookies()),
        Door("eno", house.url + "/desk/all/", eno.page.context.cookies()),
    ]


def _text(person: Person, where: str) -> str:
    address = where if where.startswith("http") else f"{person.house.url}/desk/case/{where}/"
    person.page.goto(address)
    return person.page.locator("main").inner_text()


def _html(person: Nora) -> str:
    person.page.goto(person.home)
    return person.page.content()


def _asks(tara: Staff, reference: str) -> None:
    tara.open(f"/desk/case/{reference}/")
    tara.click('form[action$="/claim/"] button')
    form = 'form[action$="/ask/"]'
    tara.page.locator(f"details:has({form}) > summary").click()
    tara.page.locator(f'{form} input[value="right_proof"]').check()
    tara.fill({"ask-message": "A registration or the source file will do."})
    tara.click(f"{form} button.primary")


def _draft(nora: Nora) -> Iterator[str]:
    """A notice that stops before it is sent: each step with its answers."""
    nora.open("/notices/new/")
    nora.click("main form button.primary")
    for answers in (FOUND, WORK, YOU, {}):
        yield nora.page.url
        nora.fill(dict(answers))
        nora.click("main form .acts button.primary")
    yield nora.page.url
    yield nora.page.url.replace("/sign/", "/check/")
    yield nora.page.url.replace("/sign/", "/saved/")


def kind_of(address: str) -> str:
    """A page's kind: its path without references and tokens."""
    return LOOSE.sub("x", urlsplit(address).path).strip("/").replace("/", "-") or "home"


def pages_of(page: Page, door: Door, home: str) -> Iterator[tuple[str, str]]:
    """One page of each kind that can be reached from a door by following links."""
    waiting, known = [door.address], set()
    while waiting:
        address = waiting.pop(0)
        if (kind := kind_of(address)) in known:
            continue
        known.add(kind)
        page.goto(address)
        yield kind, address
        links = page.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
        waiting += [
            link.split("#")[0]
            for link in links
            if link.startswith(home) and not FILES.search(urlsplit(link).path)
        ]


def _speak(page: Page, home: str, language: str) -> None:
    """Whoever is signed in is spoken to in the language they chose, whatever the browser says."""
    page.goto(f"{home}/desk/all/")
    switch = page.locator(f'form.language button[value="{language}"]')
    if switch.count():
        switch.first.click()
        page.wait_for_load_state()


def picture(page: Page, name: str) -> None:
    """The page in both widths and both schemes; says when something sticks out."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            sys.stdout.write(f"{name}: {wide} px wide at {width} px\n")


def main(languages: list[str]) -> None:
    """Make them all."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as browser,
        live_house(Path(folder), REGIMES=LAWS) as house,
    ):
        doors = story(browser, house, Path(folder), languages[0])
        for language in languages:
            seen: set[str] = set()
            for door in doors:
                context = browser.new_context(locale=LOCALES[language])
                if door.cookies:
                    context.add_cookies(door.cookies)  # type: ignore[arg-type]
                page = context.new_page()
                if door.cookies:
                    _speak(page, house.url, language)
                for kind, address in pages_of(page, door, house.url):
                    name = f"{language}-{door.who}-{kind}"
                    if kind not in seen or (
                        (door.who in TWICE or door.who.startswith(DESK)) and address == door.address
                    ):
                        seen.add(kind)
                        picture(page, name)
                context.close()


if __name__ == "__main__":
    main(sys.argv[1:] or list(LOCALES))
