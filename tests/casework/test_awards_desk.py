"""Awards at the desk and in the case file: as they were typed, exact, with their paper."""

import io
import json
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from casework.forms_sums import MoneyField
from casework.services.assess import Answer, assess
from casework.services.export import make_export, request_export
from counternotices.models import Award
from evidence.chain import case_chain
from evidence.selectors import entries
from evidence.verify.verify_case_file import verify
from notices.models import Case
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import PDF, Stage
from tests.database import Clock
from tests.journeys.people import Staff

NOON = datetime(2027, 3, 1, 4, 0, tzinfo=UTC)
RULING: dict[str, Any] = {
    "body": "Hangzhou Internet Court",
    "number": "(2024) Zhe 0192 Min Chu 1587",
    "claimed": "300,000",
    "awarded": "30000.00",
    "costs": "",
    "currency": "CNY",
    "dismissed": "Unfair competition",
    "effective_at": "2027-02-01T10:00",
}


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: LazySettings) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False


def sent(stage: Stage, case: Case, **changes: str) -> tuple[int, str]:
    client = Client()
    client.force_login(stage.lea)
    file = SimpleUploadedFile("ruling.pdf", PDF, "application/pdf")
    address = reverse("desk-award", args=[case.reference])
    answer = client.post(address, {**RULING, **changes, "file": file}, follow=True)
    return answer.status_code, answer.content.decode()


def test_the_case_page_shows_what_was_typed_exactly(stage: Stage) -> None:
    case = stage.upheld()
    status, html = sent(stage, case)
    assert status == 200
    for words in ("CNY\u00a0300,000.00", "CNY\u00a030,000.00", "Unfair competition", "ruling.pdf"):
        assert words in html
    client = Client()
    client.force_login(stage.tara)
    none = reverse("desk-award-paper", args=[case.reference, case.id])
    assert client.get(none).status_code == 404
    paper = reverse("desk-award-paper", args=[case.reference, Award.objects.get().id])
    answer = client.get(paper)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[arg-type]
    answer.close()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("currency", "", "Say in which currency"),
        ("awarded", "30.000,00", "Enter an amount as 300000 or 300,000.00."),
        ("awarded", "3,00", "Enter an amount as 300000 or 300,000.00."),
        ("awarded", "1e5", "Enter an amount as 300000 or 300,000.00."),
        ("awarded", "-5", "never negative"),
        ("awarded", "5.001", "at most two decimals"),
        ("effective_at", "2027-03-09T10:00", "in the future"),
    ],
)
def test_a_slip_is_named_and_nothing_typed_is_lost(
    stage: Stage, field: str, typed: str, words: str
) -> None:
    status, html = sent(stage, stage.upheld(), **{field: typed})
    assert status == 422
    assert words in html
    assert "Unfair competition" in html
    assert not Award.objects.exists()


@pytest.mark.parametrize(
    "typed", ["1234567.80", "1,234,567.8", "1 234 567.80", "1，234，567.80", "１２３４５６７.８"]
)
def test_thousands_may_be_parted_in_any_usual_way(typed: str) -> None:
    assert MoneyField("").clean(typed) == Decimal("1234567.80")


def test_the_case_file_carries_award_and_assessment(stage: Stage) -> None:
    case = stage.upheld()
    sent(stage, case)
    first = {
        "fault_lens": Answer("present", "It listed the fox."),
        "strict_lens": Answer("unclear"),
    }
    assess(case.id, first, after=0, user=stage.lea, now=NOON)
    second = {**first, "fame": Answer("present", "Known since 2021.")}
    assess(case.id, second, after=1, user=stage.tara, now=NOON)

    export = make_export(request_export(case, user=stage.dan, now=NOON).id, now=NOON)
    assert export.bundle is not None
    content = export.bundle.read()
    assert verify(io.BytesIO(content)).english.startswith("valid:")
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        data = json.loads(zipped.read("case.json"))
        lines = json.loads(zipped.read("manifest.json"))["files"]
        sheet = json.loads(zipped.read("assessments/0002.json"))
        pages = PdfReader(io.BytesIO(zipped.read("case-file.en.pdf"))).pages
        chinese = PdfReader(io.BytesIO(zipped.read("case-file.zh-Hans.pdf"))).pages

    (award,) = data["awards"]
    assert (award["claimed"], award["awarded"], award["costs"]) == ("300000.00", "30000.00", None)
    assert [one["version"] for one in data["assessments"]] == [1, 2]
    assert sheet["answers"]["fame"] == {"finding": "present", "note": "Known since 2021."}
    hashes = {line["name"]: line["sha256"] for line in lines}
    told = entries(case_chain(case.id)).filter(event="assessment.recorded")
    for entry in told:
        assert hashes[f"assessments/{entry.facts['version']:04d}.json"] == entry.facts["sha256"]
    papers = [line for line in lines if line.get("what") == "award_paper"]
    assert len(papers) == 1
    text = "".join("".join(page.extract_text() for page in pages).split())
    for words in ("CNY300,000.00", "Unfaircompetition", "Itlistedthefox.", "Knownsince2021."):
        assert words in text
    assert "Conclusionunderthestrict-liabilitylens·Open" in text
    assert "CNY300,000.00" in "".join("".join(page.extract_text() for page in chinese).split())


def test_the_people_of_the_journeys_assess_and_record(stage: Stage) -> None:
    lea, case = Staff(None, stage.lea), stage.upheld()  # type: ignore[arg-type]
    first = lea.assesses(case.reference, {"selection": ("present", "Listed on the home page.")})
    assert "Selected, edited, modified or recommended Present" in first.text
    assert "Conclusion under the fault lens Open" in first.text

    second = lea.assesses(case.reference, {"fault_lens": "present"})

    assert "Conclusion under the fault lens Liable changed" in second.text
    assert "Listed on the home page." in second.text, "the second begins from the first"
    page = lea.record_award(case.reference, **RULING)
    assert "CNY 300,000.00 CNY 30,000.00 – Unfair competition ruling.pdf" in page.text
