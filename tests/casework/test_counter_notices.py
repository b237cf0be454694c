"""Counter-notices at the desk: another person reviews, and the buttons say so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from counternotices.models import CounterNotice
from counternotices.services import arrivals
from deadlines.models import Deadline
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import PDF, REVIEWED, Stage
from tests.database import Clock
from users.models import User

NOON = datetime(2026, 9, 15, 4, 0, tzinfo=UTC)
BOTH = {"reject-reasons_en": "No permission was shown.", "reject-reasons_zh": "未证明获得许可。"}


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: object) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False  # type: ignore[attr-defined]


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def page(client: Client, counter: CounterNotice) -> str:
    answer = client.get(reverse("desk-counter-notice", args=[counter.reference]))
    assert answer.status_code == 200
    return answer.content.decode()


def press(client: Client, what: str, counter: CounterNotice, **data: object) -> int:
    return client.post(reverse(f"desk-counter-{what}", args=[counter.reference]), data).status_code


def state(counter: CounterNotice) -> str:
    return str(CounterNotice.objects.values_list("state", flat=True).get(id=counter.id))


def test_the_list_shows_it_to_others_and_not_to_whoever_decided(
    client: Client, stage: Stage
) -> None:
    counter = stage.contest(stage.upheld())
    address = reverse("desk-counter-notices")

    assert counter.reference in signed_in(client, stage.dan).get(address).content.decode()
    assert counter.reference not in signed_in(client, stage.tara).get(address).content.decode()


def test_the_page_shows_statement_completeness_and_papers(client: Client, stage: Stage) -> None:
    counter = stage.contest(stage.upheld())

    html = page(signed_in(client, stage.dan), counter)

    for words in ("1 Fox Lane", "licence.pdf", "card.pdf", "Accept and forward", "complete"):
        assert words in html
    paper = counter.files.get(element="user_identity_proof")
    sent = client.get(reverse("desk-counter-paper", args=[counter.reference, paper.id]))
    assert b"".join(sent.streaming_content) == PDF  # type: ignore[arg-type]
    sent.close()


def test_whoever_decided_sees_no_button_and_is_refused(client: Client, stage: Stage) -> None:
    counter = stage.contest(stage.upheld())
    signed_in(client, stage.tara)

    html = page(client, counter)

    assert "another person reviews this" in html
    assert "Accept and forward" not in html
    assert "Reject with these reasons" not in html
    assert press(client, "accept", counter) == 403
    assert press(client, "reject", counter, **BOTH) == 403
    assert state(counter) == "filed"


def test_accepting_forwards_and_the_arrival_can_be_recorded_in_the_operators_time(
    client: Client, stage: Stage, clock: Clock
) -> None:
    counter = stage.contest(stage.upheld(email=""))
    signed_in(client, stage.dan)

    assert press(client, "accept", counter) == 302
    assert state(counter) == "forwarded"
    clock.set(NOON + timedelta(days=2))
    early = {"arrival-at": "2026-09-15T11:59", "arrival-proof": "EMS 1"}
    press(client, "arrival", counter, **early)
    assert state(counter) == "forwarded"
    assert press(client, "arrival", counter, **{"arrival-at": "tomorrow"}) == 422
    assert (
        press(
            client,
            "arrival",
            counter,
            **{"arrival-at": "2026-09-16T10:00", "arrival-proof": "EMS 1"},
        )
        == 302
    )

    clock_row = Deadline.objects.get(kind="counternotices.wait")
    assert clock_row.triggered_at == datetime(2026, 9, 16, 2, tzinfo=UTC)
    assert "2026" in page(client, counter)


def test_asking_names_what_the_machine_misses_and_asks_for_that(
    client: Client, stage: Stage
) -> None:
    counter = stage.contest(stage.upheld())
    CounterNotice.objects.filter(id=counter.id).update(
        answers={**counter.answers, "user_address": ""}
    )
    signed_in(client, stage.dan)

    html = page(client, counter)
    assert html.count("checked") == 1
    assert press(client, "ask", counter) == 422
    assert press(client, "ask", counter, **{"ask-elements": ["user_address"]}) == 302

    assert CounterNotice.objects.get().asked_elements == ["user_address"]
    assert "Accept and forward" not in page(client, counter)


def test_rejecting_needs_both_languages(client: Client, stage: Stage) -> None:
    counter = stage.contest(stage.upheld())
    signed_in(client, stage.dan)

    assert press(client, "reject", counter, **{"reject-reasons_en": "No."}) == 422
    assert state(counter) == "filed"
    assert press(client, "reject", counter, **BOTH) == 302
    assert state(counter) == "rejected"
    assert "No permission was shown." in page(client, counter)


def test_a_complaint_under_a_law_without_waiting_is_decided_on_its_merits(
    client: Client, stage: Stage, settings: object
) -> None:
    settings.REGIMES = ["eu-dsa-hosting", "eu-dsa-platform"]  # type: ignore[attr-defined]
    case = stage.upheld()
    counter = stage.contest(case)
    signed_in(client, stage.dan)

    assert "Justified: end the measures" in page(client, counter)
    assert press(client, "accept", counter) == 422, "the answer is a reasoned one"
    reasons = {"accept-reasons_en": "It is another mask.", "accept-reasons_zh": "并非同一面具。"}
    press(client, "accept", counter, **reasons)

    assert state(counter) == "prevailed"
    assert {m.state for m in stage.measures(case)} == {"in_force"}  # the other regime still stands
    press(client, "accept", CounterNotice.objects.exclude(id=counter.id).get(), **reasons)
    assert {m.state for m in stage.measures(case)} == {"lifting"}


@pytest.mark.parametrize("who", ["eno", "eve"])
def test_engineers_and_strangers_are_kept_out(client: Client, stage: Stage, who: str) -> None:
    counter = stage.contest(stage.upheld())
    signed_in(client, getattr(stage, who))

    for address in (
        reverse("desk-counter-notices"),
        reverse("desk-counter-notice", args=[counter.reference]),
    ):
        assert client.get(address).status_code == 403
    assert press(client, "accept", counter) == 403


def test_queries_stay_the_same_however_many_wait(
    client: Client, stage: Stage, django_assert_max_num_queries: object
) -> None:
    signed_in(client, stage.dan)
    for number in range(8):
        stage.contest(stage.upheld(stage.artefact(f"a{number}")))
        if number in {1, 7}:
            with django_assert_max_num_queries(9):  # type: ignore[operator]
                client.get(reverse("desk-counter-notices"))
    counter = stage.forwarded(stage.upheld(*(stage.artefact(f"b{n}") for n in range(15))))
    stage.deliver(counter, REVIEWED)
    arrivals.sweep(REVIEWED)
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        page(client, counter)
