from datetime import UTC, datetime, timedelta

import pytest

from common.actors import WORKER
from deadlines import selectors
from deadlines.errors import NoSuchDeadline, NotPossibleNow, PeriodOver
from deadlines.services import Subject, meet, pause, resume, stop, sweep
from deadlines.states import State
from tests.deadlines.conftest import DUTY, END, FIFTEEN_DAYS, PERIOD, Handlers
from tests.deadlines.steps import events, start_duty, start_period, stored

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 10, 12, 3, tzinfo=UTC)
THURSDAY = datetime(2026, 10, 15, 3, tzinfo=UTC)


def test_three_working_days_of_pause_move_the_end_by_three_working_days(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)

    pause(PERIOD, subject.subject_id, MONDAY, WORKER)
    resume(PERIOD, subject.subject_id, THURSDAY, WORKER)

    # Thursday 22 October and three working days: Friday, Monday, Tuesday.
    assert stored(row).last_day.isoformat() == "2026-10-27"
    assert stored(row).due_at == datetime(2026, 10, 27, 16, tzinfo=UTC)
    assert stored(row).state == State.RUNNING
    assert events(row) == ["deadline.started", "deadline.paused", "deadline.resumed"]
    assert [before for _, before in handlers.moved] == [END]


def test_a_pause_over_a_weekend_alone_moves_nothing(handlers: Handlers, subject: Subject) -> None:
    row = start_period(subject)
    saturday = datetime(2026, 10, 17, 3, tzinfo=UTC)

    pause(PERIOD, subject.subject_id, saturday, WORKER)
    resume(PERIOD, subject.subject_id, saturday + timedelta(days=1), WORKER)

    assert stored(row).due_at == END
    assert handlers.moved == []


def test_two_pauses_add_up_and_are_explained(handlers: Handlers, subject: Subject) -> None:
    row = start_period(subject)
    for day in (0, 2):
        pause(PERIOD, subject.subject_id, MONDAY + timedelta(days=day), WORKER)
        resume(PERIOD, subject.subject_id, MONDAY + timedelta(days=day + 1), WORKER)

    assert stored(row).last_day.isoformat() == "2026-10-26"
    explained = [line for line in selectors.explain(stored(row)) if "stopped" in line]
    assert len(explained) == 2


def test_a_pause_on_the_last_day_leaves_the_rest_of_it(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)
    last_morning = END - timedelta(hours=14)

    pause(PERIOD, subject.subject_id, last_morning, WORKER)
    resume(PERIOD, subject.subject_id, last_morning + timedelta(days=1), WORKER)

    assert stored(row).last_day.isoformat() == "2026-10-23"


def test_a_pause_on_a_day_of_rest_behind_the_last_day_leaves_a_rest(
    handlers: Handlers, subject: Subject
) -> None:
    # 15 days from 16 September end on 1 October and roll over the holiday to the 8th (law.md 1.8).
    row = start_period(subject, datetime(2026, 9, 16, 2, tzinfo=UTC), FIFTEEN_DAYS)
    assert row.last_day.isoformat() == "2026-10-08"
    at = datetime(2026, 10, 4, 2, tzinfo=UTC)

    pause(PERIOD, subject.subject_id, at, WORKER)
    resume(PERIOD, subject.subject_id, at + timedelta(days=10), WORKER)

    assert stored(row).due_at > at + timedelta(days=10)


def test_hours_are_moved_by_the_hours_of_the_pause(handlers: Handlers, subject: Subject) -> None:
    row = start_duty(subject)
    at = row.triggered_at + timedelta(hours=1)

    pause(DUTY, subject.subject_id, at, WORKER)
    resume(DUTY, subject.subject_id, at + timedelta(hours=5), WORKER)

    assert stored(row).due_at == row.due_at + timedelta(hours=5)


def test_a_paused_clock_does_not_run_out(handlers: Handlers, subject: Subject) -> None:
    row = start_period(subject)
    pause(PERIOD, subject.subject_id, MONDAY, WORKER)

    assert sweep.run(END + timedelta(days=30)) == sweep.SweepResult()
    assert stored(row).state == State.PAUSED


def test_what_is_owed_can_be_done_while_the_clock_is_paused(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)
    pause(PERIOD, subject.subject_id, MONDAY, WORKER)

    meet(PERIOD, subject.subject_id, END + timedelta(days=3), WORKER)

    assert stored(row).state == State.MET


def test_a_paused_clock_can_be_stopped(handlers: Handlers, subject: Subject) -> None:
    row = start_period(subject)
    pause(PERIOD, subject.subject_id, MONDAY, WORKER)

    stop(PERIOD, subject.subject_id, THURSDAY, WORKER, reason="withdrawn")

    assert stored(row).state == State.STOPPED


def test_only_a_running_clock_can_be_paused_and_only_a_paused_one_resumed(
    handlers: Handlers, subject: Subject
) -> None:
    with pytest.raises(NoSuchDeadline):
        pause(PERIOD, subject.subject_id, MONDAY, WORKER)
    start_period(subject)
    with pytest.raises(NotPossibleNow):
        resume(PERIOD, subject.subject_id, MONDAY, WORKER)
    with pytest.raises(PeriodOver):
        pause(PERIOD, subject.subject_id, END, WORKER)
    pause(PERIOD, subject.subject_id, MONDAY, WORKER)
    with pytest.raises(NotPossibleNow):
        pause(PERIOD, subject.subject_id, MONDAY, WORKER)
