"""Clocks at the desk: every running one with its reasons, and more time for a reason."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from counternotices.rules import REVIEW, WAIT
from counternotices.services import arrivals
from deadlines.models import Deadline, Extension
from deadlines.services import sweep
from notices.models import Case
from notices.rules import ANSWER, DECIDE
from notices.services.claims import claim
from notices.services.information import Question, request_information
from notifications.models import Message
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import FILED, PDF, Stage
from tests.database import Clock
from users.models import User

pytestmark = pytest.mark.django_db
ARRIVED = datetime(2026, 9, 16, 2, tzinfo=UTC)
NOON = datetime(2026, 9, 17, 4, tzinfo=UTC)
CLOCKS = reverse("desk-clocks")


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: object) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False  # type: ignore[attr-defined]


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def show(client: Client, key: str) -> str:
    answer = client.get(CLOCKS, {"show": key})
    assert answer.status_code == 200
    return answer.content.decode()


def clock_of(case: Case, kind: str) -> Deadline:
    return Deadline.objects.get(case_id=case.id, kind=kind)


def waiting(stage: Stage) -> Deadline:
    case = stage.upheld()
    counter = stage.forwarded(case)
    stage.deliver(counter, ARRIVED)
    arrivals.sweep(ARRIVED)
    return clock_of(case, WAIT)


def test_the_list_shows_the_nearest_end_first_with_its_reasons(
    client: Client, stage: Stage
) -> None:
    late = stage.filed()
    soon = stage.filed()
    Deadline.objects.filter(case_id=soon.id).update(due_at=FILED + timedelta(minutes=5))

    html = show(signed_in(client, stage.dan), "all")

    assert html.index(soon.reference) < html.index(late.reference)
    assert "Period: 3 working days." in html
    assert "unassigned" in html


def test_each_view_holds_what_it_says(client: Client, stage: Stage) -> None:
    ours, theirs, paused, breached, stuck = (stage.filed() for _each in range(5))
    rows = Deadline.objects.filter(kind=DECIDE)
    Deadline.objects.exclude(kind=DECIDE).delete()
    Deadline.objects.update(due_at=NOON + timedelta(days=3))
    rows.filter(case_id=theirs.id).update(owes="filer", provisional=True)
    rows.filter(case_id=paused.id).update(state="paused", paused_at=NOON)
    rows.filter(case_id=breached.id).update(state="breached")
    rows.filter(case_id=stuck.id).update(alarmed_at=NOON)
    signed_in(client, stage.dan)
    every = {"ours": ours, "theirs": theirs, "paused": paused, "breached": breached, "stuck": stuck}

    def shown(key: str) -> set[str]:
        html = show(client, key)
        return {name for name, case in every.items() if case.reference in html}

    assert shown("all") == set(every)
    assert shown("ours") == set(every) - {"theirs"}
    assert shown("theirs") == {"theirs"}
    assert shown("provisional") == {"theirs"}
    assert shown("paused") == {"paused"}
    assert shown("breached") == {"breached"}
    assert shown("stuck") == {"stuck"}
    assert shown("mine") == {"breached", "stuck"}
    assert shown("no-such-view") == set(every)


def test_a_warning_is_seen_by_its_owner_and_one_of_nobody_by_all(
    client: Client, stage: Stage
) -> None:
    held, free = stage.filed(), stage.filed()
    claim(held.id, user=stage.tara, now=FILED)
    sweep.run(clock_of(held, DECIDE).warn_at or NOON)
    assert clock_of(held, DECIDE).warned_at is not None

    tara, dan = Client(), Client()
    seen = show(signed_in(tara, stage.tara), "mine")
    assert held.reference in seen
    assert free.reference in seen
    assert "warned" in seen
    seen = show(signed_in(dan, stage.dan), "mine")
    assert held.reference not in seen
    assert free.reference in seen
    page = tara.get(reverse("desk-case", args=[held.reference])).content.decode()
    assert "Warned:" in page


def test_a_long_list_has_pages(client: Client, stage: Stage) -> None:
    for _each in range(30):
        stage.filed()
    signed_in(client, stage.dan)

    assert Deadline.objects.count() > 50
    assert "page=2" in show(client, "all")
    assert client.get(CLOCKS, {"page": "2"}).status_code == 200
    for odd in ("0", "-1", "x", "９", "99999999999"):
        assert client.get(CLOCKS, {"page": odd}).status_code == 200


def extend(client: Client, row: Deadline, **data: object) -> tuple[int, str]:
    given = {f"extend-{name}": value for name, value in data.items()}
    answer = client.post(reverse("desk-clock-extend", args=[row.id]), given)
    return answer.status_code, answer.content.decode()


def test_the_waiting_period_is_extended_with_a_reason_and_a_paper(
    client: Client, stage: Stage
) -> None:
    row = waiting(stage)
    signed_in(client, stage.lea)
    paper = SimpleUploadedFile("notary.pdf", PDF)

    assert extend(client, row, length=8, reason="Notarisation in Lyon", paper=paper)[0] == 302

    after = Deadline.objects.get(id=row.id)
    assert after.extension == 8
    assert after.due_at > row.due_at
    page = client.get(reverse("desk-clock", args=[row.id])).content.decode()
    for words in ("Notarisation in Lyon", "notary.pdf", "Lea", "8 calendar days were granted"):
        assert words in page
    told = Message.objects.filter(template="date_moved").values_list("party", flat=True)
    assert sorted(told) == ["filer", "respondent"]
    one = Extension.objects.get()
    sent = client.get(reverse("desk-clock-paper", args=[row.id, one.paper_id]))
    assert b"".join(sent.streaming_content) == PDF  # type: ignore[arg-type]
    sent.close()


def test_without_the_paper_the_waiting_period_is_not_longer_and_nothing_typed_is_lost(
    client: Client, stage: Stage
) -> None:
    row = waiting(stage)

    status, html = extend(
        signed_in(client, stage.lea), row, length=5, reason="Notarisation in Lyon"
    )

    assert status == 422
    assert "Add the paper that shows why the waiting period is longer." in html
    assert "Notarisation in Lyon" in html
    assert Deadline.objects.get(id=row.id).extension == 0


def test_past_the_cap_the_error_names_it_and_the_latest_date_possible(
    client: Client, stage: Stage
) -> None:
    row = waiting(stage)
    paper = SimpleUploadedFile("notary.pdf", PDF)

    status, html = extend(signed_in(client, stage.lea), row, length=90, reason="why", paper=paper)

    assert status == 422
    assert "20 working days at most" in html
    assert "Tue 20 Oct 2026" in html
    assert not Extension.objects.exists()


@pytest.mark.parametrize("bad", ["", "0", "-3", "x", "1e3", "99999999999999999999"])
def test_a_length_that_is_none_is_refused_with_a_sentence(
    client: Client, stage: Stage, bad: str
) -> None:
    case = stage.filed()
    Deadline.objects.filter(case_id=case.id).update(due_at=NOON + timedelta(days=3))
    status, html = extend(
        signed_in(client, stage.dan), clock_of(case, DECIDE), length=bad, reason="a long search"
    )
    assert status == 422
    assert "There is a problem" in html
    assert "a long search" in html


def test_a_paper_of_a_kind_that_is_not_taken_changes_nothing(client: Client, stage: Stage) -> None:
    row = waiting(stage)
    bad = SimpleUploadedFile("x.exe", b"MZ\x90\x00")
    status, html = extend(signed_in(client, stage.lea), row, length=2, reason="why", paper=bad)
    assert status == 422
    assert "cannot be taken" in html
    assert Deadline.objects.get(id=row.id).extension == 0


def test_a_clock_that_the_pack_does_not_let_be_extended_shows_no_form(
    client: Client, stage: Stage
) -> None:
    case = stage.upheld()
    stage.contest(case)
    row = clock_of(case, REVIEW)
    Deadline.objects.filter(id=row.id).update(due_at=NOON + timedelta(days=3))

    page = signed_in(client, stage.dan).get(reverse("desk-clock", args=[row.id])).content.decode()

    assert "This clock cannot be extended." in page
    assert extend(client, row, length=1, reason="why")[0] == 422


def test_the_filers_time_to_answer_can_be_longer(client: Client, stage: Stage) -> None:
    case = stage.filed()
    claim(case.id, user=stage.tara, now=NOON)
    request_information(case.id, Question(["work_title"], ""), user=stage.tara, now=NOON)
    row = clock_of(case, ANSWER)

    assert extend(signed_in(client, stage.tara), row, length=2, reason="ill")[0] == 302
    assert Deadline.objects.get(id=row.id).due_at > row.due_at
