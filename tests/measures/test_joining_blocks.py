"""The guard's rule says what its measure says, whoever joins, leaves or forbids to lift: it never ends before it."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from common.actors import SETUP
from measures.models import Measure
from measures.services import approve, order_again
from measures.services.freezing import freeze, thaw
from measures.services.orders import Order
from measures.services.sweep import sweep
from notices.models import Case
from notices.services.lifecycle import Step
from screening.models import PromptRule
from screening.selectors import live_rules
from screening.services.lists import export_list
from tests.measures.conftest import NOW, Stage

TERMS: dict[str, Any] = {"terms": [{"text": "Fox Spirit", "language": "en"}]}
UNTIL = NOW + timedelta(days=30)
LATE = UNTIL + timedelta(hours=1)


def block(expires_at: datetime | None = None, **changes: object) -> Order:
    return Order("prompt_block", parameters=TERMS | changes, expires_at=expires_at)


def rule() -> PromptRule:
    """The one rule that has not ended."""
    return PromptRule.objects.get(ended_at=None)


def ends() -> tuple[datetime | None, datetime | None]:
    """When the measure ends, and when its rule does."""
    measure = Measure.objects.get()
    assert measure.rule_id == rule().id
    return measure.expires_at, rule().expires_at


@transaction.atomic
def preserve(case: Case, measure: Measure, at: datetime = NOW) -> uuid.UUID:
    """A court forbids to lift it."""
    cause = uuid.uuid4()
    freeze(case.id, [measure.id], cause, Step(SETUP, at))
    return cause


@transaction.atomic
def release(case: Case, cause: uuid.UUID, at: datetime) -> None:
    thaw(case.id, cause, Step(SETUP, at))


@pytest.mark.parametrize("later", [None, UNTIL + timedelta(days=7)])
def test_a_rule_ends_as_late_as_the_longest_term_that_was_ordered(
    stage: Stage, later: datetime | None
) -> None:
    stage.impose(stage.case(), block(UNTIL))
    stage.impose(stage.case(), block(later))
    assert ends() == (later, later)
    assert list(PromptRule.objects.order_by("version").values_list("ended_reason", flat=True)) == [
        "renewed", "",
    ]  # fmt: skip
    assert sweep(LATE).expired == 0
    assert live_rules(LATE).exists()


def test_a_shorter_term_leaves_the_rule_alone(stage: Stage) -> None:
    stage.impose(stage.case(), block(UNTIL))
    stage.impose(stage.case(), block(UNTIL - timedelta(days=7)))
    assert ends() == (UNTIL, UNTIL)
    assert PromptRule.objects.count() == 1


def test_a_rule_that_only_watches_gets_the_longer_term_too(stage: Stage) -> None:
    wide = {"terms": [{"text": "light", "language": "en"}]}
    stage.impose(stage.case(), block(UNTIL, **wide))
    stage.impose(stage.case(), block(None, **wide))
    assert (ends(), rule().mode) == ((None, None), "shadow")
    approve(Measure.objects.get().id, user=stage.dan, now=NOW)
    assert (ends(), rule().mode) == ((None, None), "block")


def test_a_new_rule_is_tested_soon(stage: Stage) -> None:
    stage.impose(stage.case(), block(UNTIL))
    Measure.objects.update(check_at=NOW + timedelta(days=1), checking_since=NOW)
    stage.impose(stage.case(), block(None))
    measure = Measure.objects.get()
    assert measure.check_at is not None
    assert measure.check_at < NOW + timedelta(minutes=1)
    assert measure.checking_since is None
    assert measure.acknowledgement == {"rule": str(rule().id)}


def test_what_a_court_keeps_beyond_its_term_goes_on_blocking(stage: Stage) -> None:
    case = stage.case()
    [measure] = stage.impose(case, block(UNTIL))
    cause = preserve(case, measure)
    assert ends() == (UNTIL, None)
    assert sweep(LATE).expired == 0
    assert live_rules(LATE).exists()
    release(case, cause, LATE)
    assert sweep(LATE).expired == 1
    assert (Measure.objects.get().state, live_rules(LATE).exists()) == ("lifted", False)


def test_a_court_that_lets_go_in_time_leaves_the_term_as_it_was(stage: Stage) -> None:
    case = stage.case()
    [measure] = stage.impose(case, block(UNTIL))
    first, second = preserve(case, measure), preserve(case, measure)
    release(case, first, NOW)
    assert ends() == (UNTIL, None)
    release(case, second, NOW)
    assert ends() == (UNTIL, UNTIL)


def test_a_block_kept_by_a_court_is_ordered_again_beyond_its_term(stage: Stage) -> None:
    case = stage.case()
    [measure] = stage.impose(case, block(UNTIL))
    preserve(case, measure)
    Measure.objects.update(found_broken_at=LATE)
    order_again(measure.id, user=stage.tara, now=LATE)
    assert ends() == (UNTIL, None)
    assert rule().approved_by == f"staff:{stage.tara.id}"


def test_a_case_given_back_after_the_term_is_not_held_up_by_the_rule(stage: Stage) -> None:
    stage.impose(stage.case(), block(UNTIL))
    stage.impose(stage.case(), block(UNTIL))
    [measure] = Measure.objects.all()
    ground = measure.grounds.get(case=rule().case_id)
    stage.release(measure, at=LATE)
    ground.refresh_from_db()
    assert (ground.ended_reason, Measure.objects.get().state) == ("restored", "lifted")


def test_a_rule_names_a_case_that_stands_behind_it(stage: Stage) -> None:
    first, second = stage.case(), stage.case()
    [measure] = stage.impose(first, block(UNTIL))
    stage.impose(second, block(UNTIL), user=stage.lea)
    assert rule().case_id == first.id
    stage.release_ground(measure.grounds.get(case=first))
    assert (rule().case_id, rule().case_reference) == (second.id, second.reference)
    assert rule().ordered_by == rule().approved_by == f"staff:{stage.lea.id}"
    assert ends() == (UNTIL, UNTIL)


def test_a_rule_goes_on_naming_its_case_while_one_of_its_laws_stands(stage: Stage) -> None:
    first = stage.case("cn-civil-code", "eu-dsa-platform")
    [measure] = stage.impose(first, block())
    stage.impose(stage.case(), block())
    one, _other = measure.grounds.filter(case=first)
    stage.release_ground(one)
    assert (rule().case_id, PromptRule.objects.count()) == (first.id, 1)


def test_a_case_that_joins_what_only_a_court_keeps_is_the_one_named(stage: Stage) -> None:
    first, second = stage.case(), stage.case()
    [measure] = stage.impose(first, block(UNTIL))
    preserve(first, measure)
    stage.release(measure)
    assert (rule().case_id, rule().ended_at) == (first.id, None)
    stage.impose(second, block(UNTIL))
    assert rule().case_id == second.id


def exported() -> bytes:
    return export_list("Ours", actor=SETUP, now=NOW)


@pytest.mark.parametrize("first", [True, False])
def test_a_name_that_anybody_called_a_real_persons_leaves_for_no_provider(
    stage: Stage, first: bool
) -> None:
    stage.impose(stage.case(), block(names_person=first))
    assert (b"Fox Spirit" in exported()) != first
    stage.impose(stage.case(), block(names_person=not first))
    assert rule().names_person
    assert b"Fox Spirit" not in exported()
    assert Measure.objects.get().parameters["names_person"]
