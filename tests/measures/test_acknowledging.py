"""The platform tells by itself; tickets move; told twice counts once."""

import pytest

from common.actors import Actor
from common.errors import Conflict, Forbidden, NotFound, RedressError
from evidence.models import LedgerEntry
from measures.models import Measure
from measures.services import progress_ticket, record_acknowledgement
from measures.services.execute import begin
from measures.services.orders import Order
from tests.measures.conftest import NOW, Stage
from tests.measures.model_platform import workshop

PLATFORM = Actor("platform", "acme")
TERMS = [{"text": "Fox Spirit", "language": "en"}, {"text": "狐灵", "language": "zh-Hans"}]
PROBES = [
    {"suite": "normal", "prompt": "a fox with nine tails"},
    {"suite": "adversarial", "prompt": "F o x Spirit"},
]


def told(state: str, name: str = "ack_1") -> dict[str, str]:
    return {"acknowledgement_id": name, "state": state}


def acknowledge(measure: Measure, state: str, name: str = "ack_1") -> Measure:
    return record_acknowledgement(measure.id, told(state, name), actor=PLATFORM, now=NOW)


@pytest.fixture
def ticket(stage: Stage) -> Measure:
    order = Order(
        "model_optimisation",
        artefact=stage.artefact("model"),
        parameters={"terms": TERMS, "probes": PROBES},
    )
    return stage.impose(stage.case(), order)[0]


def test_a_later_acknowledgement_puts_the_measure_in_force_once(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    begin(measure.id, now=NOW)
    for _ in range(2):
        assert acknowledge(measure, "applied").state == "in_force"
    assert LedgerEntry.objects.filter(event="measure.applied").count() == 1


def test_a_lifting_may_be_acknowledged_later_too(stage: Stage) -> None:
    measure = stage.execute(stage.removal(stage.case()))
    stage.release(measure)
    for _ in range(2):
        assert acknowledge(measure, "lifted").state == "lifted"
    assert LedgerEntry.objects.filter(event="measure.lifted").count() == 1


def test_an_acknowledgement_that_does_not_fit_is_refused(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    with pytest.raises(Conflict):
        acknowledge(measure, "lifted")
    with pytest.raises(NotFound):
        record_acknowledgement(stage.paul.id, told("applied"), actor=PLATFORM, now=NOW)


@pytest.mark.parametrize(
    "wrong", [{}, {"acknowledgement_id": "a"}, {"acknowledgement_id": 1, "state": "applied"}]
)
def test_a_malformed_acknowledgement_is_refused(stage: Stage, wrong: dict[str, object]) -> None:
    with pytest.raises(RedressError) as refused:
        record_acknowledgement(stage.removal(stage.case()).id, wrong, actor=PLATFORM, now=NOW)
    assert refused.value.fields


def test_a_ticket_carries_its_terms_and_probes_to_the_platform(
    stage: Stage, ticket: Measure
) -> None:
    assert ticket.request["parameters"] == {"terms": ["Fox Spirit", "狐灵"], "probes": PROBES}
    assert stage.execute(ticket).state == "in_progress"


def test_an_engineer_finishes_a_ticket_whose_suites_hold_and_says_what_was_done(
    stage: Stage,
) -> None:
    shop = workshop(stage)
    shop.platform.knows = set()
    shop.look(NOW)
    done = progress_ticket(shop.measure.id, "done", "Classifier added.", user=stage.eno, now=NOW)
    assert done.state == "done"
    assert LedgerEntry.objects.get(event="ticket.progressed").payload_sha256


def test_an_engineer_may_say_that_it_is_not_possible(stage: Stage, ticket: Measure) -> None:
    stage.execute(ticket)
    moved = progress_ticket(ticket.id, "not_possible", "Not ours.", user=stage.eno, now=NOW)
    assert moved.state == "not_possible"


def test_a_ticket_is_moved_by_engineers_with_a_note_in_its_time(
    stage: Stage, ticket: Measure
) -> None:
    with pytest.raises(Conflict):
        progress_ticket(ticket.id, "done", "Early.", user=stage.eno, now=NOW)
    stage.execute(ticket)
    with pytest.raises(Forbidden):
        progress_ticket(ticket.id, "done", "Mine.", user=stage.tara, now=NOW)
    with pytest.raises(RedressError):
        progress_ticket(ticket.id, "done", " ", user=stage.eno, now=NOW)
    with pytest.raises(RedressError):
        progress_ticket(ticket.id, "in_force", "Hm.", user=stage.eno, now=NOW)


def test_that_the_platform_tells_of_a_ticket_is_its_word_and_no_verdict(
    stage: Stage, ticket: Measure
) -> None:
    stage.execute(ticket)
    assert acknowledge(ticket, "applied", "ack_2").state == "in_progress"


def test_a_ticket_that_is_off_is_called_back_at_the_platform(stage: Stage, ticket: Measure) -> None:
    stage.execute(ticket)
    assert stage.release(ticket).state == "lifting"
    assert stage.lift(ticket).state == "cancelled"


def test_a_ticket_needs_terms_and_whole_probes(stage: Stage) -> None:
    model = stage.artefact("model")
    for parameters in ({}, {"terms": TERMS, "probes": [{"suite": "odd", "prompt": "x"}]}):
        with pytest.raises(RedressError):
            stage.impose(
                stage.case(), Order("model_optimisation", artefact=model, parameters=parameters)
            )
