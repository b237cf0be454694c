"""The waiting period: begins on arrival, ends by itself, is stopped by proof in time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings

from common.actors import filer
from common.errors import Conflict
from counternotices.errors import ArrivalOutOfOrder
from counternotices.models import CounterNotice
from counternotices.services import arrivals
from counternotices.services.waiting import Arrival, file_suit_proof, record_arrival
from deadlines.models import Deadline
from deadlines.services import sweep
from evidence.models import LedgerEntry
from measures.models import MeasureGround
from notices.models import CaseRegime
from notifications.models import Message
from tests.counternotices.stage import REVIEWED, Stage

SHANGHAI = ZoneInfo("Asia/Shanghai")
ARRIVED = datetime(2026, 9, 16, 2, tzinfo=UTC)


def wait_of(counter: CounterNotice) -> Deadline:
    return Deadline.objects.get(kind="counternotices.wait", subject_id=counter.id)


def state(counter: CounterNotice) -> str:
    return str(CounterNotice.objects.values_list("state", flat=True).get(id=counter.id))


def waiting(stage: Stage, at: datetime = ARRIVED) -> CounterNotice:
    counter = stage.forwarded(stage.upheld(sanction="warn"))
    stage.deliver(counter, at)
    assert arrivals.sweep(at + timedelta(hours=1)) == 1
    return counter


def test_the_period_runs_from_the_arrival_and_not_from_forwarding_or_sweeping(stage: Stage) -> None:
    counter = waiting(stage)

    clock = wait_of(counter)
    assert clock.triggered_at == ARRIVED
    assert clock.last_day == date(2026, 10, 8)
    assert state(counter) == "waiting"
    assert CounterNotice.objects.get(id=counter.id).arrived_at == ARRIVED
    assert arrivals.sweep(ARRIVED + timedelta(days=1)) == 0


def test_story_3_house_default_restores_after_8_october(stage: Stage) -> None:
    counter = waiting(stage)
    case_id = counter.case_regime.case_id
    end = datetime(2026, 10, 9, tzinfo=SHANGHAI)

    assert sweep.run(end - timedelta(seconds=1)).fired == 0
    assert state(counter) == "waiting"

    sweep.run(end + timedelta(hours=3))

    assert state(counter) == "prevailed"
    assert CounterNotice.objects.get(id=counter.id).ended_at == end
    assert not MeasureGround.objects.filter(case_id=case_id, ended_at=None).exists()
    assert set(
        MeasureGround.objects.filter(case_id=case_id).values_list("ended_at", flat=True)
    ) == {end}
    assert {m.state for m in stage.measures(counter.case_regime.case)} == {"lifting"}
    assert [r.state for r in CaseRegime.objects.filter(case_id=case_id)] == ["restored"]
    assert Message.objects.filter(template="restored_filer").count() == 1
    assert Message.objects.filter(template="restored_respondent").count() == 1
    closed = LedgerEntry.objects.get(chain_id=case_id, event="case.closed")
    assert datetime.fromisoformat(closed.facts["effective_at"]) == end


def test_story_3_the_operators_20_working_days_end_with_22_october(
    stage: Stage, settings: LazySettings
) -> None:
    settings.REGIME_OVERRIDES = '{"cn-civil-code": {"wait": "working_days_20"}}'
    counter = waiting(stage, datetime(2026, 9, 18, 2, tzinfo=UTC))
    end = datetime(2026, 10, 23, tzinfo=SHANGHAI)

    assert wait_of(counter).last_day == date(2026, 10, 22)
    assert sweep.run(end - timedelta(seconds=1)).fired == 0
    assert state(counter) == "waiting"

    sweep.run(end)

    assert state(counter) == "prevailed"


def test_proof_in_the_last_second_of_the_last_day_stops_the_wait(stage: Stage) -> None:
    counter = waiting(stage)
    moment = datetime(2026, 10, 8, 23, 59, 59, tzinfo=SHANGHAI)

    proof = file_suit_proof(counter.id, stage.proof(moment), actor=filer(counter.id), now=moment)

    assert proof.in_time
    assert state(counter) == "held"
    assert wait_of(counter).state == "stopped"
    sweep.run(moment + timedelta(days=2))
    assert state(counter) == "held"
    assert {m.state for m in stage.measures(counter.case_regime.case)} == {"in_force"}
    assert Message.objects.filter(template="suit_in_time_filer").exists()
    assert Message.objects.filter(template="suit_in_time_respondent").exists()


def test_proof_at_midnight_is_kept_but_stops_nothing(stage: Stage) -> None:
    counter = waiting(stage)
    moment = datetime(2026, 10, 9, tzinfo=SHANGHAI)

    proof = file_suit_proof(counter.id, stage.proof(moment), actor=filer(counter.id), now=moment)

    assert not proof.in_time
    assert state(counter) == "waiting"
    assert Message.objects.filter(template="suit_late_filer").exists()
    assert LedgerEntry.objects.filter(event="suit_proof.late").exists()
    sweep.run(moment)
    assert state(counter) == "prevailed"


def test_proof_may_come_before_the_arrival(stage: Stage) -> None:
    counter = stage.forwarded(stage.upheld())
    moment = REVIEWED + timedelta(hours=1)

    assert file_suit_proof(
        counter.id, stage.proof(moment), actor=filer(counter.id), now=moment
    ).in_time
    assert state(counter) == "held"


def test_nobody_proves_suit_twice(stage: Stage) -> None:
    counter = stage.forwarded(stage.upheld())
    moment = REVIEWED + timedelta(hours=1)
    file_suit_proof(counter.id, stage.proof(moment), actor=filer(counter.id), now=moment)

    with pytest.raises(Conflict):
        file_suit_proof(counter.id, stage.proof(moment), actor=filer(counter.id), now=moment)


def test_staff_record_an_arrival_by_other_proof_when_the_filer_has_no_mail(stage: Stage) -> None:
    counter = stage.forwarded(stage.upheld(email=""))
    assert counter.forwarding is not None
    assert counter.forwarding.address == ""

    record_arrival(
        counter.id,
        Arrival(ARRIVED, "EMS 1234"),
        user=stage.lea,
        now=ARRIVED + timedelta(days=2),
    )

    assert wait_of(counter).triggered_at == ARRIVED
    letter = Message.objects.get(id=counter.forwarding_id)
    assert letter.delivered_at == ARRIVED
    assert letter.delivery_proof == "EMS 1234"


@pytest.mark.parametrize(
    ("at", "proof"),
    [
        (REVIEWED - timedelta(seconds=1), "EMS 1"),
        (ARRIVED + timedelta(days=1), "EMS 1"),
        (ARRIVED, " "),
    ],
)
def test_an_impossible_or_unproved_arrival_is_refused(
    stage: Stage, at: datetime, proof: str
) -> None:
    counter = stage.forwarded(stage.upheld())

    with pytest.raises(ArrivalOutOfOrder):
        record_arrival(counter.id, Arrival(at, proof), user=stage.lea, now=ARRIVED)
    assert state(counter) == "forwarded"


def test_one_of_two_respondents_prevails_and_the_others_measures_stay(stage: Stage) -> None:
    pia = stage.user("pia")
    hers, his = stage.artefact("out_pia", pia), stage.artefact("out_paul")
    case = stage.upheld(his, hers, sanction="warn")
    counter = stage.forwarded(case)
    stage.deliver(counter, ARRIVED)
    arrivals.sweep(ARRIVED)
    stage.contest(case, pia, now=ARRIVED)

    sweep.run(datetime(2026, 10, 9, tzinfo=SHANGHAI))

    assert state(counter) == "prevailed"
    by_target = {m.artefact_id or m.platform_user_id: m.state for m in stage.measures(case)}
    assert by_target == {hers.id: "in_force", his.id: "lifting", stage.paul.id: "lifting"}
    assert [r.state for r in CaseRegime.objects.filter(case=case)] == ["contested"]
    assert CounterNotice.objects.get(respondent=pia).state == "filed"


def test_one_arrival_that_fails_keeps_no_other_waiting(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = stage.forwarded(stage.upheld(stage.artefact("a")))
    good = stage.forwarded(stage.upheld(stage.artefact("b")))
    for counter in (bad, good):
        stage.deliver(counter, ARRIVED)
    real = arrivals.take_arrival

    def breaks(id: object, **more: object) -> bool:
        if id == bad.id:
            raise RuntimeError("broken")
        return real(id, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(arrivals, "take_arrival", breaks)

    assert arrivals.sweep(ARRIVED) == 1
    assert (state(bad), state(good)) == ("forwarded", "waiting")
