"""A prompt block lives and ends in our own guard, in the measure's own transaction."""

from datetime import timedelta

import pytest

from common.actors import SETUP
from common.errors import RedressError
from evidence.models import LedgerEntry
from measures.models import Measure
from measures.services.follow import follow
from measures.services.orders import Order
from measures.services.sweep import sweep
from notices.services.lifecycle import Step, advance, advance_regime
from screening.models import PromptRule
from tests.measures.conftest import NOW, Stage

PARAMETERS = {
    "terms": [{"text": "Fox Spirit", "language": "en"}, {"text": "狐灵", "language": "zh-Hans"}],
    "allow": [{"text": "fox spirit legends of Japan", "language": "en"}],
}


def block(**changes: object) -> Order:
    return Order("prompt_block", parameters=PARAMETERS | changes)


def test_a_block_is_in_force_at_once_with_its_birth_certificate(stage: Stage) -> None:
    case = stage.case()
    [measure] = stage.impose(case, block())
    rule = PromptRule.objects.get(id=measure.rule_id)
    assert (measure.state, measure.in_force_at) == ("in_force", NOW)
    assert (rule.case_id, rule.case_reference) == (case.id, case.reference)
    assert rule.approved_by == f"staff:{stage.tara.id}"
    assert set(rule.user_message) == {"en", "zh-Hans"}


def test_a_rule_that_cannot_live_takes_its_measure_with_it(stage: Stage) -> None:
    with pytest.raises(RedressError):
        stage.impose(stage.case(), block(terms=[{"text": "狐", "language": "zh-Hans"}]))
    assert not Measure.objects.exists()


def test_the_same_terms_from_a_second_case_share_the_rule_until_both_end(stage: Stage) -> None:
    [measure] = stage.impose(stage.case(), block())
    [same] = stage.impose(stage.case(), block())
    assert same.id == measure.id
    first, second = measure.grounds.all()
    stage.release_ground(first)
    assert PromptRule.objects.get(ended_at=None).id == Measure.objects.get().rule_id
    stage.release_ground(second)
    assert not PromptRule.objects.filter(ended_at=None).exists()
    assert Measure.objects.get().state == "lifted"


def test_other_terms_or_another_mode_are_another_block(stage: Stage) -> None:
    case = stage.case()
    [one], [other] = stage.impose(case, block()), stage.impose(case, block(mode="warn"))
    assert one.id != other.id


def test_a_block_ends_with_its_term(stage: Stage) -> None:
    until = NOW + timedelta(days=30)
    order = Order("prompt_block", parameters=PARAMETERS, expires_at=until)
    stage.impose(stage.case(), order)
    assert sweep(until).expired == 1
    assert Measure.objects.get().state == "lifted"
    assert PromptRule.objects.get().ended_reason == "expired"


def test_a_rule_ends_by_itself_when_the_notice_is_withdrawn(stage: Stage) -> None:
    case = stage.case()
    stage.impose(case, block())
    advance(case.id, "withdraw", Step(SETUP, NOW))
    advance_regime(case.regimes.get().id, "close", Step(SETUP, NOW))
    follow(case.id, Step(SETUP, NOW))
    assert PromptRule.objects.get().ended_reason == "withdrawn"


def test_a_rule_ends_by_itself_when_the_case_is_given_back(stage: Stage) -> None:
    case = stage.case()
    stage.impose(case, block())
    advance_regime(case.regimes.get().id, "contest", Step(SETUP, NOW))
    for ground in Measure.objects.get().grounds.all():
        stage.release_ground(ground)
    assert (PromptRule.objects.get().ended_reason, Measure.objects.get().state) == (
        "restored", "lifted",
    )  # fmt: skip


def test_the_ledger_of_the_case_names_the_digest_and_not_the_terms(stage: Stage) -> None:
    case = stage.case()
    stage.impose(case, block())
    facts = str(list(LedgerEntry.objects.filter(chain_id=case.id).values_list("facts", flat=True)))
    assert "terms:" in facts
    assert "狐灵" not in facts
