"""A measure may hold what another user made from an item: that user is told, may answer, and gets it back."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.services.uphold import uphold
from counternotices.models import CounterNotice
from counternotices.selectors import contestable_regimes
from counternotices.services import arrivals
from deadlines.services import sweep
from measures.models import Measure
from measures.selectors import measures_touching, people_affected
from measures.services.orders import Order
from notices.models import Case, CaseRegime, ClaimedItem
from notices.services.claims import claim
from notices.services.decisions import Ruling
from notifications.models import Message
from platforms.models import PlatformUser
from tests.counternotices.stage import DECIDED, REASONS, Stage

ARRIVED = datetime(2026, 9, 16, 2, tzinfo=UTC)


@pytest.fixture
def pia(stage: Stage) -> PlatformUser:
    return stage.user("pia")


@pytest.fixture
def case(stage: Stage, pia: PlatformUser) -> Case:
    """Paul's picture and Pia's variation of it are removed; only Paul's was claimed."""
    made = stage.filed(stage.artefact("out_1"))
    claim(made.id, user=stage.tara, now=DECIDED)
    item = ClaimedItem.objects.select_related("artefact").get(notice__case=made)
    item.outcome = "upheld"
    orders = [
        Order("content_removal", item=item),
        Order("content_removal", item=item, artefact=stage.artefact("out_of_pia", pia)),
    ]
    uphold(made.id, Ruling(REASONS, {item.id: "upheld"}), orders, user=stage.tara, now=DECIDED)
    stage.in_force(made)
    return Case.objects.get(id=made.id)


def letter(person: PlatformUser) -> str:
    return Message.objects.get(template="statement_of_reasons", address=person.email).text


def standing(case: Case) -> dict[str, bool]:
    rows = Measure.objects.filter(grounds__case=case).select_related("artefact").distinct()
    return {
        row.artefact.external_id: row.grounds.filter(ended_at=None).exists()
        for row in rows
        if row.artefact
    }


def waited_out(stage: Stage, counter: CounterNotice) -> None:
    """Arrived, and nobody went to court."""
    stage.deliver(counter, ARRIVED)
    arrivals.sweep(ARRIVED + timedelta(hours=1))
    sweep.run(ARRIVED + timedelta(days=40))


def test_both_are_told_each_of_their_own_alone(stage: Stage, case: Case, pia: PlatformUser) -> None:
    assert people_affected(case) == [stage.paul, pia]
    assert "out_of_pia" in letter(pia)
    assert "out_of_pia" not in letter(stage.paul)
    assert [m.artefact.external_id for m in measures_touching(case.id, stage.paul.id)] == ["out_1"]


def test_the_other_may_answer_and_gets_back_what_is_theirs_and_no_more(
    stage: Stage, case: Case, pia: PlatformUser
) -> None:
    assert contestable_regimes(case.id, pia.id)
    counter = stage.forwarded(case, pia)
    waited_out(stage, counter)
    assert CounterNotice.objects.get(id=counter.id).state == "prevailed"
    assert standing(case) == {"out_1": True, "out_of_pia": False}
    assert CaseRegime.objects.get(case=case).state != "restored"


def test_what_was_made_from_an_item_goes_back_with_it(
    stage: Stage, case: Case, pia: PlatformUser
) -> None:
    counter = stage.forwarded(case)
    waited_out(stage, counter)
    assert standing(case) == {"out_1": False, "out_of_pia": False}
    told = Message.objects.get(template="restored_respondent", address=pia.email).text
    assert "from which yours was made" in told
    assert counter.reference not in told
