"""The filer's page: where it stands, whose turn, everything that happened, at any size."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.clock import now
from notices.models import Case, FileRole, InformationRequest, NoticeFile
from notices.selectors import without_receipt
from notices.services.claims import claim
from notices.services.information import Question, request_information
from notices.services.receipt import issue_receipt
from notices.states import CaseState
from notices.tasks import sweep
from notifications.models import Message
from tests.notices.portal import Walker, picture, unknown
from users.models import User

Ask = Callable[[], str]


@pytest.fixture
def track(nora: Walker) -> str:
    return nora.fill_all().send()


@pytest.fixture
def ask(nora: Walker, tara: User) -> Ask:
    """Tara asks Nora for a proof, her address and the guarantee of truth."""

    def asking() -> str:
        address = nora.fill_all().send()
        case = Case.objects.get()
        claim(case.id, user=tara, now=now())
        elements = ("right_proof", "rightholder_address", "truth_statement")
        request_information(case.id, Question(elements, "Any kind."), user=tara, now=now())
        return address

    return asking


def test_the_page_says_where_it_stands_whose_turn_and_why_that_date(
    nora: Walker, track: str
) -> None:
    page = nora.client.get(track).content.decode()
    assert "We have received your notice" in page
    assert "We decide by" in page
    assert "Period: 3 working days." in page
    assert "You filed the notice" in page


def test_the_receipt_is_issued_once_sealed_and_served_as_it_was(nora: Walker, track: str) -> None:
    case = Case.objects.get()
    assert nora.client.get(track + "receipt.pdf").status_code == 404
    assert issue_receipt(case.id, now=now())
    assert not issue_receipt(case.id, now=now())
    answer = nora.client.get(track + "receipt.pdf")
    content = b"".join(answer)
    paper = NoticeFile.objects.select_related("file").get(role=FileRole.RECEIPT)
    assert content == paper.file.read()
    assert content.startswith(b"%PDF-")
    letter = Message.objects.get(template="receipt")
    assert "/track/" in letter.text


def test_the_sweep_finds_cases_without_a_receipt(track: str) -> None:
    assert without_receipt().count() == 1
    sweep()
    assert without_receipt().count() == 0


def test_queries_do_not_grow_with_items_and_history(nora: Walker) -> None:
    counts = []
    for size in (3, 1000):
        walker = Walker(nora.client).start()
        many = "\n".join(f"out_{number}" for number in range(size))
        address = walker.fill_all({"outputs": many}).send()
        with CaptureQueriesContext(connection) as queries:
            page = walker.client.get(address).content.decode()
        counts.append(len(queries))
        assert page.count("out_") <= 101
    assert counts[0] == counts[1]


def test_a_thousand_items_are_paged(nora: Walker) -> None:
    many = "\n".join(f"out_{number}" for number in range(1000))
    address = nora.fill_all({"outputs": many}).send()
    page = nora.client.get(address + "?page=10").content.decode()
    assert "901 to 1000 of 1000" in page
    assert "out_999" in page
    assert nora.client.get(address + "?page=nonsense").status_code == 200


def test_the_page_asks_for_exactly_what_is_missing(nora: Walker, ask: Ask) -> None:
    address = ask()
    page = nora.client.get(address).content.decode()
    assert "We need something from you" in page
    form = nora.client.get(address + "answer/").content.decode()
    assert 'name="rightholder_address"' in form
    assert 'name="file-right_proof"' in form
    assert 'name="truth_statement"' in form
    assert 'name="work_title"' not in form


def test_an_answer_with_files_takes_review_on(nora: Walker, ask: Ask) -> None:
    address = ask()
    answer = nora.client.post(
        address + "answer/",
        {"rightholder_address": "1 Harbour Road", "file-right_proof": picture("reg.png")},
    )
    assert answer.status_code == 302
    assert Case.objects.get().state == CaseState.IN_REVIEW
    assert InformationRequest.objects.get().answers == {"rightholder_address": "1 Harbour Road"}
    assert NoticeFile.objects.filter(role=FileRole.RIGHT_PROOF).count() == 1


def test_a_good_file_of_an_answer_survives_the_error_of_another(nora: Walker, ask: Ask) -> None:
    address = ask() + "answer/"
    page = nora.client.post(
        address, {"file-right_proof": [picture("reg.png"), unknown()]}
    ).content.decode()
    assert "broken.bin" in page
    word = re.search(r'name="kept" value="([^"]+)"', page)
    assert word is not None
    nora.client.post(address, {"kept": [word.group(1), "forged"]})
    assert NoticeFile.objects.get(role=FileRole.RIGHT_PROOF).file.name == "reg.png"


def test_an_empty_answer_is_told_so(nora: Walker, ask: Ask) -> None:
    answer = nora.client.post(ask() + "answer/", {})
    assert answer.status_code == 422
    assert "Answer at least one of the points" in answer.content.decode()


def test_withdrawing_asks_once_more_and_then_ends_the_case(nora: Walker, track: str) -> None:
    assert "Withdraw this notice?" in nora.client.get(track + "withdraw/").content.decode()
    assert Case.objects.get().state == CaseState.RECEIVED
    page = nora.client.post(track + "withdraw/", follow=True).content.decode()
    assert Case.objects.get().state == CaseState.WITHDRAWN
    assert "You withdrew this notice" in page
    assert "Withdraw this notice</a>" not in page


def test_no_key_no_page(nora: Walker, track: str) -> None:
    case = Case.objects.get()
    for address in (f"/track/{case.reference}/", f"/track/{case.id}/", f"/track/{nora.token}/"):
        assert nora.client.get(address).status_code == 404
