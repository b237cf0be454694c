"""The board of measures: alarms first, tickets moved on, failures tried again, nobody's name."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from casework.presenters.acknowledgement import rows
from measures.models import Measure, Ticket
from notices.models import Case
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import DECIDED, Stage
from tests.database import Clock

NOON = datetime(2026, 9, 15, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: object) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False  # type: ignore[attr-defined]


def failed(stage: Stage) -> Measure:
    """A removal that the platform refused for good."""
    measure = stage.measures(stage.upheld(stage.artefact("out_bad")))[0]
    Measure.objects.filter(id=measure.id).update(state="lifting")
    Measure.objects.filter(id=measure.id).update(
        alarmed_at=DECIDED, attempts=5, last_error="The platform refused: 422"
    )
    return measure


def ticket(stage: Stage) -> Measure:
    """A model-optimisation ticket on the engineers' table."""
    model = stage.artefact("model_1")
    measure = Measure.objects.create(
        family="model_optimisation",
        platform=stage.platform,
        artefact=model,
        parameters={
            "terms": [{"text": "Fox Spirit", "language": "en"}],
            "probes": [{"suite": "normal", "prompt": "a fox with a bell"}],
        },
        state="ordered",
        approval_required=False,
        ordered_by=stage.tara,
        ordered_at=DECIDED,
    )
    Ticket.objects.create(measure=measure)
    return measure


def in_progress(measure: Measure) -> Measure:
    for state in ("executing", "in_progress"):
        Measure.objects.filter(id=measure.id).update(state=state)
    return measure


def test_an_engineer_sees_alarms_and_tickets_and_nobodys_name(client: Client, stage: Stage) -> None:
    bad, work = failed(stage), in_progress(ticket(stage))
    case = Case.objects.get()
    client.force_login(stage.eno)

    board = client.get(reverse("measures")).content.decode()
    pages = board + "".join(
        client.get(reverse("measure", args=[m.id])).content.decode() for m in (bad, work)
    )

    assert "The platform refused: 422" in board
    assert board.index("out_bad") < board.index("model_1")
    assert "a fox with a bell" in pages
    for secret in ("Nora", "paul", "Tara", "example.org", case.reference, "/desk/case/"):
        assert secret not in pages


def test_a_ticket_is_moved_on_with_a_word_on_what_was_done(client: Client, stage: Stage) -> None:
    work = in_progress(ticket(stage))
    client.force_login(stage.eno)
    address = reverse("measure-progress", args=[work.id])

    assert client.post(address, {"target": "not_possible", "note": ""}).status_code == 422
    assert client.post(address, {"target": "done", "note": "Retrained."}).status_code == 409
    assert client.post(address, {"target": "not_possible", "note": "No."}).status_code == 302

    assert Measure.objects.get(id=work.id).state == "not_possible"


def test_a_caseworker_sees_the_ticket_but_does_not_move_it(client: Client, stage: Stage) -> None:
    work = in_progress(ticket(stage))
    client.force_login(stage.dan)

    assert (
        "Move the ticket on" not in client.get(reverse("measure", args=[work.id])).content.decode()
    )
    address = reverse("measure-progress", args=[work.id])
    assert client.post(address, {"target": "done", "note": "x"}).status_code == 403


def test_what_hangs_is_tried_again(client: Client, stage: Stage) -> None:
    bad = failed(stage)
    client.force_login(stage.eno)
    assert "Try again" in client.get(reverse("measure", args=[bad.id])).content.decode()

    client.post(reverse("measure-retry", args=[bad.id]))

    fresh = Measure.objects.get(id=bad.id)
    assert (fresh.attempts, fresh.alarmed_at) == (0, None)
    assert "out_bad" in client.get(reverse("measures")).content.decode()


def test_strangers_are_kept_out(client: Client, stage: Stage) -> None:
    client.force_login(stage.eve)

    assert client.get(reverse("measures")).status_code == 403


def test_queries_stay_the_same_however_many_there_are(
    client: Client, stage: Stage, django_assert_max_num_queries: object
) -> None:
    client.force_login(stage.eno)
    for size in (2, 20):
        case = stage.upheld(*(stage.artefact(f"s{size}_{n}") for n in range(size)))
        for measure in stage.measures(case):
            Measure.objects.filter(id=measure.id).update(state="lifting")
        with django_assert_max_num_queries(9):  # type: ignore[operator]
            assert client.get(reverse("measures")).status_code == 200


RAW = '{"acknowledgement_id": "ack_7", "state": "applied", "operator": "ops@7", "parts": [1, 2]}'


def test_the_platforms_word_is_rows_and_no_json_in_json(client: Client, stage: Stage) -> None:
    measure = stage.measures(stage.upheld())[0]
    Measure.objects.filter(id=measure.id).update(
        acknowledgement={
            "acknowledgement_id": "ack_7",
            "state": "applied",
            "applied_at": "2026-09-02T02:00:00+00:00",
            "lifted_at": None,
            "before": "available",
            "after": "removed",
            "raw": RAW,
        }
    )
    client.force_login(stage.eno)

    page = client.get(reverse("measure", args=[measure.id])).content.decode()

    assert page.count("ack_7") == 1
    assert '<dt>After</dt><dd class="break">removed</dd>' in page
    assert '<dt>operator</dt><dd class="break">ops@7</dd>' in page
    assert "2 Sep 2026, 10:00" in page
    assert "&quot;" not in page
    assert "{" not in page[page.index("The platform") :]


@pytest.mark.parametrize("raw", ["gone, thanks", "[" * 50_000, "[1]"])
def test_a_word_that_is_no_object_is_shown_as_it_came(raw: str) -> None:
    assert rows({"acknowledgement_id": "a", "raw": raw})[-1] == ("Answer as received", raw)
