"""Measures passed on to the provider whose model made the thing: letter, clock, acknowledgement, end."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, IntegrityError, transaction

from common.errors import Conflict, Forbidden, RedressError
from deadlines.models import Deadline
from deadlines.registry import kind_of
from deadlines.services import sweep as clocks
from evidence.files import seal_own
from evidence.models import LedgerEntry, SealedFile
from measures.errors import BadOrder
from measures.models import Measure, UpstreamRequest
from measures.services.orders import Order
from measures.services.sweep import sweep
from measures.services.upstream import Acknowledged, PassOn, acknowledge, pass_on
from measures.upstream_selectors import providers_of
from notices.models import Case
from notifications.models import Message
from platforms.models import Artefact
from tests.counternotices.stage import PDF
from tests.measures.conftest import NOW, Stage

DAY = timedelta(days=1)
BRUSH = PassOn("Brush AI", "legal@brush.example", "en")
MADE = {
    "generation": {
        "prompt": "a fox spirit by Paul",
        "model": "brush-2",
        "session": "s-77",
        "upstream": "Brush AI",
    }
}


def case_of(stage: Stage) -> Case:
    """A case under the law in force: its pack is needed for the clock."""
    case = stage.case()
    case.regimes.update(pack_version="2026.1")
    return case


def drawn_upstream(stage: Stage) -> Artefact:
    artefact = stage.artefact()
    Artefact.objects.filter(id=artefact.id).update(record=MADE)
    artefact.refresh_from_db()
    return artefact


@pytest.fixture
def measure(stage: Stage) -> Measure:
    case, artefact = case_of(stage), drawn_upstream(stage)
    item = stage.item(case, artefact)
    return stage.execute(stage.impose(case, Order("content_removal", item=item))[0])


@transaction.atomic
def paper() -> SealedFile:
    return seal_own(PDF, name="answer.pdf", kind="application/pdf", at=NOW)


def answered(stage: Stage, request: UpstreamRequest, *, hours: int = 5) -> UpstreamRequest:
    told = Acknowledged(NOW + timedelta(hours=hours), "their mail of today", paper())
    return acknowledge(request.id, told, user=stage.tara, now=NOW + 10 * DAY)


def clock(request: UpstreamRequest) -> Deadline:
    return Deadline.objects.get(kind="measures.upstream", subject_id=request.id)


def events() -> list[str]:
    found = LedgerEntry.objects.filter(event__startswith="upstream.").order_by("sequence")
    return list(found.values_list("event", flat=True))


def test_the_generation_record_names_the_provider(stage: Stage, measure: Measure) -> None:
    assert providers_of(measure) == ["Brush AI"]
    own = stage.impose(case_of(stage), Order("content_removal", artefact=stage.artefact()))[0]
    assert providers_of(own) == []


def test_a_prompt_block_concerns_every_upheld_item_of_its_case(stage: Stage) -> None:
    case = case_of(stage)
    stage.item(case, drawn_upstream(stage))
    terms = {"terms": [{"text": "Fox Spirit", "language": "en"}]}
    [block] = stage.impose(case, Order("prompt_block", parameters=terms))
    assert providers_of(block) == ["Brush AI"]
    request = pass_on(block.id, BRUSH, user=stage.tara, now=NOW)
    assert "Terms: Fox Spirit" in request.letter.text


def test_passing_on_writes_a_letter_that_names_nobody_and_starts_a_clock(
    stage: Stage, measure: Measure, settings: LazySettings
) -> None:
    settings.UPSTREAM_ACKNOWLEDGE_HOURS = 48
    request = pass_on(measure.id, BRUSH, user=stage.tara, now=NOW)
    letter = Message.objects.get(id=request.letter_id)
    assert (letter.party, letter.address) == ("upstream", "legal@brush.example")
    assert "brush-2 · s-77" in letter.text
    for secret in ("Paul", "paul", "Tara"):
        assert secret not in letter.text + letter.html
    assert clock(request).due_at == NOW + timedelta(hours=48)
    assert clock(request).owner_id == stage.tara.id
    assert events() == ["upstream.passed_on"]


def test_the_letter_is_written_in_the_language_that_was_chosen(
    stage: Stage, measure: Measure
) -> None:
    wanted = PassOn("Brush AI", "", "zh-Hans")
    assert pass_on(measure.id, wanted, user=stage.tara, now=NOW).letter.language == "zh-Hans"


def test_the_acknowledgement_is_kept_with_its_paper_and_ends_the_clock(
    stage: Stage, measure: Measure
) -> None:
    request = answered(stage, pass_on(measure.id, BRUSH, user=stage.tara, now=NOW))
    assert request.state == "acknowledged"
    assert (clock(request).state, clock(request).closed_at) == ("met", NOW + timedelta(hours=5))
    entry = LedgerEntry.objects.get(event="upstream.acknowledged")
    assert request.proof is not None
    assert entry.facts["file"] == request.proof.sha256
    with pytest.raises(Conflict):
        answered(stage, request)


def test_a_provider_that_says_nothing_breaches_the_clock_and_may_still_answer(
    stage: Stage, measure: Measure
) -> None:
    request = pass_on(measure.id, BRUSH, user=stage.tara, now=NOW)
    clocks.run(NOW + 4 * DAY)
    assert clock(request).state == "breached"
    answered(stage, request, hours=100)
    assert clock(request).state == "met_late"


def test_the_clock_outlives_the_case() -> None:
    assert kind_of("measures.upstream").outlives_case


@pytest.mark.parametrize("hours", [-1, 24 * 11])
def test_nobody_acknowledges_before_the_letter_or_in_the_future(
    stage: Stage, measure: Measure, hours: int
) -> None:
    request = pass_on(measure.id, BRUSH, user=stage.tara, now=NOW)
    with pytest.raises(RedressError):
        answered(stage, request, hours=hours)
    assert clock(request).state == "running"


def test_it_is_passed_on_once_to_a_provider_that_a_record_names_by_a_caseworker(
    stage: Stage, measure: Measure
) -> None:
    with pytest.raises(BadOrder):
        pass_on(measure.id, PassOn("Nobody AI", "", "en"), user=stage.tara, now=NOW)
    with pytest.raises(Forbidden):
        pass_on(measure.id, BRUSH, user=stage.eno, now=NOW)
    pass_on(measure.id, BRUSH, user=stage.tara, now=NOW)
    with pytest.raises(Conflict):
        pass_on(measure.id, BRUSH, user=stage.tara, now=NOW)
    assert UpstreamRequest.objects.count() == 1


def test_when_the_measure_ends_the_provider_is_told_and_nothing_is_waited_for(
    stage: Stage, measure: Measure
) -> None:
    request = pass_on(measure.id, BRUSH, user=stage.tara, now=NOW)
    stage.release(measure)
    with pytest.raises(Conflict):
        pass_on(measure.id, PassOn("Brush AI", "", "en"), user=stage.tara, now=NOW)
    assert sweep(NOW + DAY).upstream == 0
    stage.lift(measure, NOW + DAY)
    assert sweep(NOW + DAY).upstream == 1
    assert sweep(NOW + DAY).upstream == 0
    request.refresh_from_db(fields=["ended_at"])
    assert request.ended_at == NOW + DAY
    assert clock(request).state == "stopped"
    told = Message.objects.filter(party="upstream").order_by("queued_at")
    assert [one.template for one in told] == ["upstream_request", "upstream_ended"]
    assert events() == ["upstream.passed_on", "upstream.ended"]


def test_the_database_guards_its_steps_and_its_paper(stage: Stage, measure: Measure) -> None:
    request = pass_on(measure.id, BRUSH, user=stage.tara, now=NOW)
    rows = UpstreamRequest.objects.filter(id=request.id)
    with pytest.raises(IntegrityError, match="by_a_paper"), transaction.atomic():
        rows.update(state="acknowledged", acknowledged_at=NOW)
    rows.update(state="ended", ended_at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(state="passed_on", ended_at=None)
