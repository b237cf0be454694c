"""The people of story 3 at real browsers. They find their way by the pages' own fields, in either language."""

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.eyes import LOCALES, look, mirror, show
from tests.browser.house import PASSWORD, LiveHouse
from tests.journeys.people import FOUND, NORA, PAUL, PDF, REASONS, SIGN, STATEMENT, WORK, YOU


class Person:
    """Somebody with a browser of their own, at a house. `careful`: every page is examined."""

    careful = True

    def __init__(self, browser: Browser, house: LiveHouse, language: str, **more: bool) -> None:
        self.house = house
        self.language = language
        context = browser.new_context(locale=LOCALES[language], **more)  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        self.page: Page = context.new_page()
        self._mirror = mirror(browser) if more else self.page

    def _look(self) -> None:
        """Axe is JavaScript: what came without it is looked at in a mirror that has it."""
        if not self.careful:
            return
        if self._mirror is not self.page:
            show(self._mirror, self.page.url, self.page.content())
        look(self._mirror)

    def open(self, path: str) -> None:
        """Open an address and look at what comes."""
        answer = self.page.goto(path if path.startswith("http") else self.house.url + path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"
        self._look()

    def click(self, where: str) -> None:
        """Press or follow the first thing of this description, and look at what comes."""
        before = self.page.url
        self.page.locator(where).first.click()
        self.page.wait_for_load_state()
        shown = self.page.locator("main .error, main .errors").all_inner_texts()
        assert not shown, f"{before}: {shown}"
        self._look()

    def fill(self, answers: dict[str, object]) -> None:
        """Fill in fields by name: texts, and ticks by value."""
        for name, value in answers.items():
            for one in value if isinstance(value, list) else [value]:
                field = self.page.locator(f'[name="{name}"]')
                kind = field.first.get_attribute("type")
                if kind in {"radio", "checkbox"}:
                    chosen = (
                        field
                        if field.count() == 1
                        else self.page.locator(f'[name="{name}"][value="{one}"]')
                    )
                    chosen.check()
                else:
                    field.fill(str(one))

    def attach(self, **papers: Path) -> None:
        """Choose files."""
        for role, file in papers.items():
            self.page.locator(f'input[name="file-{role}"]').set_input_files(file)


class Nora(Person):
    """The right holder. Her browser has no JavaScript."""

    home = ""

    def files(self, papers: Path, found: Mapping[str, object] = FOUND) -> str:
        """Through all five steps; her reference."""
        proof = paper(papers, "registration.pdf")
        self.open("/")
        self.click("a.btn.primary")
        self.click("main form button.primary")
        for name, answers in {
            "found": dict(found),
            "work": WORK,
            "you": YOU,
            "others": {},
            "sign": SIGN,
        }.items():
            self.fill(answers)
            if name == "work":
                self.attach(right_proof=proof)
            self.click("main form .acts button.primary")
        self.click("main form button.start")
        self.home = self.page.url
        return self.page.locator("main b.num").first.inner_text()

    def looks(self) -> str:
        """The heading of her page."""
        self.open(self.home)
        return self.page.locator("h1").inner_text()


class Staff(Person):
    """One of the operator's people."""

    def signs_in(self, name: str) -> None:
        """By e-mail and password."""
        self.open("/accounts/login/")
        self.fill({"login": f"{name}@house.example", "password": PASSWORD})
        self.click("main form .acts button.primary")

    def upholds(self, reference: str, sanction: str = "suspend") -> None:
        """Claim it and uphold everything: every family, and this step of the ladder."""
        self.open("/desk/triage/")
        self.click(f'a[href="/desk/case/{reference}/"]')
        self.click('form[action$="/claim/"] button')
        form = 'form[action$="/uphold/"]'
        self.page.locator(f"details:has({form}) > summary").click()
        self._look()
        for box in self.page.locator(f'{form} input[type="checkbox"]').all():
            if box.get_attribute("name") in {"uphold-items", "uphold-families"}:
                box.check()
        for choice in self.page.locator(f'{form} select[name*="sanction_"]').all():
            choice.select_option(sanction)
        self.fill({f"uphold-{name}": text for name, text in REASONS.items()})
        self.fill(
            {"uphold-terms": "Fox Spirit\n狐灵", "uphold-probes": "fox spirit with a lantern"}
        )
        self.click(f"{form} button.primary")

    def approves_all(self) -> None:
        """Approve whatever waits."""
        self.open("/desk/approvals/")
        button = 'form[action$="/approve/"] button'
        for _one in range(self.page.locator(button).count()):
            self.click(button)
        assert self.page.locator(button).count() == 0

    def forwards(self, counter: str) -> None:
        """Accept a counter-notice."""
        self.open("/desk/counter-notices/")
        self.click(f'a[href="/desk/counter-notices/{counter}/"]')
        self.click('form[action$="/accept/"] button.primary')


class Paul(Person):
    """The affected user. His browser has no JavaScript."""

    home = ""
    box = PAUL

    def contests(self, reference: str, papers: Path) -> str:
        """By the link of the letter; the counter-notice's reference."""
        letter = self.house.letter(self.box, reference)
        self.home = next(word for word in letter.split() if "/answer/" in word)
        self.open(self.home)
        self.click("main a.btn.primary")
        self.fill(dict(STATEMENT))
        self.attach(
            user_identity_proof=paper(papers, "paul-card.pdf"),
            prelim_evidence_noninfringement=paper(papers, "licence.pdf"),
        )
        self.click("main form .acts button.primary")
        self.fill({"statement-truth_statement": "on", "signature": "Paul Okafor"})
        self.click("main form button.start")
        return self.page.locator("main .panel b.num").first.inner_text()

    def looks(self) -> str:
        """The heading of his page."""
        self.open(self.home)
        return self.page.locator("h1").inner_text()


def paper(folder: Path, name: str) -> Path:
    """A file to attach."""
    file = folder / name
    file.write_bytes(PDF)
    return file


__all__ = ["NORA", "PAUL", "Nora", "Paul", "Staff"]
