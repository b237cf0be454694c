"""A platform that is out: few are asked, somebody is told soon, and when it answers all the others go at once."""

from datetime import timedelta
from typing import Any

import pytest

from measures.models import Measure, Outage
from measures.selectors import alarms
from measures.services import outage
from measures.services import sweep as sweeping
from measures.services.attempts import wait
from measures.services.drain import PROBES, drain
from measures.services.sweep import FEW, sweep
from platforms.contract import PlatformError
from tests.measures.conftest import NOW, Stage
from tests.measures.test_draining import OUTAGE, fail_for, states

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
WAITING = 12


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the sweep gave to the broker."""
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(sweeping, "enqueue", lambda *call: calls.append(call))
    return calls


@pytest.fixture
def rows(stage: Stage) -> list[Measure]:
    return [stage.removal(stage.case()) for _ in range(WAITING)]


def crank(stage: Stage, until: timedelta, since: timedelta = timedelta(0)) -> None:
    """The beat: a sweep and a turn every ten seconds."""
    at = NOW + since
    while at <= NOW + until:
        sweep(at)
        drain(stage.platform.id, stage.client, lambda moment=at: moment)
        at += 10 * SECOND


def attempts(stage: Stage) -> int:
    return len(stage.client.calls)


def test_more_than_a_few_are_left_to_one_drain(stage: Stage, sent: list[Any]) -> None:
    for _ in range(FEW + 1):
        stage.removal(stage.case())
    assert sweep(NOW + 10 * SECOND).sent == FEW + 1
    assert sent == [("measures.drain", stage.platform.id)]


def test_while_the_platform_is_out_a_few_at_a_time_ask(
    stage: Stage, rows: list[Measure], sent: list[Any]
) -> None:
    stage.client.errors = [OUTAGE] * 1000
    drain(stage.platform.id, stage.client, lambda: NOW + 10 * SECOND)
    first = attempts(stage)
    assert outage.of(stage.platform.id) is not None
    drain(stage.platform.id, stage.client, lambda: NOW + 18 * SECOND)
    assert attempts(stage) == first
    drain(stage.platform.id, stage.client, lambda: NOW + 20 * SECOND)
    assert attempts(stage) == first + PROBES


def test_an_order_does_not_try_a_platform_that_is_out(stage: Stage, rows: list[Measure]) -> None:
    stage.client.errors = [OUTAGE] * 1000
    drain(stage.platform.id, stage.client, lambda: NOW + 10 * SECOND)
    before = attempts(stage)
    assert stage.execute(stage.removal(stage.case()), NOW + 11 * SECOND).state == "ordered"
    assert attempts(stage) == before


def test_a_wish_for_a_pause_is_respected_by_all(stage: Stage, rows: list[Measure]) -> None:
    stage.client.errors = [PlatformError("busy", permanent=False, retry_after=600)] * 1000
    drain(stage.platform.id, stage.client, lambda: NOW + 10 * SECOND)
    before = attempts(stage)
    drain(stage.platform.id, stage.client, lambda: NOW + 600 * SECOND)
    assert attempts(stage) == before
    drain(stage.platform.id, stage.client, lambda: NOW + 610 * SECOND)
    assert attempts(stage) == before + PROBES


def test_somebody_is_told_within_two_minutes_and_once(
    stage: Stage, rows: list[Measure], sent: list[Any]
) -> None:
    stage.client.errors = [OUTAGE] * 1000
    crank(stage, 50 * SECOND)
    assert not alarms().exists()
    crank(stage, 90 * SECOND, since=MINUTE)
    assert Outage.objects.get().alarmed_at <= NOW + 2 * MINUTE
    [told] = alarms()
    assert told.last_error == OUTAGE.message


def test_one_answer_sends_all_the_others_without_their_pauses(
    stage: Stage, rows: list[Measure], sent: list[Any]
) -> None:
    stage.client.errors = [OUTAGE] * 1000
    crank(stage, 10 * MINUTE)
    stage.client.errors = []
    crank(stage, 13 * MINUTE, since=10 * MINUTE)
    assert states(rows) == ["in_force"] * WAITING
    assert Measure.objects.values("in_force_at").distinct().count() == 1
    assert not Outage.objects.exists()


def test_what_fails_by_itself_is_no_outage(stage: Stage) -> None:
    alone = stage.removal(stage.case())
    stage.client.errors = [OUTAGE] * 10
    for number in range(10):
        stage.execute(alone, NOW + number * HOUR)
    assert outage.of(stage.platform.id) is None
    stage.client.errors = []
    assert stage.execute(stage.removal(stage.case()), NOW + 10 * HOUR).state == "in_force"


def test_an_answer_to_another_keeps_the_pause_of_what_fails_by_itself(
    stage: Stage, rows: list[Measure]
) -> None:
    fail_for(stage, {str(rows[0].id): OUTAGE})
    drain(stage.platform.id, stage.client, lambda: NOW + 10 * SECOND)
    left = Measure.objects.get(id=rows[0].id)
    assert (left.attempts, left.try_after) == (1, NOW + 12 * SECOND)
    assert states(rows[1:]) == ["in_force"] * (WAITING - 1)


def test_six_hours_cost_a_measure_alone_at_most_thirty_attempts() -> None:
    passed, number = timedelta(0), 0
    while passed <= timedelta(hours=6):
        number += 1
        passed += wait(number)
    assert number <= 30
