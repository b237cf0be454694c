"""Review by another person than the decider; asking; rejecting; taking back; becoming moot."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import InternalError

from common.actors import filer, respondent
from common.errors import Conflict, Forbidden, RedressError
from counternotices.errors import DecidedByYou, NotAsked
from counternotices.models import CounterNotice
from counternotices.selectors import awaiting_review
from counternotices.services import arrivals, review
from counternotices.services.review import Completion
from deadlines.models import Deadline
from deadlines.services import sweep
from evidence.machines import declared
from evidence.models import LedgerEntry
from measures.services.follow import follow
from notices.models import Case, CaseRegime
from notices.services.decisions import withdraw as withdraw_notice
from notices.services.lifecycle import Step
from notifications.models import Message
from tests.counternotices.stage import CONTESTED, REASONS, REVIEWED, Stage


def fresh(counter: CounterNotice) -> CounterNotice:
    return CounterNotice.objects.get(id=counter.id)


def regime(case: Case) -> str:
    return str(CaseRegime.objects.get(case=case).state)


def test_whoever_decided_the_notice_is_refused_by_the_service(stage: Stage) -> None:
    counter = stage.contest(stage.upheld())

    for step in (
        lambda: review.accept(counter.id, user=stage.tara, now=REVIEWED),
        lambda: review.reject(counter.id, REASONS, user=stage.tara, now=REVIEWED),
        lambda: review.ask(counter.id, ["user_address"], user=stage.tara, now=REVIEWED),
    ):
        with pytest.raises(DecidedByYou):
            step()
    assert fresh(counter).state == "filed"
    assert list(awaiting_review(stage.tara)) == []
    assert list(awaiting_review(stage.dan)) == [counter]


def test_whoever_decided_the_notice_is_refused_by_the_database(stage: Stage) -> None:
    counter = stage.contest(stage.upheld())

    with pytest.raises(IntegrityError, match="reviewed_by_another"), transaction.atomic():
        CounterNotice.objects.filter(id=counter.id).update(reviewed_by=stage.tara)


def test_an_engineer_or_stranger_reviews_nothing(stage: Stage) -> None:
    counter = stage.contest(stage.upheld())

    for person in (stage.eno, stage.eve):
        with pytest.raises(Forbidden):
            review.accept(counter.id, user=person, now=REVIEWED)


def test_the_database_refuses_a_step_that_is_not_in_the_table(stage: Stage) -> None:
    counter = stage.contest(stage.upheld())

    with pytest.raises((InternalError, ProgrammingError, IntegrityError)), transaction.atomic():
        CounterNotice.objects.filter(id=counter.id).update(state="held")


def test_the_table_holds_the_declared_steps_and_no_others(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT machine, source, target FROM evidence_transition WHERE machine = 'counter_notice'"
        )
        assert set(cursor.fetchall()) == declared(CounterNotice)


def test_filing_contests_the_regime_and_confirms_receipt(stage: Stage) -> None:
    case = stage.upheld()
    counter = stage.contest(case)

    assert regime(case) == "contested"
    assert counter.reference.startswith("C-2026-")
    letter = Message.objects.get(template="counter_notice_received")
    assert counter.reference in letter.subject
    assert Deadline.objects.get(kind="counternotices.review").state == "running"


def test_a_second_one_is_refused_while_the_first_is_open(stage: Stage) -> None:
    case = stage.upheld()
    counter = stage.contest(case)

    with pytest.raises(IndexError):
        stage.contest(case)
    assert list(CounterNotice.objects.values_list("id", flat=True)) == [counter.id]


def test_accepting_forwards_the_content_with_the_right_to_sue_and_without_identity(
    stage: Stage,
) -> None:
    counter = stage.forwarded(stage.upheld())

    assert counter.state == "forwarded"
    assert counter.forwarded_at == REVIEWED
    assert counter.forwarding is not None
    text = counter.forwarding.text
    assert "licence.pdf" in text
    assert "card.pdf" not in text
    assert "Paul Okafor" in text
    assert "sue" in text or "lawsuit" in text
    assert "15 calendar days" in text
    events = LedgerEntry.objects.filter(event__startswith="counter_notice").values_list(
        "event", flat=True
    )
    assert {"counter_notice.accepted", "counter_notice.forwarded"} <= set(events)
    assert Deadline.objects.get(kind="counternotices.review").state == "met"


def test_asking_pauses_review_and_exactly_the_answer_resumes_it(stage: Stage) -> None:
    counter = stage.contest(stage.upheld())
    moment = CONTESTED + timedelta(hours=2)
    review.ask(counter.id, ["user_address"], user=stage.dan, now=moment)
    assert fresh(counter).asked_elements == ["user_address"]
    assert Deadline.objects.get(kind="counternotices.review").state == "paused"
    paul = respondent(stage.paul.id)

    with pytest.raises(NotAsked):
        review.complete(counter.id, Completion({"user_name": "X"}, {}), actor=paul, now=moment)
    done = review.complete(
        counter.id, Completion({"user_address": "2 Fox Lane"}, {}), actor=paul, now=moment
    )

    assert done.state == "filed"
    assert fresh(counter).answers["user_address"] == "2 Fox Lane"
    assert Deadline.objects.get(kind="counternotices.review").state == "running"


def test_nothing_that_the_pack_does_not_know_is_asked(stage: Stage) -> None:
    counter = stage.contest(stage.upheld())

    with pytest.raises(RedressError):
        review.ask(counter.id, ["shoe_size"], user=stage.dan, now=REVIEWED)
    assert fresh(counter).reviewed_by_id is None


def test_rejecting_needs_reasons_in_both_languages_and_lets_measures_stand(stage: Stage) -> None:
    case = stage.upheld()
    counter = stage.contest(case)

    with pytest.raises(RedressError):
        review.reject(counter.id, {"en": "No.", "zh-Hans": " "}, user=stage.dan, now=REVIEWED)
    review.reject(counter.id, REASONS, user=stage.dan, now=REVIEWED)

    assert fresh(counter).state == "rejected"
    assert regime(case) == "measures"
    assert REASONS["en"] in Message.objects.get(template="counter_notice_rejected").text
    assert stage.contest(case, now=REVIEWED).state == "filed"


def test_taking_it_back_stops_its_clocks_and_the_file_is_put_away_in_time(stage: Stage) -> None:
    case = stage.upheld()
    counter = stage.contest(case)
    Deadline.objects.filter(kind="notices.close_file").update(state="stopped", closed_at=CONTESTED)

    review.withdraw(counter.id, actor=respondent(stage.paul.id), now=REVIEWED)

    assert fresh(counter).state == "withdrawn"
    assert regime(case) == "measures"
    open_ = Deadline.objects.filter(state__in=["running", "paused", "breached"])
    kinds = set(open_.values_list("kind", flat=True))
    assert kinds - {"notices.acknowledge"} == {"notices.close_file"}
    with pytest.raises(Conflict):
        review.withdraw(counter.id, actor=respondent(stage.paul.id), now=REVIEWED)


def test_a_late_contest_opens_a_closed_case_again(stage: Stage) -> None:
    case = stage.upheld()
    late = datetime(2026, 12, 1, tzinfo=UTC)
    sweep.run(late)
    assert Case.objects.get(id=case.id).state == "closed"

    counter = stage.contest(case, now=late)

    assert counter.state == "filed"
    assert Case.objects.get(id=case.id).state == "accepted"
    assert regime(case) == "contested"


def test_withdrawal_of_the_notice_ends_an_open_counter_notice_and_tells_its_author(
    stage: Stage,
) -> None:
    case = stage.upheld()
    counter = stage.contest(case)
    withdraw_notice(case.id, actor=filer(case.id), now=REVIEWED)

    arrivals.sweep(REVIEWED)

    assert fresh(counter).state == "ended"
    assert "does not stand" in Message.objects.get(template="restored_respondent").text
    assert list(awaiting_review(stage.dan)) == []
    with transaction.atomic():
        follow(case.id, Step(filer(case.id), REVIEWED))
    assert arrivals.sweep(REVIEWED) == 0
