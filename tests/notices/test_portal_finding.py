"""Finding a notice again: one answer for all, a link that opens once."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from common.clock import now
from common.references import reference
from notices.models import Case
from notices.services.finding import send_find_link
from notices.tasks import send_find_link as task
from notifications.models import Message
from tests.notices.portal import Walker
from users.models import AccessLink, LinkPurpose
from users.services.links import issue_link


@pytest.fixture
def case(nora: Walker) -> Case:
    nora.fill_all().send()
    return Case.objects.get()


def _link() -> str:
    found = re.search(r"/find/[\w-]+/", Message.objects.get(template="find_link").text)
    assert found is not None
    return found.group(0)


def _bytes(client: Client, reference: str, email: str) -> tuple[int, bytes, bytes]:
    answer = client.post("/find/", {"reference": reference, "email": email})
    page = client.get(answer["Location"]).content
    return answer.status_code, answer.content, re.sub(rb'csrf[^>]*value="\w+"', b"", page)


def test_known_and_unknown_get_the_same_answer_byte_for_byte(case: Case, client: Client) -> None:
    known = _bytes(client, case.reference, "nora@filer.example")
    assert known == _bytes(client, case.reference, "eve@else.example")
    assert known == _bytes(client, reference("N", 2026, 4417), "nora@filer.example")


def test_the_page_itself_looks_nothing_up(
    case: Case, client: Client, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        client.post("/find/", {"reference": case.reference, "email": "nora@filer.example"})


def test_a_link_is_queued_for_the_right_address_in_any_case_of_letters(case: Case) -> None:
    task(case.reference, "NORA@filer.example", "en")
    assert Message.objects.filter(template="find_link", address="nora@filer.example").exists()


def test_no_link_is_queued_for_a_wrong_address(case: Case) -> None:
    assert not send_find_link(case.reference, "eve@else.example", "en", now=now())
    assert not Message.objects.filter(template="find_link").exists()


def test_a_mailbox_is_not_filled_by_repeated_presses(case: Case) -> None:
    moment = now()
    assert send_find_link(case.reference, "nora@filer.example", "en", now=moment)
    assert not send_find_link(case.reference, "nora@filer.example", "en", now=moment)
    later = moment + timedelta(minutes=3)
    assert send_find_link(case.reference, "nora@filer.example", "en", now=later)


def test_opening_the_link_spends_nothing_and_the_press_opens_the_case_once(
    case: Case, client: Client
) -> None:
    send_find_link(case.reference, "nora@filer.example", "en", now=now())
    link = _link()
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200
    opened = client.post(link)
    assert case.reference in client.get(opened["Location"]).content.decode()
    assert client.post(link).status_code == 404
    assert client.get(link).status_code == 404


def test_a_link_older_than_fifteen_minutes_opens_nothing(case: Case, client: Client) -> None:
    token = issue_link(LinkPurpose.FIND, case_id=case.id, now=now() - timedelta(minutes=16))
    assert client.get(f"/find/{token}/").status_code == 404
    assert AccessLink.objects.filter(purpose="find", used_at=None).count() == 1


def test_a_slip_in_the_reference_is_told_at_once(client: Client, db: None) -> None:
    answer = client.post("/find/", {"reference": "N-2026-000001-0", "email": "nora@filer.example"})
    assert answer.status_code == 422
    assert "This is not a reference of ours." in answer.content.decode()
