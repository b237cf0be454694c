"""What the law as data shows, for the pictures: two laws that disagree, a court, a refusal contested, a complaint."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.house import LiveHouse, until
from tests.browser.people import Nora, Paul, Staff, paper
from tests.journeys.people import FOUND, REASONS

LAWS = "cn-civil-code,eu-dsa-platform"
# An online platform warns before it suspends: Regulation (EU) 2022/2065, Article 23(1).
FIRST = "warn"
UMBRELLA = FOUND | {"outputs": "out_2Lm7", "models": "", "prompts": ""}
TRAINING = {
    "models": "Fox Spirit Base 2",
    "work_title": "Fox Spirit 狐灵",
    "commitments": "1.3",
    "explanation": "The crawler ignored our robots.txt on 2026-08-01.",
    "filer_role": "owner",
    "filer_name": "Nora Lind",
    "filer_email": "nora@filer.example",
    "signature": "Nora Lind",
}


class Mei(Paul):
    """The owner of the picture with the umbrella."""

    box = "mei@example.com"


class Laws:
    """The cases of these pages, one step a method; `doors` says where each is looked at."""

    def __init__(self, browser: Browser, house: LiveHouse, papers: Path, tara: Staff) -> None:
        self.house, self.papers, self.tara = house, papers, tara
        self.nora, self.refused, self.trained = (Nora(browser, house, "en") for _one in range(3))
        self.mei = Mei(browser, house, "en")
        self.reference = self.complained = self.counter = self.court = ""

    def decides(self, dan: Staff) -> None:
        """One notice upheld under both laws and contested, one refused and complained about."""
        self.reference = self.nora.files(self.papers, UMBRELLA)
        self.complained = self.refused.files(self.papers, UMBRELLA)
        until(lambda: "mei" in self._text(self.reference) or None, "items")
        self.tara.upholds(self.reference, FIRST)
        dan.approves_all()
        self.house.until_state("/v1/artefacts/out_2Lm7", "removed")
        self._refuses()
        self.refused.open(f"{self.refused.home}complaint/")
        self.refused.fill({"grounds": "The mask is mine; see the registration."})
        self.refused.click("main form button.primary")
        self.trained.open("/notices/training/")
        self.trained.fill(dict(TRAINING))
        self.trained.click("main form button.primary")
        self.trained.home = self.trained.page.url

    def contested(self) -> None:
        """The owner contests under both laws."""
        self.counter = self.mei.contests(self.reference, self.papers)

    def disagree(self) -> None:
        """In China the waiting period is over; under the Act nobody has decided yet."""
        until(lambda: "/conflicts/" in self._html("/desk/conflicts/") or None, "a conflict")

    def ordered(self, reference: str) -> None:
        """A court orders one measure of this case to stay."""
        self.tara.open(f"/desk/case/{reference}/court/")
        page = self.tara.page
        page.locator('[name="stage"][value="order"]').check()
        page.locator('[name="effect"][value="keep"]').check()
        page.locator('[name="measures"]').first.check()
        page.locator('[name="before_suit"]').check()
        self.tara.fill({"court": "广州互联网法院", "number": "（2026）粤0192财保1号"})
        self.tara.fill({"effective_at": "2026-12-12T09:00"})
        page.locator('[name="file"]').set_input_files(paper(self.papers, "order.pdf"))
        self.tara.click("main form[enctype] button.primary")
        self.court = page.url

    def adds_a_law(self, reference: str) -> None:
        """Whoever holds an undecided case adds one."""
        self.tara.open(f"/desk/case/{reference}/laws/")
        self.tara.page.locator("details.choice > summary").first.click()
        self.tara.page.locator('[name="add-pack"]').select_option("us-dmca-512")
        self.tara.fill({"add-reason": "The output is also offered in the United States."})
        self.tara.click('button[name="add"]')

    def doors(self) -> list[tuple[str, str]]:
        """Who looks where; names for the pictures of staff begin with `desk`."""
        desk = f"{self.house.url}/desk"
        case = f"{desk}/case/{self.reference}/"
        return [
            ("two-laws", self.nora.home),
            ("mei", self.mei.home),
            ("refused", self.refused.home),
            ("trained", self.trained.home),
            ("desk-two-laws", case),
            ("desk-court", self.court),
            ("desk-court-new", f"{case}court/"),
            ("desk-refused", f"{desk}/case/{self.complained}/"),
            ("desk-complaint", f"{desk}/complaints/{self._complaint()}/"),
            ("desk-filer", f"{desk}/case/{self.complained}/filer/"),
            ("desk-counter", f"{desk}/counter-notices/{self.counter}/"),
            ("desk-clock", self._provisional()),
            ("desk-answer", f"{desk}/clock-calculator/?{QUESTION}"),
            ("desk-wrong", f"{desk}/clock-calculator/?calendar=cn&length=x&at=soon"),
        ]

    def _refuses(self) -> None:
        self.tara.open(f"/desk/case/{self.complained}/")
        self.tara.click('form[action$="/claim/"] button')
        form = 'form[action$="/decline/"]'
        self.tara.page.locator(f"details:has({form}) > summary").click()
        self.tara.fill({f"decline-{name}": text for name, text in REASONS.items()})
        self.tara.click(f"{form} button.danger, {form} button.primary")

    def _complaint(self) -> str:
        self.tara.page.goto(f"{self.house.url}/desk/case/{self.complained}/")
        link = self.tara.page.locator('a[href*="/desk/complaints/"]').first
        return (link.get_attribute("href") or "").rstrip("/").rpartition("/")[2]

    def _provisional(self) -> str:
        self.tara.page.goto(f"{self.house.url}/desk/clocks/?show=all")
        links = self.tara.page.locator('tr:has-text("provisional") a[href^="/desk/clocks/"]')
        return self.house.url + (links.first.get_attribute("href") or "")

    def _html(self, path: str) -> str:
        self.tara.page.goto(self.house.url + path)
        return self.tara.page.content()

    def _text(self, reference: str) -> str:
        self.tara.page.goto(f"{self.house.url}/desk/case/{reference}/")
        return self.tara.page.locator("main").inner_text()


QUESTION = "calendar=cn&length=20&unit=working_days&at=2026-12-20+10:00&zone=Asia/Shanghai"
