"""A date that people were told moves: both sides are told the new one, in their language, and why."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import transaction

from common.actors import filer, staff
from counternotices.models import CounterNotice
from counternotices.rules import SUE, WAIT, WINDOW
from counternotices.services import arrivals
from counternotices.services.complaints import file_complaint
from counternotices.services.courts import Matter, record_order
from deadlines.models import Deadline
from deadlines.services import Grant, extend, pause, recomputing, resume
from notices.models import Case, CaseRegime
from notices.rules import ANSWER, CLOSE_FILE, DECIDE
from notices.services.claims import claim
from notices.services.information import Question, request_information
from notifications.models import Message
from platforms.models import PlatformUser
from tests.counternotices.papers import paper, told
from tests.counternotices.stage import DECIDED, REVIEWED, Stage
from tests.deadlines.years import load, notice

pytestmark = pytest.mark.django_db
ARRIVED = datetime(2026, 12, 22, 2, tzinfo=UTC)  # 15 days end on 6 January 2027
LOADED = datetime(2026, 12, 23, 2, tzinfo=UTC)
LONG_NEW_YEAR = notice(rest=[("2027-01-01", "2027-01-07")])


def letters(case: Case) -> dict[str, Message]:
    """The letters about dates that moved, the last to each party."""
    found = Message.objects.filter(case_id=case.id, template="date_moved").order_by("queued_at")
    return {letter.party: letter for letter in found}


def waiting(stage: Stage) -> Case:
    """A counter-notice waits for a suit over New Year 2027, for which there are no data yet."""
    PlatformUser.objects.filter(id=stage.paul.id).update(language="zh-hans")
    stage.paul.refresh_from_db()
    case = stage.upheld()
    counter = stage.forwarded(case)
    stage.deliver(counter, ARRIVED)
    arrivals.sweep(ARRIVED)
    assert CounterNotice.objects.get(id=counter.id).state == "waiting"
    return case


def test_both_sides_are_told_that_their_waiting_period_moved_when_the_calendar_came(
    stage: Stage,
) -> None:
    case = waiting(stage)
    row = Deadline.objects.get(case_id=case.id, kind=WAIT)
    assert (row.last_day.isoformat(), row.provisional) == ("2027-01-06", True)

    load(LONG_NEW_YEAR, LOADED)
    recomputing.run(LOADED)
    recomputing.run(LOADED)

    told = letters(case)
    assert Message.objects.filter(case_id=case.id, template="date_moved").count() == 2
    nora, paul = told["filer"].text, told["respondent"].text
    assert "You may show that you complained or sued by" in nora
    assert "Until now: Wed 6 Jan 2027" in nora
    assert "From now on: Fri 8 Jan 2027" in nora
    assert "the days of rest of 2027 (version 2027.1) were loaded" in nora
    assert "2027年1月6日" in paul
    assert "2027年1月8日" in paul
    assert "载入2027年放假安排（版本2027.1）" in paul
    assert told["respondent"].language == "zh-Hans"


def test_an_extension_of_the_waiting_period_is_told_to_both(stage: Stage) -> None:
    case = waiting(stage)
    row = Deadline.objects.get(case_id=case.id, kind=WAIT)

    extend(WAIT, row.subject_id, Grant(5, "Notarisation"), actor=staff(stage.lea.id), now=LOADED)

    told = letters(case)
    assert set(told) == {"filer", "respondent"}
    assert "5 calendar days were granted on top" in told["filer"].text
    assert "Notarisation" not in told["respondent"].text


def test_the_filer_is_told_when_our_own_date_moved_because_we_waited_for_them(
    stage: Stage,
) -> None:
    case = stage.filed()
    claim(case.id, user=stage.tara, now=DECIDED)
    with transaction.atomic():
        pause(DECIDE, case.id, DECIDED, staff(stage.tara.id))
        resume(DECIDE, case.id, DECIDED + timedelta(days=5), staff(stage.tara.id))

    told = letters(case)
    assert set(told) == {"filer"}
    assert "We decide by" in told["filer"].text
    assert "The clock was stopped from" in told["filer"].text


def test_a_new_date_for_putting_the_file_away_is_told_to_whoever_is_affected(
    stage: Stage,
) -> None:
    case = stage.upheld()
    row = Deadline.objects.get(case_id=case.id, kind=CLOSE_FILE)
    year = row.last_day.year
    rest = [(row.last_day.isoformat(), row.last_day.isoformat())]

    load(notice(f"{year}.9", rest=rest, year=year), REVIEWED)
    recomputing.run(REVIEWED)

    assert set(letters(case)) == {"respondent"}
    assert "put the file away" in letters(case)["respondent"].text


def test_the_filers_own_time_to_answer_moves_with_the_calendar(stage: Stage) -> None:
    case = stage.filed()
    claim(case.id, user=stage.tara, now=DECIDED)
    request_information(case.id, Question(["work_title"], ""), user=stage.tara, now=DECIDED)
    row = Deadline.objects.get(case_id=case.id, kind=ANSWER)
    rest = [(row.last_day.isoformat(), row.last_day.isoformat())]

    load(notice("2026.9", rest=rest, year=2026), DECIDED)
    recomputing.run(DECIDED)

    assert "You answer by" in letters(case)["filer"].text


def rest_on_its_last_day(row: Deadline, now: datetime) -> None:
    """The calendar's next version makes the clock's last day a day of rest."""
    last = row.last_day
    days = [(last.isoformat(), last.isoformat())]
    load(notice(f"{last.year}.9", rest=days, year=last.year), now, calendar=row.clock["calendar"])
    recomputing.run(now)


def test_both_sides_are_told_that_the_time_to_sue_after_preservation_moved(stage: Stage) -> None:
    case = stage.upheld()
    regime = CaseRegime.objects.filter(case=case).order_by("pack_id")[0]
    named = Matter("keep", [m.id for m in stage.measures(case)], "Court", "1", before_suit=True)
    order = record_order(regime, named, paper(REVIEWED), user=stage.lea, now=REVIEWED)
    row = Deadline.objects.get(kind=SUE, subject_id=order.id)

    rest_on_its_last_day(row, REVIEWED)

    moved = Message.objects.filter(case_id=case.id, template="date_moved")
    both = moved.filter(text__contains="Whoever asked the court must show suit or arbitration by")
    assert sorted(both.values_list("party", flat=True)) == ["filer", "respondent"]


def test_who_may_complain_is_told_that_their_window_moved_and_nobody_else(
    stage: Stage, settings: LazySettings
) -> None:
    settings.REGIMES = ["eu-dsa-platform"]
    case = stage.upheld()
    told("statement_of_reasons", REVIEWED)
    row = Deadline.objects.get(kind=WINDOW)

    rest_on_its_last_day(row, REVIEWED)

    found = letters(case)
    assert set(found) == {"respondent"}
    assert "You may complain about the decision until" in found["respondent"].text


def test_the_filers_window_and_the_answer_to_their_complaint_move_for_the_filer_alone(
    stage: Stage, settings: LazySettings
) -> None:
    settings.REGIMES = ["eu-dsa-platform"]
    case = stage.declined()
    told("notice_declined", REVIEWED)
    regime = CaseRegime.objects.get(case=case)
    complaint = file_complaint(
        regime.id, "You overlooked it.", "en", actor=filer(case.id), now=REVIEWED
    )

    rest_on_its_last_day(Deadline.objects.get(kind=WINDOW), REVIEWED)
    assert "You may complain about the decision until" in letters(case)["filer"].text
    rest_on_its_last_day(
        Deadline.objects.get(subject_id=complaint.id), REVIEWED + timedelta(seconds=1)
    )

    assert set(letters(case)) == {"filer"}
    assert "We answer your complaint by" in letters(case)["filer"].text
