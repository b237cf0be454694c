"""A measure stands while any ground does, and is lifted, voided or cancelled with the last."""

from datetime import timedelta

from common.actors import SETUP
from evidence.models import LedgerEntry
from measures.models import Measure
from measures.selectors import (
    contestable_grounds,
    live_grounds,
    measures_of_case,
    measures_touching,
)
from measures.services import approve, end_grounds
from measures.services.follow import follow
from measures.services.orders import Order
from notices.services.lifecycle import Step, advance, advance_regime
from platforms.contract import PlatformError, TargetNotFound
from tests.measures.conftest import NOW, Stage

STEP = Step(SETUP, NOW)


def state(measure: Measure) -> str:
    return Measure.objects.get(id=measure.id).state


def test_a_measure_of_two_cases_is_lifted_only_when_the_second_ends(stage: Stage) -> None:
    first, second, artefact = stage.case(), stage.case(), stage.artefact()
    [measure] = stage.impose(first, Order("content_removal", artefact=artefact))
    stage.impose(second, Order("content_removal", artefact=artefact))
    stage.execute(measure)
    assert end_grounds(first.regimes.get(), "restored", STEP) == []
    assert state(measure) == "in_force"
    assert end_grounds(second.regimes.get(), "restored", STEP) == [measure]
    assert state(measure) == "lifting"
    assert stage.lift(measure).state == "lifted"


def test_a_measure_of_two_regimes_of_one_case_is_lifted_only_when_the_second_ends(
    stage: Stage,
) -> None:
    case = stage.case("cn-civil-code", "eu-dsa-16")
    measure = stage.execute(stage.removal(case))
    chinese, european = case.regimes.all()
    assert end_grounds(chinese, "restored", STEP) == []
    assert state(measure) == "in_force"
    assert live_grounds(european.id).exists()
    assert not live_grounds(chinese.id).exists()
    end_grounds(european, "restored", STEP)
    assert state(measure) == "lifting"


def test_items_end_one_by_one(stage: Stage) -> None:
    case = stage.case()
    items = [stage.item(case, stage.artefact()) for _ in range(2)]
    first, second = stage.impose(case, *(Order("content_removal", item=item) for item in items))
    for measure in (first, second):
        stage.execute(measure)
    end_grounds(case.regimes.get(), "restored", STEP, items=[items[0].id])
    assert (state(first), state(second)) == ("lifting", "in_force")


def test_ending_twice_is_ending_once(stage: Stage) -> None:
    measure = stage.execute(stage.removal(stage.case()))
    stage.release(measure)
    stage.release(measure)
    assert LedgerEntry.objects.filter(event="measure.lift_ordered").count() == 1


def test_what_was_never_sent_is_cancelled(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    assert stage.release(measure).state == "cancelled"
    assert stage.execute(measure).state == "cancelled"
    assert stage.client.calls == []


def test_what_ends_while_it_is_being_carried_out_is_lifted_at_once(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    stage.client.during = lambda: stage.release(measure) and None
    assert stage.execute(measure).state == "lifting"
    stage.client.during = lambda: None
    assert stage.lift(measure).state == "lifted"


def test_what_fails_while_nobody_wants_it_any_more_is_cancelled_without_alarm(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    stage.client.during = lambda: stage.release(measure) and None
    stage.client.errors = [PlatformError("refused", permanent=True)]
    done = stage.execute(measure)
    assert (done.state, done.alarmed_at) == ("cancelled", None)


def test_a_sanction_that_is_lifted_counts_as_never_given(stage: Stage) -> None:
    measure = stage.sanction(stage.case(), "suspend")
    approve(measure.id, user=stage.dan, now=NOW)
    stage.execute(measure)
    stage.release(measure)
    assert stage.lift(measure).state == "voided"


def test_lifting_carries_its_own_key_each_time_alike(stage: Stage) -> None:
    measure = stage.execute(stage.removal(stage.case()))
    stage.release(measure)
    stage.client.errors = [PlatformError("outage", permanent=False)]
    stage.lift(measure)
    lifted = stage.lift(measure, NOW + timedelta(minutes=1))
    assert lifted.lift_acknowledgement["state"] == "lifted"
    assert stage.client.calls[1:] == [("lift", str(measure.id), str(measure.lift_key))] * 2
    assert measure.lift_key != measure.idempotency_key


def test_a_platform_that_refuses_to_give_back_raises_the_alarm_and_is_asked_again(
    stage: Stage,
) -> None:
    measure = stage.execute(stage.removal(stage.case()))
    stage.release(measure)
    stage.client.errors = [PlatformError("no", permanent=True)]
    stuck = stage.lift(measure)
    assert (stuck.state, stuck.alarmed_at) == ("lifting", NOW)
    assert stuck.try_after == NOW + timedelta(hours=1)
    assert stage.lift(measure, NOW + timedelta(hours=1)).state == "lifted"


def test_what_is_gone_counts_as_given_back(stage: Stage) -> None:
    measure = stage.execute(stage.removal(stage.case()))
    stage.release(measure)
    stage.client.errors = [TargetNotFound("gone")]
    assert stage.lift(measure).state == "lifted"


def test_measures_follow_a_withdrawn_case(stage: Stage) -> None:
    case = stage.case()
    measure = stage.execute(stage.removal(case))
    assert follow(case.id, STEP) == 0
    advance(case.id, "withdraw", STEP)
    advance_regime(case.regimes.get().id, "restore", STEP)
    assert follow(case.id, STEP) == 1
    assert measure.grounds.get().ended_reason == "withdrawn"


def test_a_user_contests_what_touches_them_and_nothing_else(stage: Stage) -> None:
    case = stage.case()
    regime = case.regimes.get()
    proposed = stage.sanction(case, "suspend")
    assert list(measures_touching(case.id, stage.paul.id)) == [proposed]
    assert not contestable_grounds(regime.id, stage.paul.id).exists()
    measure = stage.removal(case)
    assert [g.measure for g in contestable_grounds(regime.id, stage.paul.id)] == [measure]
    assert not contestable_grounds(regime.id, case.id).exists()


def test_a_case_sees_its_own_grounds_only(stage: Stage) -> None:
    first, second, artefact = stage.case(), stage.case(), stage.artefact()
    for case in (first, second):
        stage.impose(case, Order("content_removal", artefact=artefact))
    [seen] = measures_of_case(second.id)
    assert [ground.case_id for ground in seen.case_grounds] == [second.id]
