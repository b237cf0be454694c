"""A block that would stop too many recent prompts only watches until a second person agrees."""

from typing import Any

import pytest
from django.conf import LazySettings

from common.errors import Forbidden, RedressError
from evidence.models import LedgerEntry
from measures.errors import OwnMeasure
from measures.models import Measure
from measures.services import approve, refuse
from measures.services.orders import Order
from notices.models import CaseRegime
from screening.models import PromptRule
from tests.measures.conftest import NOW, Stage
from tests.screening.recording import recorded

WIDE: dict[str, Any] = {"terms": [{"text": "light", "language": "en"}]}


def block(**more: Any) -> Order:
    return Order("prompt_block", parameters=WIDE | more)


@pytest.fixture
def wide(stage: Stage) -> Measure:
    [measure] = stage.impose(stage.case(), block())
    return measure


def rules() -> list[tuple[str, str]]:
    """Mode and end of each rule, oldest first."""
    return list(PromptRule.objects.order_by("version").values_list("mode", "ended_reason"))


def test_it_is_proposed_and_its_rule_watches_at_once(stage: Stage, wide: Measure) -> None:
    assert (wide.state, wide.approval_required) == ("proposed", True)
    assert rules() == [("shadow", "")]
    told = wide.parameters["tried"]
    assert told["met"] > 1
    assert told["recorded"] + told["shipped"] == 1_000
    assert told["prompts"][0]["prompt"]
    assert CaseRegime.objects.get().state == "open"


def test_a_second_person_puts_it_in_force(stage: Stage, wide: Measure) -> None:
    approve(wide.id, user=stage.dan, now=NOW)
    measure = Measure.objects.get()
    rule = PromptRule.objects.get(id=measure.rule_id)
    assert (measure.state, measure.in_force_at) == ("in_force", NOW)
    assert rules() == [("shadow", "approved"), ("block", "")]
    assert rule.ordered_by == f"staff:{stage.tara.id}"
    assert rule.approved_by == f"staff:{stage.dan.id}"
    assert CaseRegime.objects.get().state == "measures"
    events = LedgerEntry.objects.filter(chain_kind="case").order_by("sequence")
    assert list(events.filter(event__startswith="measure.").values_list("event", flat=True)) == [
        "measure.proposed", "measure.approved", "measure.applied",
    ]  # fmt: skip


def test_nobody_approves_their_own(stage: Stage, wide: Measure) -> None:
    for user, error in ((stage.tara, OwnMeasure), (stage.lea, Forbidden)):
        with pytest.raises(error):
            approve(wide.id, user=user, now=NOW)
    assert rules() == [("shadow", "")]


def test_refused_it_watches_no_more(stage: Stage, wide: Measure) -> None:
    refuse(wide.id, "Everything is light.", user=stage.dan, now=NOW)
    assert Measure.objects.get().state == "cancelled"
    assert rules() == [("shadow", "refused")]


def test_withdrawn_it_watches_no_more(stage: Stage, wide: Measure) -> None:
    stage.release(wide, "withdrawn")
    assert Measure.objects.get().state == "cancelled"
    assert rules() == [("shadow", "withdrawn")]


def test_approved_and_then_given_back_it_ends(stage: Stage, wide: Measure) -> None:
    approve(wide.id, user=stage.dan, now=NOW)
    stage.release(Measure.objects.get())
    assert Measure.objects.get().state == "lifted"
    assert rules() == [("shadow", "approved"), ("block", "restored")]


def test_a_further_case_joins_the_proposal_and_keeps_it(stage: Stage, wide: Measure) -> None:
    [same] = stage.impose(stage.case(), block())
    assert same.id == wide.id
    named = PromptRule.objects.get().case_id
    stage.release_ground(wide.grounds.get(case=named))
    assert rules() == [
        ("shadow", "renewed"),
        ("shadow", ""),
    ]  # it names the second case from now on
    approve(wide.id, user=stage.dan, now=NOW)
    assert rules()[-1] == ("block", "")


def test_a_rule_that_only_watches_needs_nobody(stage: Stage) -> None:
    [measure] = stage.impose(stage.case(), block(mode="shadow"))
    assert (measure.state, measure.approval_required) == ("in_force", False)
    assert rules() == [("shadow", "")]


def test_the_share_is_the_operators_choice(stage: Stage, settings: LazySettings) -> None:
    settings.RULE_SECOND_PERSON_PER_MILLE = 999
    [measure] = stage.impose(stage.case(), block())
    assert measure.state == "in_force"


def test_an_order_cannot_say_that_it_was_tried(stage: Stage) -> None:
    order = Order("prompt_block", parameters=WIDE | {"tried": {"met": 0}}, too_wide=False)
    [measure] = stage.impose(stage.case(), order)
    assert measure.state == "proposed"
    assert measure.parameters["tried"]["met"] > 1


def test_of_users_prompts_only_where_they_lie_is_kept(stage: Stage) -> None:
    check = recorded(None, prompt={"prompt": "Zorblax with a very private wish"})
    order = Order("prompt_block", parameters={"terms": [{"text": "Zorblax", "language": "en"}]})
    [measure] = stage.impose(stage.case(), order)
    assert measure.parameters["tried"]["checks"] == [str(check.id)]
    assert "private" not in str(measure.parameters)


def test_a_wide_rule_that_cannot_live_takes_its_measure_with_it(stage: Stage) -> None:
    with pytest.raises(RedressError):
        stage.impose(stage.case(), block(terms=[{"text": "a", "language": "en"}]))
    assert not Measure.objects.exists()
    assert not PromptRule.objects.exists()
