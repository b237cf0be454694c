from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from common.actors import WORKER
from deadlines.errors import PeriodOver
from deadlines.models import Deadline
from deadlines.services import Subject, meet, stop, stop_all
from deadlines.states import State
from evidence.models import LedgerEntry
from tests.deadlines.conftest import ARRIVED, DUTY, END, PERIOD, Handlers, fresh_subject
from tests.deadlines.steps import events, start_duty, start_period, stored

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST_MINUTE = (END - timedelta(minutes=1)).astimezone(SHANGHAI)
MIDNIGHT = END.astimezone(SHANGHAI)


def test_proof_of_suit_at_23_59_of_the_last_day_in_the_laws_zone_is_in_time(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)
    assert (LAST_MINUTE.hour, LAST_MINUTE.minute) == (23, 59)

    meet(PERIOD, subject.subject_id, LAST_MINUTE, WORKER)

    assert stored(row).state == State.MET
    assert stored(row).closed_at == LAST_MINUTE
    assert events(row) == ["deadline.started", "deadline.met"]


def test_proof_of_suit_at_00_00_is_too_late_and_changes_nothing(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)
    assert (MIDNIGHT.day, MIDNIGHT.hour) == (23, 0)

    with pytest.raises(PeriodOver) as refusal:
        meet(PERIOD, subject.subject_id, MIDNIGHT, WORKER)

    assert "2026-10-22" in refusal.value.message
    assert stored(row).state == State.RUNNING
    assert events(row) == ["deadline.started"]


def test_what_came_in_time_counts_though_it_is_recorded_after_the_end(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)

    meet(PERIOD, subject.subject_id, LAST_MINUTE, WORKER, now=END + timedelta(hours=1))

    assert stored(row).state == State.MET
    entry = LedgerEntry.objects.get(chain_id=row.case_id, event="deadline.met")
    assert entry.at == END + timedelta(hours=1)
    assert entry.facts["effective_at"] == LAST_MINUTE.isoformat()


def test_a_duty_done_a_minute_late_leaves_its_breach_on_record(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_duty(subject)

    meet(DUTY, subject.subject_id, row.due_at + timedelta(minutes=1), WORKER)

    assert stored(row).state == State.MET_LATE
    assert events(row) == ["deadline.started", "deadline.breached", "deadline.met_late"]
    breach = LedgerEntry.objects.get(chain_id=row.case_id, event="deadline.breached")
    assert breach.facts["effective_at"] == row.due_at.isoformat()
    assert [due.deadline_id for due in handlers.breach.heard] == [row.pk]


def test_a_broken_breach_handler_does_not_hold_up_who_does_the_duty(
    handlers: Handlers, subject: Subject
) -> None:
    handlers.breach.error = RuntimeError("Paul's home address")
    row = start_duty(subject)

    meet(DUTY, subject.subject_id, row.due_at, WORKER)

    assert stored(row).state == State.MET_LATE
    assert "deadline.stuck" in events(row)
    assert "Paul" not in stored(row).last_error


def test_meeting_nothing_says_so(handlers: Handlers, subject: Subject) -> None:
    assert meet(PERIOD, subject.subject_id, ARRIVED, WORKER) == []


def test_a_stopped_clock_names_the_reason_as_a_code(handlers: Handlers, subject: Subject) -> None:
    row = start_period(subject)

    stop(PERIOD, subject.subject_id, ARRIVED, WORKER, reason="withdrawn")

    assert stored(row).state == State.STOPPED
    entry = LedgerEntry.objects.get(chain_id=row.case_id, event="deadline.stopped")
    assert entry.facts["reason"] == "withdrawn"


def test_a_regime_that_closes_stops_its_own_clocks_only(
    handlers: Handlers, subject: Subject
) -> None:
    ours, theirs = start_period(subject), start_period(fresh_subject(subject.case_id))

    stop_all(
        subject.case_id,
        ARRIVED,
        WORKER,
        reason="closed",
        case_regime_id=subject.case_regime_id,
    )

    assert stored(ours).state == State.STOPPED
    assert stored(theirs).state == State.RUNNING


def test_a_new_clock_of_the_kind_may_start_once_the_old_one_has_ended(
    handlers: Handlers, subject: Subject
) -> None:
    start_period(subject)
    meet(PERIOD, subject.subject_id, LAST_MINUTE, WORKER)

    assert start_period(subject).state == State.RUNNING


@pytest.mark.parametrize(
    ("before", "after"), [("met", "running"), ("met", "fired"), ("running", "met_late")]
)
def test_the_application_itself_cannot_make_the_database_take_a_wrong_step(
    handlers: Handlers, subject: Subject, before: str, after: str
) -> None:
    row = start_period(subject)
    if before == "met":
        meet(PERIOD, subject.subject_id, LAST_MINUTE, WORKER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("redress_app",)

    with pytest.raises(DatabaseError, match="may not go from"), transaction.atomic():
        Deadline.objects.filter(pk=row.pk).update(state=after, closed_at=END)


def test_the_database_refuses_an_end_without_its_moment(
    handlers: Handlers, subject: Subject
) -> None:
    row = start_period(subject)

    with pytest.raises(DatabaseError, match="deadlines_closed_at"), transaction.atomic():
        Deadline.objects.filter(pk=row.pk).update(state="met")
