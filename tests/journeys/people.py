"""The people of the stories, each at a browser of their own, doing what their part of the work is."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.journeys.house import House, link_in
from tests.journeys.visitor import Page, Visitor, filled
from users.models import User

NORA, PAUL = "nora@filer.example", "paul@example.org"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

FOUND = {
    "outputs": "out_8Hk2\nout_9Tq4",
    "models": "foxspirit-v3",
    "prompts": "fox spirit with a lantern",
    "sample_origin": "third_party",
}
WORK = {
    "work_title": "Fox Spirit 狐灵",
    "work_kind": "character",
    "work_published_at": "https://lin.example/fox, 2021",
    "points": "mask with three red strokes\nnotch at the left eye",
    "explanation": "I gave no licence.",
}
YOU = {
    "filer_role": "owner",
    "filer_name": "Nora Lind",
    "filer_email": NORA,
    "filer_phone": "+86 20 5555 0101",
    "filer_address": "1 Lantern Lane, Guangzhou",
    "filer_identity": "ID 440100199001010000",
}
SIGN = {
    "requested_measures": ["content_removal", "model_takedown"],
    "statement-truth_statement": "on",
    "signature": "Nora Lind",
}
REASONS = {
    "reasons_en": "Mask and notch are the same; no licence was shown.",
    "reasons_zh": "面具与缺口相同，且无授权证明。",
}

STATEMENT = {
    "reason": "authorised",
    "user_name": "Paul Okafor",
    "user_contact": PAUL,
    "user_address": "2 Brush Street, Lagos",
    "item_title": "Fox Spirit LoRA v3",
    "item_location": "foxspirit-v3 and two pictures",
}


def papers_of_paul() -> dict[str, SimpleUploadedFile]:
    """His proof of identity, and the licence he says he has."""
    return {
        "file-user_identity_proof": pdf("paul-card.pdf"),
        "file-prelim_evidence_noninfringement": pdf("licence.pdf"),
    }


def pdf(name: str) -> SimpleUploadedFile:
    """A paper."""
    return SimpleUploadedFile(name, PDF, "application/pdf")


class Nora(Visitor):
    """The right holder. She has no account: the address of her page is her key."""

    def __init__(self, house: House, language: str = "en") -> None:
        super().__init__(language)
        self.house = house
        self.home = ""

    def files(
        self, go_on: str = "Continue", send: str = "Send notice", **changes: dict[str, Any]
    ) -> str:
        """Walk through all five steps and send; her reference. `changes` are laid over a step's answers."""
        self.page = self.open(reverse("notice-new"))
        start = next(
            words for words in ("Start now", "现在开始", "立即开始") if self.page.forms(words)
        )
        self.press(start)
        sheet = self.house.sandbox.ask("GET", "/sandbox/works/fox-spirit.png").content
        papers = {
            "work": {
                "file-work": SimpleUploadedFile("sheet.png", sheet, "image/png"),
                "file-right_proof": pdf("registration.pdf"),
            },
            "you": {"file-identity": pdf("card.pdf")},
        }
        steps = {"found": FOUND, "work": WORK, "you": YOU, "others": {}, "sign": SIGN}
        for step, answers in steps.items():
            given = {**answers, **papers.get(step, {}), **changes.get(step, {})}
            self.press(go_on, {name: value for name, value in given.items() if value != ""})
        self.press(send)
        self.home = self.page.address
        return next(word for word in self.page.text.split() if word.startswith("N-20"))

    def looks(self) -> Page:
        """Her page of the case."""
        return self.open(self.home)


class Staff(Visitor):
    """One of the operator's people, signed in."""

    def __init__(self, house: House, user: User) -> None:
        super().__init__()
        self.house, self.user = house, user
        self.client.force_login(user)

    def case(self, reference: str) -> Page:
        """The case page."""
        return self.open(reverse("desk-case", args=[reference]))

    def claims(self, reference: str) -> None:
        """Take the case from the queue."""
        self.open(reverse("desk-queue", args=["triage"]))
        assert reference in self.page.text
        self.follow(WORK["work_title"])
        self.press("Claim this case")

    def asks(self, reference: str, element: str, message: str) -> None:
        """Ask for exactly one element."""
        self.case(reference)
        self.press("Ask the filer", {"ask-elements": element, "ask-message": message})

    def upholds(
        self, reference: str, *, families: list[str], sanction: str = "", intent: str = ""
    ) -> None:
        """Uphold every item, with these families, one level of sanction and one finding on the intent of
        whoever is affected."""
        self.case(reference)
        form, _button = self.page.form("Uphold and order the measures")
        names = {one.get("name", ""): one for one in form.iter() if one.get("name")}
        items = [
            one.get("value", "") for one in form.iter("input") if one.get("name") == "uphold-items"
        ]
        answers: dict[str, Any] = {f"uphold-{name}": text for name, text in REASONS.items()}
        answers |= {
            "uphold-items": items,
            "uphold-families": families,
            "uphold-terms": "Fox Spirit\n狐灵",
            "uphold-probes": "fox spirit with a lantern",
        }
        if sanction:
            answers |= {name: sanction for name in names if "sanction_" in name}
        if intent:
            answers |= {name: intent for name in names if "intent_" in name}
        self.press("Uphold and order the measures", answers)

    def approves_all(self) -> int:
        """Approve whatever waits for this person; how much that was."""
        self.open(reverse("desk-approvals"))
        number = 0
        while waiting := self.page.forms("Approve"):
            form, _button = waiting[0]
            self.client.post(form.get("action", ""), dict(self._token(form)), follow=True)
            self.open(reverse("desk-approvals"))
            number += 1
        return number

    @staticmethod
    def _token(form: Any) -> list[tuple[str, str]]:
        return [
            (one.get("name", ""), one.get("value", ""))
            for one in form.iter("input")
            if one.get("type") == "hidden"
        ]

    def exports(self, reference: str) -> tuple[bytes, bytes]:
        """The case file as PDF and as ZIP."""
        self.case(reference)
        self.press("Export the case file")
        self.house.work.drain()
        self.open(self.page.address)
        address = self.page.address
        pdf_file = self.follow("Download the PDF").content
        self.open(address)
        return pdf_file, self.follow("Download the ZIP").content

    def assesses(self, reference: str, answers: dict[str, str | tuple[str, str]]) -> Page:
        """Record a version of the case's assessment sheet; the page of that version.

        `answers` maps questions (casework/assessment/questions.py) to a finding, or to a finding and its
        note. A lens that is not among them and was not concluded on before is said to be open.
        """
        self.case(reference)
        self.follow(
            "Record a further version" if "Read it" in self.page.text else "Assess the case"
        )
        form, _button = self.page.form("Record this version")
        typed: dict[str, Any] = {}
        for key in ("fault_lens", "strict_lens"):
            if key not in filled(form):
                typed[key] = "unclear"
        for key, answer in answers.items():
            finding, note = (answer, "") if isinstance(answer, str) else answer
            typed |= {key: finding, f"{key}_note": note}
        return self.press("Record this version", typed)

    def record_award(self, reference: str, **told: str) -> Page:
        """Record what a court awarded; the case page, which shows it.

        `told`: body, number, claimed, awarded, costs, currency, dismissed, effective_at (operator's time,
        `2026-09-16T10:00`), as they are typed.
        """
        self.case(reference)
        self.follow("Record an award and costs")
        return self.press("Record it", {**told, "file": pdf("ruling.pdf")})

    def reviews(self, counter: str) -> Page:
        """Open a counter-notice from the list of those to be reviewed."""
        self.open(reverse("desk-counter-notices"))
        assert counter in self.page.text, self.page.text
        return self.open(reverse("desk-counter-notice", args=[counter]))


class Paul(Visitor):
    """The affected user. He comes by the link of the letter."""

    def __init__(self, house: House, language: str = "en") -> None:
        super().__init__(language)
        self.house = house
        self.home = ""

    def comes(self, about: str) -> Page:
        """Open the link of the letter about this reference."""
        self.home = link_in(self.house.letter(PAUL, about), "/answer/")
        return self.open(self.home)

    def contests(self, about: str) -> str:
        """Write, look at what Nora will see, sign; the counter-notice's reference."""
        self.comes(about)
        self.follow("Contest: file a counter-notice")
        self.press("Continue: what the filer will see", {**STATEMENT, **papers_of_paul()})
        assert "ID 4401" not in self.page.text, "nobody sends the number of Nora's card"
        self.press("Sign and send", {"statement-truth_statement": "on", "signature": "Paul Okafor"})
        return next(word for word in self.page.text.split() if word.startswith("C-20"))

    def looks(self) -> Page:
        """His page of the case."""
        return self.open(self.home)
