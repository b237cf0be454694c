"""Many clocks in a few statements, with the promises of one at a time."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from common.actors import WORKER
from deadlines import registry
from deadlines.models import Deadline
from deadlines.registry import Due, Kind
from deadlines.services import Subject, batches, stop_all, sweep
from deadlines.services.sweep import SweepResult
from deadlines.states import State
from evidence.audit import broken_chains
from evidence.models import LedgerEntry
from tests.deadlines.conftest import ARRIVED, DUTY, PERIOD, Handlers, fresh_subject
from tests.deadlines.steps import events, start_duty, start_period, stored
from tests.deadlines.test_races import somebody_works_on

pytestmark = pytest.mark.django_db

LATE = ARRIVED + timedelta(hours=25)


@pytest.fixture(autouse=True)
def quiet_duty(handlers: Handlers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told of these duties, as of most in the house."""
    monkeypatch.setitem(registry.KINDS, DUTY, Kind(DUTY))


def duties(size: int) -> list[Deadline]:
    return [start_duty(fresh_subject()) for _ in range(size)]


def test_many_duties_are_breached_in_as_many_statements_as_few() -> None:
    asked = []
    for size in (3, 30):
        duties(size)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert sweep.run(LATE) == SweepResult(breached=size)
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 12


def test_a_breach_recorded_with_many_reads_like_one_recorded_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = duties(2)
    assert batches.attend_all([], LATE) == []
    sweep.run(LATE)
    monkeypatch.setattr(batches, "_is_quiet", lambda _row, _now: False)
    alone = start_duty(fresh_subject())
    sweep.run(LATE)

    written = {e.chain_id: e for e in LedgerEntry.objects.filter(event="deadline.breached")}
    with_many, by_itself = written[first.case_id], written[alone.case_id]
    assert with_many.facts.keys() == by_itself.facts.keys()
    assert (
        (with_many.actor, with_many.at) == (by_itself.actor, by_itself.at) == ("system:sweep", LATE)
    )
    assert with_many.facts["effective_at"] == first.due_at.isoformat()
    assert with_many.facts["deadline"] == str(first.pk)
    assert [stored(row).state for row in (first, second, alone)] == [State.BREACHED] * 3
    assert list(broken_chains()) == []


def test_duties_of_one_case_are_breached_in_their_order(subject: Subject) -> None:
    early = start_duty(subject)
    late = start_duty(fresh_subject(subject.case_id), ARRIVED + timedelta(minutes=5))

    assert sweep.run(LATE).breached == 2

    told = LedgerEntry.objects.filter(event="deadline.breached").order_by("sequence")
    assert [e.facts["deadline"] for e in told] == [str(early.pk), str(late.pk)]


def test_a_consequence_that_comes_first_still_stops_the_cases_other_clocks(
    subject: Subject,
) -> None:
    period, other = start_period(subject), start_duty(fresh_subject())
    late = period.due_at + timedelta(days=1)
    duty = start_duty(subject, period.due_at)

    def fire(due: Due) -> None:
        stop_all(due.case_id, due.now, WORKER, reason="over")

    registry.KINDS[PERIOD] = Kind(PERIOD, fire)
    assert sweep.run(late) == SweepResult(fired=1, breached=1, gone=1)

    assert stored(duty).state == State.STOPPED
    assert "deadline.breached" not in events(duty)
    assert stored(other).state == State.BREACHED


def test_one_row_that_spoils_a_batch_fails_alone() -> None:
    rows = duties(5)
    poisoned = rows[2].pk

    def tell(due: Due) -> None:
        if due.deadline_id == poisoned:
            raise RuntimeError("Paul lives in Harbour Street")

    def tell_many(dues: Sequence[Due]) -> None:
        for due in dues:
            tell(due)

    registry.KINDS[DUTY] = Kind(DUTY, breach=tell, breach_many=tell_many)
    assert sweep.run(LATE) == SweepResult(breached=4, failed=1)

    assert stored(rows[2]).attempts == 1
    assert stored(rows[2]).last_error.startswith("RuntimeError at ")
    assert [stored(row).attempts for row in rows if row.pk != poisoned] == [0] * 4
    assert LedgerEntry.objects.filter(event="deadline.breached").count() == 4
    assert sweep.run(LATE) == SweepResult()


@pytest.mark.django_db(transaction=True)
def test_a_passing_trouble_with_the_batch_costs_no_row_an_attempt() -> None:
    rows = duties(4)

    def tell_many(_dues: Sequence[Due]) -> None:
        raise OperationalError("canceling statement due to lock timeout")

    registry.KINDS[DUTY] = Kind(DUTY, breach=lambda _due: None, breach_many=tell_many)
    assert sweep.run(LATE) == SweepResult(breached=4)
    assert [stored(row).attempts for row in rows] == [0] * 4


def test_who_is_told_of_many_at_once_hears_each_once() -> None:
    rows, heard = duties(7), []
    registry.KINDS[DUTY] = Kind(DUTY, breach=heard.append, breach_many=heard.extend)

    assert sweep.run(LATE).breached == 7
    assert sorted(due.deadline_id for due in heard) == sorted(row.pk for row in rows)
    assert {due.due_at for due in heard} == {rows[0].due_at}


def test_a_kind_told_of_many_must_know_one_by_itself() -> None:
    with pytest.raises(ValueError, match="of one by itself"):
        Kind(DUTY, breach_many=lambda _dues: None)
    with pytest.raises(ValueError, match="of one by itself"):
        Kind(DUTY, warn_many=lambda _dues: None)


def test_a_warning_nobody_hears_only_moves_on_to_the_next() -> None:
    rows = duties(3)
    registry.KINDS[PERIOD] = Kind(PERIOD, lambda _due: None)
    period = start_period(fresh_subject())
    first = period.warn_at
    assert first is not None

    assert sweep.run(first).warned == 1
    assert stored(period).warned_at == first
    assert stored(period).warn_at == stored(period).warn_at != first
    assert {stored(row).state for row in rows} == {State.BREACHED}
    assert sweep.run(first) == SweepResult()


@pytest.mark.django_db(transaction=True)
def test_a_busy_case_is_passed_by_in_the_middle_of_a_batch() -> None:
    busy = fresh_subject()
    rows = [start_duty(s) for s in (fresh_subject(), busy, fresh_subject())]

    with somebody_works_on(busy):
        assert sweep.run(LATE) == SweepResult(breached=2, busy=1)
    assert stored(rows[1]).state == State.RUNNING
    assert sweep.run(LATE) == SweepResult(breached=1)
