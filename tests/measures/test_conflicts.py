"""Two laws on one measure: neither silently wins, and a person's word ends the dispute."""

import pytest
from django.db import IntegrityError, transaction

from common.actors import SETUP
from common.errors import Conflict, Forbidden, NotFound, RedressError
from evidence.chain import case_chain
from evidence.selectors import entries
from measures.models import Measure, MeasureGround, RegimeConflict
from measures.services.deciding import Choice, decide_conflict
from measures.services.grounds import end_all, end_grounds
from measures.services.lifecycle import hold
from notices.models import Case, CaseRegime
from notices.services.lifecycle import Step
from tests.measures.conftest import NOW, Stage

CN, EU = "cn-civil-code", "eu-dsa-platform"
BOTH = {"en": "The merits were weighed under the Act.", "zh-Hans": "已依该法审查实体问题。"}


def removal_in_force(stage: Stage, *packs: str) -> tuple[Case, Measure]:
    case = stage.case(*(packs or (CN, EU)))
    return case, stage.execute(stage.removal(case))


def give_up(case: Case, pack: str, reason: str = "restored") -> None:
    regime = CaseRegime.objects.get(case=case, pack_id=pack)
    with transaction.atomic():
        end_grounds(regime, reason, Step(SETUP, NOW))


def happened(case: Case) -> list[str]:
    told = entries(case_chain(case.id)).filter(event__startswith="regime_conflict.")
    return list(told.values_list("event", flat=True))


def state(measure: Measure) -> str:
    return str(Measure.objects.values_list("state", flat=True).get(id=measure.id))


def test_a_measure_stays_while_any_law_asks_for_it_and_the_dispute_is_on_record(
    stage: Stage,
) -> None:
    case, measure = removal_in_force(stage)
    assert MeasureGround.objects.filter(measure=measure, ended_at=None).count() == 2

    give_up(case, CN)

    assert state(measure) == "in_force"
    conflict = RegimeConflict.objects.get(case=case)
    assert (conflict.releases.pack_id, conflict.holds.pack_id) == (CN, EU)
    assert list(conflict.measures.all()) == [Measure.objects.get(id=measure.id)]
    assert happened(case) == ["regime_conflict.opened"]
    facts = entries(case_chain(case.id)).get(event="regime_conflict.opened").facts
    assert (facts["releases"], facts["holds"]) == (f"{CN} 2026.1", f"{EU} 2026.1")
    assert facts["measures"] == [str(measure.id)]


def test_it_closes_itself_when_the_other_law_lets_go_before_anybody_decides(stage: Stage) -> None:
    case, measure = removal_in_force(stage)
    give_up(case, CN)
    give_up(case, EU)

    assert state(measure) == "lifting"
    conflict = RegimeConflict.objects.get(case=case)
    assert conflict.closed_at == NOW
    assert not conflict.decision
    assert happened(case) == ["regime_conflict.opened", "regime_conflict.closed"]


def test_it_closes_itself_when_the_measure_has_run_its_term(stage: Stage) -> None:
    case, measure = removal_in_force(stage)
    give_up(case, CN)
    with transaction.atomic():
        end_all(hold(measure.id), "expired", Step(SETUP, NOW))
    assert happened(case)[-1] == "regime_conflict.closed"


def test_a_notice_taken_back_or_corrected_disputes_nothing(stage: Stage) -> None:
    case, _measure = removal_in_force(stage)
    give_up(case, CN, "withdrawn")
    assert not RegimeConflict.objects.exists()


def test_what_another_case_asks_for_is_no_conflict_of_laws(stage: Stage) -> None:
    first, measure = removal_in_force(stage, CN)
    second = stage.case(EU)
    with transaction.atomic():
        MeasureGround.objects.create(
            measure=measure,
            case=second,
            case_regime=second.regimes.get(),
            ordered_by=stage.tara,
            created_at=NOW,
        )
    give_up(first, CN)
    assert state(measure) == "in_force"
    assert not RegimeConflict.objects.exists()


def test_each_law_that_still_holds_is_a_dispute_of_its_own(stage: Stage) -> None:
    case, _measure = removal_in_force(stage, CN, EU, "cn-reg-2013")
    give_up(case, "cn-reg-2013")
    holders = RegimeConflict.objects.values_list("holds__pack_id", flat=True)
    assert sorted(holders) == [CN, EU]


def test_restoring_ends_what_the_holding_law_stands_on_and_lifts(stage: Stage) -> None:
    case, measure = removal_in_force(stage)
    give_up(case, CN)
    conflict = RegimeConflict.objects.get()

    decide_conflict(case.id, conflict.id, Choice("restore", BOTH), user=stage.lea, now=NOW)

    assert state(measure) == "lifting"
    ended = MeasureGround.objects.get(case_regime=conflict.holds)
    assert ended.ended_reason == "conflict"
    assert happened(case) == ["regime_conflict.opened", "regime_conflict.decided"]
    entry = entries(case_chain(case.id)).get(event="regime_conflict.decided")
    assert entry.facts["decision"] == "restore"
    assert entry.actor == f"staff:{stage.lea.id}"


def test_keeping_keeps_and_a_later_release_by_the_other_law_lifts(stage: Stage) -> None:
    case, measure = removal_in_force(stage)
    give_up(case, CN)
    conflict = RegimeConflict.objects.get()
    decide_conflict(case.id, conflict.id, Choice("keep", BOTH), user=stage.lea, now=NOW)
    assert state(measure) == "in_force"

    give_up(case, EU)
    assert state(measure) == "lifting"
    assert RegimeConflict.objects.count() == 1


def test_nobody_decides_without_a_choice_reasons_a_role_or_twice(stage: Stage) -> None:
    case, _measure = removal_in_force(stage)
    give_up(case, CN)
    conflict = RegimeConflict.objects.get()
    for choice, error in (
        (Choice("", BOTH), RedressError),
        (Choice("keep", {"en": "Only one language."}), RedressError),
    ):
        with pytest.raises(error):
            decide_conflict(case.id, conflict.id, choice, user=stage.lea, now=NOW)
    keep = Choice("keep", BOTH)
    with pytest.raises(Forbidden):
        decide_conflict(case.id, conflict.id, keep, user=stage.eno, now=NOW)
    with pytest.raises(NotFound):
        decide_conflict(stage.case().id, conflict.id, keep, user=stage.lea, now=NOW)
    decide_conflict(case.id, conflict.id, keep, user=stage.lea, now=NOW)
    with pytest.raises(Conflict):
        decide_conflict(case.id, conflict.id, keep, user=stage.tara, now=NOW)


def test_the_database_knows_no_decision_without_a_person(stage: Stage) -> None:
    case, _measure = removal_in_force(stage)
    give_up(case, CN)
    with pytest.raises(IntegrityError, match="conflict_decided_by_a_person"), transaction.atomic():
        RegimeConflict.objects.update(decision="keep", closed_at=NOW)
