"""What a second person had to agree to ends later only when another one agrees to that too."""

from datetime import datetime, timedelta

import pytest

from common.errors import Conflict
from counternotices.services.wording import told_words
from evidence.models import LedgerEntry
from measures.errors import OwnMeasure, StillLifting
from measures.models import Measure
from measures.selectors import awaiting_approval
from measures.services import approve, refuse
from measures.services.appeals import may_answer
from measures.services.orders import Order
from measures.services.sweep import sweep
from notifications.models import Message
from screening.models import PromptRule
from tests.measures.conftest import NOW, Stage
from tests.people import create_person

UNTIL = NOW + timedelta(days=7)


@pytest.fixture
def suspended(stage: Stage) -> Measure:
    """Paul is suspended for a week; Dan agreed."""
    measure = stage.sanction(stage.case(), "suspend", UNTIL)
    approve(measure.id, user=stage.dan, now=NOW)
    return stage.execute(measure)


def end() -> datetime | None:
    return Measure.objects.get().expires_at


def test_one_person_makes_no_suspension_longer(stage: Stage, suspended: Measure) -> None:
    joined = stage.sanction(stage.case(), "suspend", None)
    assert (joined.id, end()) == (suspended.id, UNTIL)
    assert list(awaiting_approval(stage.dan)) == [suspended]
    assert not awaiting_approval(stage.tara).exists()
    with pytest.raises(OwnMeasure):
        approve(suspended.id, user=stage.tara, now=NOW)
    assert sweep(UNTIL).expired == 1


def test_a_second_person_agrees_to_the_longest_that_is_asked(
    stage: Stage, suspended: Measure
) -> None:
    later = UNTIL + timedelta(days=7)
    for until in (later, UNTIL + timedelta(days=1), later):
        stage.sanction(stage.case(), "suspend", until)
    approve(suspended.id, user=stage.dan, now=NOW)
    assert end() == later
    assert not awaiting_approval(stage.dan).exists()
    entry = LedgerEntry.objects.filter(event="measure.term_extended").first()
    assert entry is not None
    assert entry.facts["expires_at"] == later.isoformat()
    with pytest.raises(Conflict):
        approve(suspended.id, user=stage.dan, now=NOW)


def test_whom_it_touches_is_told_the_old_end_and_the_new(stage: Stage, suspended: Measure) -> None:
    stage.paul.language = "zh-Hans"
    stage.paul.save(update_fields=["language"])
    case = stage.case()
    stage.sanction(case, "suspend", UNTIL + timedelta(days=7))
    assert not Message.objects.filter(template="measure_lengthened").exists()

    approve(suspended.id, user=stage.dan, now=NOW)

    letter = Message.objects.get(template="measure_lengthened")
    assert (letter.case_id, letter.language) == (case.id, "zh-Hans")
    assert "2026年9月8日（星期二）16:00 (Asia/Shanghai)" in letter.text
    assert "2026年9月15日（星期二）16:00 (Asia/Shanghai)" in letter.text


def test_letters_tell_until_when_a_measure_stands(stage: Stage, suspended: Measure) -> None:
    def until(measure: Measure) -> str:
        return told_words(measure, "Asia/Shanghai")["until"]

    assert until(suspended) == "until Tue 8 Sep 2026, 16:00 (Asia/Shanghai)"
    suspended.expires_at = None
    assert until(suspended) == "no end date"
    assert until(stage.sanction(stage.case(), "warn")) == ""
    assert until(stage.removal(stage.case())) == ""


def test_who_agreed_to_the_longer_term_answers_no_appeal_against_it(
    stage: Stage, suspended: Measure
) -> None:
    stage.sanction(stage.case(), "suspend", None)
    other = create_person("olga@redress.example", "Olga", ["approver"])
    assert may_answer(suspended, other)
    approve(suspended.id, user=other, now=NOW)
    assert not may_answer(Measure.objects.get(), other)


def test_not_agreed_to_it_keeps_its_term(stage: Stage, suspended: Measure) -> None:
    stage.sanction(stage.case(), "suspend", None)
    refuse(suspended.id, "A week is enough.", user=stage.dan, now=NOW)
    measure = Measure.objects.get()
    assert (measure.state, measure.expires_at, measure.parameters) == ("in_force", UNTIL, {})
    entries = LedgerEntry.objects.filter(event="measure.term_refused")
    assert "week" not in str([entry.facts for entry in entries])


def test_what_a_case_asked_for_falls_with_the_case(stage: Stage, suspended: Measure) -> None:
    case = stage.case()
    stage.sanction(case, "suspend", None)
    stage.release_ground(suspended.grounds.get(case=case))
    assert not awaiting_approval(stage.dan).exists()
    with pytest.raises(Conflict):
        approve(suspended.id, user=stage.dan, now=NOW)


def test_a_term_that_is_over_is_made_no_longer(stage: Stage, suspended: Measure) -> None:
    stage.sanction(stage.case(), "suspend", None)
    with pytest.raises(Conflict):
        approve(suspended.id, user=stage.dan, now=UNTIL)
    Measure.objects.update(expires_at=NOW, parameters={})
    with pytest.raises(StillLifting):
        stage.sanction(stage.case(), "suspend", None)


def test_what_still_waits_is_agreed_to_with_its_longest_term(stage: Stage) -> None:
    for until in (UNTIL, None):
        stage.sanction(stage.case(), "suspend", until)
    assert (Measure.objects.get().state, end()) == ("proposed", None)


def test_a_wide_block_is_made_longer_by_two(stage: Stage) -> None:
    terms = {"terms": [{"text": "light", "language": "en"}]}
    [measure] = stage.impose(
        stage.case(), Order("prompt_block", parameters=terms, expires_at=UNTIL)
    )
    approve(measure.id, user=stage.dan, now=NOW)
    stage.impose(stage.case(), Order("prompt_block", parameters=terms))
    assert PromptRule.objects.get(ended_at=None).expires_at == UNTIL
    approve(measure.id, user=stage.dan, now=NOW)
    assert (end(), PromptRule.objects.get(ended_at=None).expires_at) == (None, None)
