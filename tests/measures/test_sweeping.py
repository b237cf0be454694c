"""The sweep finds what a dead worker, a lost task or a term that ended left behind."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings

from common.actors import SETUP
from measures.models import Measure
from measures.selectors import alarms
from measures.services import sweep as sweeping
from measures.services.execute import begin
from measures.services.freezing import freeze
from measures.services.lifecycle import hold
from measures.services.orders import Order
from measures.services.sweep import sweep
from notices.services.lifecycle import Step, advance, advance_regime
from platforms.contract import PlatformError
from tests.measures.conftest import NOW, Stage

SECOND = timedelta(seconds=1)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What was given to the broker."""
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(sweeping, "enqueue", lambda *call: calls.append(call))
    return calls


def test_an_ordered_measure_whose_task_was_lost_is_sent_again(
    stage: Stage, sent: list[Any]
) -> None:
    measure = stage.removal(stage.case())
    assert sweep(NOW + 9 * SECOND).sent == 0
    assert sweep(NOW + 10 * SECOND).sent == 1
    assert sent == [("measures.execute", measure.id)]


def test_a_measure_whose_worker_died_is_sent_again_after_the_lease(
    stage: Stage, sent: list[Any]
) -> None:
    measure = stage.removal(stage.case())
    begin(measure.id, now=NOW)
    assert sweep(NOW + 29 * SECOND).sent == 0
    assert sweep(NOW + 30 * SECOND).sent == 1
    assert stage.execute(measure, NOW + 31 * SECOND).state == "in_force"


def test_a_measure_that_waits_after_an_outage_is_sent_when_its_time_has_come(
    stage: Stage, sent: list[Any]
) -> None:
    stage.client.errors = [PlatformError("outage", permanent=False)]
    stage.execute(stage.removal(stage.case()))
    assert sweep(NOW + SECOND).sent == 0
    assert sweep(NOW + 2 * SECOND).sent == 1


def test_a_lifting_that_was_lost_is_sent_again(stage: Stage, sent: list[Any]) -> None:
    measure = stage.execute(stage.removal(stage.case()))
    stage.release(measure)
    assert sweep(NOW).sent == 1
    assert sent == [("measures.lift", measure.id)]


def test_the_next_rounds_do_not_send_the_same_again_at_once(stage: Stage, sent: list[Any]) -> None:
    stage.removal(stage.case())
    assert [sweep(NOW + seconds * SECOND).sent for seconds in (10, 11, 39, 40)] == [1, 0, 0, 1]


def test_finished_and_unapproved_measures_are_left_alone(stage: Stage, sent: list[Any]) -> None:
    stage.execute(stage.removal(stage.case()))
    stage.impose(stage.case(), Order("model_takedown", artefact=stage.artefact("model")))
    sweep(NOW + timedelta(days=1))
    assert sent == []


def test_a_sanction_ends_with_its_term_and_stays_on_record(stage: Stage, sent: list[Any]) -> None:
    until = NOW + timedelta(days=7)
    measure = stage.sanction(stage.case(), "restrict", until)
    stage.execute(measure)
    assert sweep(until - SECOND).expired == 0
    assert sweep(until).expired == 1
    assert measure.grounds.get().ended_reason == "expired"
    assert stage.lift(measure, until).state == "lifted"


def test_a_court_that_was_faster_than_the_end_of_the_term_is_obeyed(
    stage: Stage, sent: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, until = stage.case(), NOW + timedelta(days=7)
    measure = stage.sanction(case, "restrict", until)
    stage.execute(measure)

    def hold_once_it_is_frozen(measure_id: UUID) -> Measure:
        freeze(case.id, [measure_id], uuid4(), Step(SETUP, until))
        return hold(measure_id)

    monkeypatch.setattr(sweeping, "hold", hold_once_it_is_frozen)
    assert sweep(until).expired == 0
    assert measure.grounds.get().ended_at is None


def test_a_proposal_goes_with_its_withdrawn_case(stage: Stage, sent: list[Any]) -> None:
    case = stage.case()
    [measure] = stage.impose(case, Order("model_takedown", artefact=stage.artefact("model")))
    advance(case.id, "withdraw", Step(SETUP, NOW))
    advance_regime(case.regimes.get().id, "close", Step(SETUP, NOW))
    assert sweep(NOW).followed == 1
    assert Measure.objects.get(id=measure.id).state == "cancelled"


def test_a_restored_regime_whose_task_was_lost_is_followed(stage: Stage, sent: list[Any]) -> None:
    case = stage.case()
    measure = stage.execute(stage.removal(case))
    advance(case.id, "withdraw", Step(SETUP, NOW))
    advance_regime(case.regimes.get().id, "restore", Step(SETUP, NOW))
    assert sweep(NOW).followed == 1
    assert sweep(NOW).followed == 0
    assert Measure.objects.get(id=measure.id).state == "lifting"


def test_what_the_platform_has_not_confirmed_for_a_quarter_of_an_hour_is_an_alarm(
    stage: Stage, sent: list[Any]
) -> None:
    measure = stage.removal(stage.case())
    assert sweep(NOW + timedelta(minutes=15) - SECOND).overdue == 0
    assert sweep(NOW + timedelta(minutes=15)).overdue == 1
    assert list(alarms()) == [measure]
    assert sweep(NOW + timedelta(minutes=20)).overdue == 0
    assert stage.execute(measure, NOW + timedelta(minutes=20)).alarmed_at is None


def test_a_lifting_is_waited_for_from_its_order_on(stage: Stage, sent: list[Any]) -> None:
    measure = stage.execute(stage.removal(stage.case()))
    day = NOW + timedelta(days=1)
    stage.release(measure, at=day)
    assert sweep(day + timedelta(minutes=14)).overdue == 0
    assert sweep(day + timedelta(minutes=15)).overdue == 1


def test_how_long_is_the_operator_s_choice(
    stage: Stage, sent: list[Any], settings: LazySettings
) -> None:
    settings.MEASURE_CONFIRM_MINUTES = 2
    stage.removal(stage.case())
    assert sweep(NOW + timedelta(minutes=2)).overdue == 1
