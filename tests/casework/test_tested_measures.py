"""What tests of measures show, to everybody it concerns: board, case, both parties, dossier, API."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from counternotices.services.wording import standing_words
from measures.models import Measure, MeasureCheck
from measures.services.verify import verify
from notices.models import Case
from notices.presenters.verified import tally
from tests.casework.test_dossier import Dossier
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import DECIDED, Stage
from tests.database import Clock
from tests.measures.liar import Liar, lying
from tests.people import issue_token

NOON = datetime(2026, 9, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: LazySettings) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def liar() -> Iterator[Liar]:
    with lying() as server:
        yield server


@pytest.fixture
def case(stage: Stage) -> Case:
    """A removal that the platform acknowledged and nobody tested yet."""
    return stage.upheld(stage.artefact("out_fox"))


def removal(case: Case) -> Measure:
    return Measure.objects.get(grounds__case=case)


def look(case: Case, liar: Liar, at: datetime = NOON, **what: str) -> Measure:
    """A round of tests is made at `at`, of a platform that is as `what` says."""
    for name, value in what.items():
        setattr(liar, name, value)
    Measure.objects.filter(id=removal(case).id).update(check_at=at)
    verify(liar.eyes(), lambda: at)
    return removal(case)


def board(client: Client, name: str = "measures", *arguments: object) -> str:
    return client.get(reverse(name, args=arguments)).content.decode()


def test_the_board_shows_in_red_what_was_promised_beside_what_was_found(
    client: Client, stage: Stage, case: Case, liar: Liar
) -> None:
    look(case, liar)
    client.force_login(stage.tara)
    page = board(client)
    assert page.index("Promised") < page.index("Found")
    assert "The platform&#x27;s record" in page
    assert "state: available" in page
    assert 'badge danger">Does not hold' in page
    assert "ordered by Tara" in page
    client.force_login(stage.eno)
    assert "Tara" not in board(client)


def test_a_person_orders_it_again_or_notes_why_it_is_no_breach(
    client: Client, stage: Stage, case: Case, liar: Liar
) -> None:
    measure = look(case, liar)
    client.force_login(stage.tara)
    assert "Order it again" in board(client, "measure", measure.id)
    note = reverse("measure-explain", args=[measure.id])
    assert client.post(note, {"note": " "}).status_code == 422
    assert client.post(note, {"note": "Licensed since."}).status_code == 302
    assert removal(case).alarmed_at is None
    assert client.post(reverse("measure-again", args=[measure.id])).status_code == 302
    again = removal(case)
    assert (again.idempotency_key != measure.idempotency_key, again.resend) == (True, True)


def test_what_was_typed_is_kept_when_a_test_was_quicker(
    client: Client, stage: Stage, case: Case, liar: Liar
) -> None:
    look(case, liar)
    look(case, liar, NOON + timedelta(hours=1), state="removed")
    client.force_login(stage.tara)
    answer = client.post(
        reverse("measure-explain", args=[removal(case).id]), {"note": "A cache of theirs."}
    )
    assert answer.status_code == 409
    assert "A cache of theirs." in answer.content.decode()


def test_the_case_page_claims_no_more_than_was_shown(
    client: Client, stage: Stage, case: Case, liar: Liar
) -> None:
    client.force_login(stage.tara)
    assert "not verified by test yet" in board(client, "desk-case", case.reference)
    look(case, liar)
    assert "found that it does not hold" in board(client, "desk-case", case.reference)
    look(case, liar, NOON + timedelta(hours=1), state="removed")
    assert "verified by test on" in board(client, "desk-case", case.reference)


def test_both_parties_are_told_what_tests_showed_and_no_more(
    client: Client, stage: Stage, case: Case, liar: Liar
) -> None:
    track, answer = stage.track_link(case), stage.answer_link(case)
    before = board(client, "answer", answer)
    assert "in force; not verified by test yet" in before
    look(case, liar, state="removed")
    assert "in force; verified by test on" in board(client, "answer", answer)
    assert "Measures shown by test to hold: 1" in board(client, "track", track)
    assert "out_fox" not in board(client, "track", track).split('id="items"')[0]
    look(case, liar, NOON + timedelta(hours=1), state="available")
    assert "found that it does not hold" in board(client, "answer", answer)


def test_the_filer_s_tally_follows_the_ledger(case: Case, liar: Liar) -> None:
    look(case, liar)
    assert (tally(case.id).broken, tally(case.id).verified) == (1, 0)
    look(case, liar, NOON + timedelta(hours=1), state="removed")
    found = tally(case.id)
    assert (found.broken, found.verified, found.last) == (0, 1, NOON + timedelta(hours=1))


def test_a_letter_says_of_a_measure_what_the_page_says(case: Case, liar: Liar) -> None:
    assert standing_words(removal(case)) == "in force; not verified by test yet"
    assert standing_words(look(case, liar, state="removed")).startswith("in force; verified by")


def test_the_dossier_holds_every_test(stage: Stage, case: Case, liar: Liar) -> None:
    look(case, liar)
    look(case, liar, NOON + timedelta(hours=1), state="removed")
    dossier = Dossier(stage, case, NOON + timedelta(hours=2))
    rows = dossier.data["measure_tests"]
    assert [row["outcome"] for row in rows] == ["broken", "holds"]
    assert rows[0]["facts"] == {"state": "available"}
    assert dossier.data["measures"][0]["verified_at"] == (NOON + timedelta(hours=1)).isoformat()
    assert "Whattestsfound(2)" in dossier.en
    assert "2026-09-2004:00:00UTC" in dossier.en


def test_the_api_tells_what_tests_showed(
    client: Client, stage: Stage, case: Case, liar: Liar
) -> None:
    key = {"authorization": f"Bearer {issue_token(stage.eno, 'tests', now=DECIDED)}"}
    address = reverse("api-measure", args=[removal(case).id])
    assert client.get(address, headers=key).json()["verification"] == "pending"
    look(case, liar)
    told = client.get(address, headers=key).json()
    assert (told["verification"], told["verified_at"]) == ("broken", None)


def test_the_boards_cost_the_same_however_many_tests_there_were(
    client: Client, stage: Stage, case: Case, liar: Liar, django_assert_max_num_queries: object
) -> None:
    look(case, liar)
    client.force_login(stage.eno)
    for rounds in (1, 30):
        for number in range(rounds):
            look(case, liar, NOON + timedelta(hours=rounds * 40 + number))
        with django_assert_max_num_queries(10):  # type: ignore[operator]
            board(client)
        with django_assert_max_num_queries(10):  # type: ignore[operator]
            board(client, "measure", removal(case).id)
    assert MeasureCheck.objects.count() == 32
