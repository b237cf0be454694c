from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from common.actors import WORKER
from deadlines import registry, selectors
from deadlines.models import Deadline
from deadlines.registry import Due, Kind, Outcome
from deadlines.services import Subject, stop_all, sweep
from deadlines.services.sweep import SweepResult
from deadlines.states import State
from evidence.models import LedgerEntry
from tests.deadlines.conftest import ARRIVED, END, PERIOD, Handlers, fresh_subject
from tests.deadlines.steps import events, start_duty, start_period, stored

pytestmark = pytest.mark.django_db

LATE = END + timedelta(hours=7)


def test_a_clock_that_ran_out_fires_once_and_its_effect_dates_from_its_end(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)

    assert sweep.run(LATE) == SweepResult(fired=1)
    assert sweep.run(LATE) == SweepResult()

    assert stored(row).state == State.FIRED
    assert stored(row).closed_at == END
    assert [(due.due_at, due.now) for due in handlers.fire.heard] == [(END, LATE)]
    entry = LedgerEntry.objects.get(chain_id=row.case_id, event="deadline.fired")
    assert (entry.at, entry.facts["effective_at"]) == (LATE, END.isoformat())


def test_nothing_fires_a_microsecond_early(handlers: Handlers, subject: Subject) -> None:
    start_period(subject)

    sweep.run(END - timedelta(microseconds=1))
    assert handlers.fire.heard == []
    assert sweep.run(END).fired == 1


def test_an_idle_sweep_asks_one_query(
    handlers: Handlers, subject: Subject, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    start_period(subject)

    with django_assert_num_queries(1):
        assert sweep.run(ARRIVED) == SweepResult()


def test_a_duty_that_ran_out_is_breached_and_stays_owed(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_duty(subject)

    assert sweep.run(row.due_at).breached == 1
    assert sweep.run(row.due_at + timedelta(days=1)) == SweepResult()

    assert stored(row).state == State.BREACHED
    assert list(selectors.running_for_case(subject.case_id)) == [row]
    assert len(handlers.breach.heard) == 1


def test_a_handler_that_finds_nothing_due_stops_the_clock_and_leaves_no_trace(
    handlers: Handlers, subject: Subject
) -> None:
    row, other = start_period(subject), start_duty(subject, LATE)

    def fire(due: Due) -> Outcome:
        stop_all(due.case_id, due.now, WORKER, reason="by mistake")
        return Outcome.NOT_DUE

    registry.KINDS[PERIOD] = Kind(PERIOD, fire)
    assert sweep.run(LATE).not_due == 1

    assert stored(row).state == State.STOPPED
    assert stored(other).state == State.RUNNING
    assert events(row).count("deadline.stopped") == 1
    assert "deadline.fired" not in events(row)


def test_a_handler_may_close_the_cases_other_clocks_and_start_its_own_anew(
    handlers: Handlers, subject: Subject
) -> None:
    row, other = start_period(subject), start_duty(subject, LATE)

    def fire(due: Due) -> None:
        stop_all(due.case_id, due.now, WORKER, reason="over")
        start_period(subject, due.now)

    registry.KINDS[PERIOD] = Kind(PERIOD, fire)
    assert sweep.run(LATE).fired == 1

    assert stored(row).state == State.FIRED
    assert stored(other).state == State.STOPPED
    assert selectors.open_deadlines(PERIOD, subject.subject_id).count() == 1


def test_a_poison_row_blocks_nobody(handlers: Handlers, subject: Subject) -> None:
    poisoned, healthy = start_period(subject), fresh_subject()
    start_period(healthy)

    def fire(due: Due) -> None:
        if due.subject_id == subject.subject_id:
            raise RuntimeError("Paul lives in Harbour Street")

    registry.KINDS[PERIOD] = Kind(PERIOD, fire)
    assert sweep.run(LATE) == SweepResult(fired=1, failed=1)

    row = stored(poisoned)
    assert (row.state, row.attempts) == (State.RUNNING, 1)
    assert row.try_after == LATE + timedelta(seconds=30)
    assert row.last_error.startswith("RuntimeError at deadlines/test_sweeping.py:")
    assert "Harbour" not in row.last_error
    assert sweep.run(LATE + timedelta(seconds=29)) == SweepResult()


def test_the_fifth_failure_rings_the_alarm_once_and_a_mended_handler_still_fires(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)
    handlers.fire.error = RuntimeError()
    moment = LATE
    for _ in range(7):
        sweep.run(moment)
        moment = stored(row).try_after or moment

    assert events(row).count("deadline.stuck") == 1
    assert stored(row).alarmed_at is not None
    assert list(selectors.stuck()) == [row]

    handlers.fire.error = None
    assert sweep.run(moment).fired == 1
    assert list(selectors.stuck()) == []


def test_an_error_that_would_only_show_at_commit_belongs_to_its_row(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)

    def fire(due: Due) -> None:
        with transaction.get_connection().cursor() as cursor:
            cursor.execute(
                "INSERT INTO notifications_attachment (message_id, file_id, position)"
                " VALUES (gen_random_uuid(), gen_random_uuid(), 1)"
            )

    registry.KINDS[PERIOD] = Kind(PERIOD, fire)
    assert sweep.run(LATE).failed == 1
    assert stored(row).last_error.startswith("IntegrityError")


def test_a_kind_whose_room_has_gone_is_an_error_of_its_row(
    handlers: Handlers, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = start_period(subject)
    monkeypatch.delitem(registry.KINDS, PERIOD)

    assert sweep.run(LATE).failed == 1
    assert stored(row).last_error.startswith("UnknownKind")


def test_more_rows_than_a_batch_holds_are_all_attended_to(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "BATCH", 3)
    for _ in range(7):
        start_period(fresh_subject())

    assert sweep.run(LATE).fired == 7
    assert Deadline.objects.filter(state=State.FIRED).count() == 7
