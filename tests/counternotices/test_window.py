"""The put-back window of 17 USC 512(g)(2)(C): not before ten, not after fourteen business days from receipt."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings

from common.actors import filer, respondent
from counternotices.models import CounterNotice
from counternotices.services import arrivals, review
from counternotices.services.review import Completion
from counternotices.services.waiting import file_suit_proof
from deadlines.models import Deadline
from deadlines.services import sweep
from evidence.models import LedgerEntry
from measures.models import Measure
from measures.services import lift as lifting
from notices.models import Case, CaseRegime
from notifications.models import Message
from platforms.contract import PlatformError
from tests.counternotices.stage import Stage
from tests.measures.conftest import ScriptedPlatform

NEW_YORK = ZoneInfo("America/New_York")


def moment(day: str, time: str = "12:00:00") -> datetime:
    return datetime.fromisoformat(f"{day} {time}").replace(tzinfo=NEW_YORK)


@pytest.fixture(autouse=True)
def _us(settings: LazySettings) -> None:
    settings.REGIMES = ["us-dmca-512"]


def clock(counter: CounterNotice, kind: str) -> Deadline:
    rows = Deadline.objects.filter(kind=f"counternotices.{kind}", subject_id=counter.id)
    return rows.latest("triggered_at")


def state(counter: CounterNotice) -> str:
    return str(CounterNotice.objects.values_list("state", flat=True).get(id=counter.id))


def forwarded(stage: Stage, day: str) -> CounterNotice:
    counter = stage.contest(stage.upheld(sanction="warn"), now=moment(day))
    return review.accept(counter.id, user=stage.dan, now=moment(day) + timedelta(hours=4))


def platform(*errors: PlatformError) -> ScriptedPlatform:
    return ScriptedPlatform(list(errors))


def lift_all(stage: Stage, case: Case, client: ScriptedPlatform, at: datetime) -> None:
    for measure in stage.measures(case):
        lifting.lift(measure.id, client, lambda: at)


@pytest.mark.parametrize(
    ("receipt", "first", "last"),
    [
        ("2026-11-16", date(2026, 12, 1), date(2026, 12, 7)),
        ("2026-12-18", date(2027, 1, 5), date(2027, 1, 11)),
        ("2026-06-15", date(2026, 6, 30), date(2026, 7, 7)),
    ],
)
def test_both_ends_run_from_the_receipt_whenever_it_is_forwarded_or_arrives(
    stage: Stage, receipt: str, first: date, last: date
) -> None:
    counter = stage.contest(stage.upheld(), now=moment(receipt))

    assert clock(counter, "wait").last_day == first
    assert clock(counter, "put_back").last_day == last


def test_nothing_is_lifted_before_the_tenth_day_is_over_and_everything_is_then(
    stage: Stage,
) -> None:
    counter = forwarded(stage, "2026-11-16")
    case = counter.case_regime.case
    end = moment("2026-12-02", "00:00:00")

    sweep.run(end - timedelta(seconds=1))
    assert state(counter) == "forwarded"
    assert {m.state for m in stage.measures(case)} == {"in_force"}

    sweep.run(end)
    assert state(counter) == "prevailed"
    assert {m.state for m in stage.measures(case)} == {"lifting"}
    assert CounterNotice.objects.get(id=counter.id).ended_at == end


def test_the_last_day_is_met_by_the_last_lifting_and_not_by_the_order(stage: Stage) -> None:
    counter = forwarded(stage, "2026-11-16")
    case = counter.case_regime.case
    sweep.run(moment("2026-12-02", "00:00:00"))
    first, second = stage.measures(case)
    done = moment("2026-12-03", "10:00:00")

    lifting.lift(first.id, platform(), lambda: moment("2026-12-02", "01:00:00"))
    arrivals.sweep(moment("2026-12-02", "01:00:01"))
    assert clock(counter, "put_back").state == "running"
    assert Case.objects.get(id=case.id).state == "closed"

    lifting.lift(second.id, platform(), lambda: done)
    arrivals.sweep(done + timedelta(hours=2))
    assert clock(counter, "put_back").state == "met"
    assert clock(counter, "put_back").closed_at == done
    assert LedgerEntry.objects.filter(event="put_back.done").count() == 1


def test_an_alarm_rings_before_the_fourteenth_day_is_over_when_something_is_not_back(
    stage: Stage,
) -> None:
    counter = forwarded(stage, "2026-11-16")
    case = counter.case_regime.case
    sweep.run(moment("2026-12-01", "12:00:00"))
    assert not Measure.objects.filter(alarmed_at__isnull=False).exists(), "not before the window"
    sweep.run(moment("2026-12-02", "00:00:00"))

    sweep.run(moment("2026-12-07", "09:00:00"))

    assert Measure.objects.filter(alarmed_at__isnull=False).count() == 2
    assert LedgerEntry.objects.filter(event="put_back.late", chain_id=case.id).exists()
    sweep.run(moment("2026-12-08", "00:00:00"))
    assert clock(counter, "put_back").state == "breached"
    late = moment("2026-12-08", "08:00:00")
    lift_all(stage, case, platform(), late)
    arrivals.sweep(late)
    assert clock(counter, "put_back").state == "met_late"


def test_suit_shown_after_the_tenth_day_counts_while_the_material_is_not_back(
    stage: Stage,
) -> None:
    counter = forwarded(stage, "2026-11-16")
    case = counter.case_regime.case
    sweep.run(moment("2026-12-02", "00:00:00"))
    at = moment("2026-12-02", "00:00:30")

    proof = file_suit_proof(counter.id, stage.proof(at), actor=filer(counter.id), now=at)

    assert proof.in_time
    assert state(counter) == "held"
    assert {m.state for m in stage.measures(case)} == {"in_force"}
    assert CaseRegime.objects.get(case=case).state == "held"
    assert Case.objects.get(id=case.id).state == "accepted"
    assert clock(counter, "put_back").state == "stopped"
    client = platform()
    lift_all(stage, case, client, at)
    assert client.calls == [], "the worker that was sent before finds nothing to lift"


def test_suit_shown_once_everything_is_back_is_kept_and_changes_nothing(stage: Stage) -> None:
    counter = forwarded(stage, "2026-11-16")
    case = counter.case_regime.case
    sweep.run(moment("2026-12-02", "00:00:00"))
    at = moment("2026-12-02", "09:00:00")
    lift_all(stage, case, platform(), at)

    proof = file_suit_proof(counter.id, stage.proof(at), actor=filer(counter.id), now=at)

    assert not proof.in_time
    assert state(counter) == "prevailed"
    assert Message.objects.filter(template="suit_late_filer").exists()


@pytest.mark.parametrize(
    ("platform_says", "after"), [("applied", "in_force"), ("lifted", "lifted")]
)
def test_of_a_lifting_that_left_the_house_the_platform_is_asked_whether_it_was_done(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, platform_says: str, after: str
) -> None:
    counter = stage.contest(stage.upheld(), now=moment("2026-11-16"))
    review.accept(counter.id, user=stage.dan, now=moment("2026-11-17"))
    case = counter.case_regime.case
    sweep.run(moment("2026-12-02", "00:00:00"))
    cut_off = PlatformError("the platform could not be reached", permanent=False)
    lift_all(stage, case, platform(cut_off), moment("2026-12-02", "00:00:10"))
    at = moment("2026-12-02", "00:01:00")
    assert file_suit_proof(counter.id, stage.proof(at), actor=filer(counter.id), now=at).in_time
    client = platform()
    monkeypatch.setattr(
        client, "measure", lambda id: client._answer(id, platform_says), raising=False
    )

    lift_all(stage, case, client, at + timedelta(minutes=1))

    assert client.calls == [], "nothing is lifted any more"
    assert {m.state for m in stage.measures(case)} == {after}


def test_what_lacks_an_element_starts_no_window_and_the_answer_that_completes_it_does(
    stage: Stage,
) -> None:
    counter = stage.contest(stage.upheld(), now=moment("2026-06-15"))
    review.ask(
        counter.id, ["name_address_phone"], user=stage.dan, now=moment("2026-06-15", "15:00:00")
    )
    assert clock(counter, "wait").state == "stopped"
    assert clock(counter, "put_back").state == "stopped"

    given = Completion({"name_address_phone": "Paul, 1 Fox Lane, +1 555"}, {})
    review.complete(counter.id, given, actor=respondent(stage.paul.id), now=moment("2026-11-16"))

    assert clock(counter, "wait").last_day == date(2026, 12, 1)
    assert clock(counter, "put_back").last_day == date(2026, 12, 7)


def test_reviewed_only_after_the_tenth_day_it_is_forwarded_and_put_back_at_once(
    stage: Stage,
) -> None:
    counter = stage.contest(stage.upheld(), now=moment("2026-11-16"))
    sweep.run(moment("2026-12-02", "00:00:00"))
    assert state(counter) == "filed", "nothing is put back unreviewed"

    review.accept(counter.id, user=stage.dan, now=moment("2026-12-03"))

    assert state(counter) == "prevailed"
    assert Message.objects.filter(template="counter_notice_to_filer").exists()


def test_a_claim_before_the_copyright_claims_board_counts(stage: Stage) -> None:
    counter = forwarded(stage, "2026-11-16")
    at = moment("2026-11-30")
    proof = stage.proof(at)

    ccb = type(proof)("ccb", "Copyright Claims Board", "26-CCB-0001", proof.file)
    assert file_suit_proof(counter.id, ccb, actor=filer(counter.id), now=at).in_time
    assert state(counter) == "held"
