"""Letters to people without an e-mail address: staff find them, carry them and record their arrival."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from common.clock import now
from counternotices.models import CounterNotice
from evidence.files import seal
from evidence.models import LedgerEntry
from notices.models import Case
from notifications.models import Attachment, Message
from tests.conftest import Cast
from tests.counternotices.stage import PDF, REVIEWED, Stage, platform

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def stage(cast: Cast, settings: LazySettings) -> Stage:
    settings.STAFF_MFA_REQUIRED = False
    made = Stage(cast.tara, cast.dan, cast.lea, cast.eno, cast.eve, platform(), None)  # type: ignore[arg-type]
    made.paul = made.user("paul")
    return made


@pytest.fixture
def desk(client: Client, stage: Stage) -> Client:
    """Tara's browser."""
    client.force_login(stage.tara)
    return client


@pytest.fixture
def letter(stage: Stage) -> Message:
    """What the filer is told of the decision, who gave no e-mail address."""
    return to_carry(stage.upheld())


def to_carry(case: Case) -> Message:
    """The case's letter to the filer, without an address; a paper goes with it."""
    first = Message.objects.get(case_id=case.id, template="notice_accepted")
    with transaction.atomic():
        Attachment.objects.create(message=first, file=seal(PDF, name="w.pdf", at=now()), position=9)
    Message.objects.filter(id=first.id).update(address="")
    return Message.objects.get(id=first.id)


def form(at: str, **more: object) -> dict[str, object]:
    """What staff fill in."""
    return {"at": at, "zone": "Asia/Shanghai", "proof": "registered letter RR1", **more}


def record(desk: Client, letter: Message, **filled: object) -> int:
    return desk.post(reverse("desk-carry-arrival", args=[letter.id]), filled).status_code


def words(desk: Client, letter: Message) -> str:
    return desk.get(reverse("desk-carry", args=[letter.id])).content.decode()


def test_the_page_lists_who_gets_which_letter_of_which_case_and_counts_them(
    desk: Client, letter: Message, stage: Stage
) -> None:
    stage.upheld()
    page = desk.get(reverse("desk-letters")).content.decode()
    case = Case.objects.get(id=letter.case_id)
    assert all(word in page for word in (letter.name, letter.subject, case.reference))
    assert page.count('<tr><td><a class="title"') == 1
    for address in ("/desk/letters/", "/desk/triage/", "/measures/"):
        shown = desk.get(address).content.decode()
        assert '<span>Letters to carry</span><span class="n num">1</span>' in shown


def test_a_letter_is_shown_whole_with_its_link_and_its_files(desk: Client, letter: Message) -> None:
    page = words(desk, letter)
    assert "/track/" in letter.text
    assert letter.text.split("/track/")[1][:22] in page
    file = page.split(f"/desk/letters/{letter.id}/files/")[1].split("/")[0]
    answer = desk.get(reverse("desk-carry-file", args=[letter.id, file]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]


def test_an_arrival_is_recorded_by_the_clock_of_its_place_with_the_paper_that_shows_it(
    desk: Client, letter: Message
) -> None:
    slip = SimpleUploadedFile("slip.pdf", PDF)
    assert record(desk, letter, **form("2026-09-03T22:30", zone="Europe/Berlin", paper=slip)) == 302
    row = Message.objects.select_related("arrival_paper").get(id=letter.id)
    assert row.delivered_at is not None
    assert row.arrival_paper is not None
    assert row.delivered_at.isoformat() == "2026-09-03T20:30:00+00:00"
    assert (row.delivery_proof, row.arrival_paper.name) == ("registered letter RR1", "slip.pdf")
    entry = LedgerEntry.objects.get(event="message.delivered", chain_id=letter.case_id)
    assert entry.facts["paper"] == row.arrival_paper.sha256
    assert "slip.pdf" in words(desk, letter)
    assert letter.subject not in desk.get(reverse("desk-letters")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"at": ""}, "Enter when it arrived."),
        ({"at": "2026-08-01T10:00"}, "The moment of arrival lies between"),
        ({"at": "2100-08-01T10:00"}, "The moment of arrival lies between"),
        ({"at": "2026-10-25T02:30", "zone": "Europe/Berlin"}, "may be ambiguous"),
        ({"zone": "Mars/Olympus"}, "Choose a time zone from the list."),
        ({"proof": " "}, "Say how the arrival is known."),
        ({"paper": SimpleUploadedFile("a.exe", b"MZ\0\0")}, "a.exe"),
        ({"paper": SimpleUploadedFile("a.pdf", b"")}, "This file is empty."),
    ],
)
def test_what_cannot_be_is_said_beside_the_form_and_nothing_is_lost(
    desk: Client, letter: Message, wrong: dict[str, object], said: str
) -> None:
    filled = {**form("2026-09-03T10:00"), **wrong}
    answer = desk.post(reverse("desk-carry-arrival", args=[letter.id]), filled)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "proof" in wrong or "registered letter RR1" in page
    assert Message.objects.get(id=letter.id).delivered_at is None


def test_an_arrival_is_recorded_once(desk: Client, letter: Message) -> None:
    assert record(desk, letter, **form("2026-09-03T10:00")) == 302
    assert record(desk, letter, **form("2026-09-04T10:00")) == 409
    assert LedgerEntry.objects.filter(event="message.delivered").count() == 1


def test_a_letter_that_forwards_a_counter_notice_starts_the_waiting_period(
    desk: Client, stage: Stage
) -> None:
    counter = stage.forwarded(stage.upheld())
    Message.objects.filter(id=counter.forwarding_id).update(address="")
    letter = Message.objects.get(id=counter.forwarding_id)
    moment = (REVIEWED + timedelta(days=1)).astimezone(SHANGHAI)
    assert record(desk, letter, **form(f"{moment:%Y-%m-%dT%H:%M}")) == 302
    found = CounterNotice.objects.get(id=counter.id)
    assert (found.arrived_at, found.state) == (moment, "waiting")


def test_letters_that_go_by_mail_are_not_here(desk: Client, stage: Stage) -> None:
    mailed = Message.objects.filter(case_id=stage.upheld().id).earliest("queued_at")
    assert desk.get(reverse("desk-carry", args=[mailed.id])).status_code == 404
    assert record(desk, mailed, **form(f"{now():%Y-%m-%dT%H:%M}")) == 404
