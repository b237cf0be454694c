"""Ordering measures: what is ordered at once, what waits, what is refused."""

from datetime import timedelta

import pytest

from common.errors import Conflict, Forbidden
from measures.errors import BadOrder, StillLifting
from measures.models import Measure, MeasureGround
from measures.services.orders import Order
from notices.models import Case, CaseRegime
from platforms.models import PlatformUser
from tests.measures.conftest import NOW, Stage


def test_a_removal_is_ordered_at_once_and_the_regime_carries_measures(stage: Stage) -> None:
    case = stage.case()
    measure = stage.removal(case)
    assert measure.state == "ordered"
    assert not measure.approval_required
    assert CaseRegime.objects.get(case=case).state == "measures"


def test_a_takedown_waits_for_approval_and_the_regime_stays_open(stage: Stage) -> None:
    case = stage.case()
    [measure] = stage.impose(case, Order("model_takedown", artefact=stage.artefact("model")))
    assert (measure.state, measure.approval_required) == ("proposed", True)
    assert CaseRegime.objects.get(case=case).state == "open"


@pytest.mark.parametrize(
    ("level", "state"),
    [
        ("warn", "ordered"),
        ("restrict", "ordered"),
        ("suspend", "proposed"),
        ("terminate", "proposed"),
    ],
)
def test_from_suspension_up_a_sanction_waits_for_approval(
    stage: Stage, level: str, state: str
) -> None:
    assert stage.sanction(stage.case(), level).state == state


def test_a_user_is_sanctioned_only_for_an_item_of_their_own(stage: Stage) -> None:
    pia = PlatformUser.objects.create(platform=stage.platform, external_id="user_pia", handle="pia")
    case = stage.case()
    his = stage.item(case, stage.artefact())
    for item in (his, None):
        with pytest.raises(BadOrder, match="against pia must stand on an upheld item of their own"):
            stage.impose(case, Order("user_sanction", item, None, pia, "warn"))
    assert not Measure.objects.exists()


def test_what_is_sent_is_fixed_with_the_order_and_names_the_case(stage: Stage) -> None:
    case = stage.case()
    measure = stage.removal(case)
    assert measure.artefact
    assert measure.request == {
        "kind": "content_removal",
        "target": {"type": "artefact", "id": measure.artefact.external_id},
        "parameters": {},
        "case": case.reference,
        "reason_code": "copyright",
    }


def test_a_second_case_adds_a_ground_and_no_second_measure(stage: Stage) -> None:
    artefact = stage.artefact()
    [first] = stage.impose(stage.case(), Order("content_removal", artefact=artefact))
    [second] = stage.impose(stage.case(), Order("content_removal", artefact=artefact))
    assert first.id == second.id
    assert MeasureGround.objects.filter(measure=first, ended_at=None).count() == 2


def test_the_same_order_twice_changes_nothing(stage: Stage) -> None:
    case, order = stage.case(), Order("content_removal", artefact=stage.artefact())
    stage.impose(case, order)
    stage.impose(case, order)
    assert MeasureGround.objects.filter(case=case).count() == 1


def test_two_regimes_of_a_case_are_two_grounds(stage: Stage) -> None:
    case = stage.case("cn-civil-code", "eu-dsa-16")
    assert MeasureGround.objects.filter(measure=stage.removal(case)).count() == 2


def test_measures_come_back_in_the_order_of_the_orders(stage: Stage) -> None:
    artefacts = [stage.artefact() for _ in range(5)]
    measures = stage.impose(
        stage.case(), *(Order("content_removal", artefact=a) for a in artefacts)
    )
    assert [measure.artefact_id for measure in measures] == [a.id for a in artefacts]


def test_a_longer_term_replaces_a_shorter_one(stage: Stage) -> None:
    def restrict(days: int | None) -> Measure:
        until = NOW + timedelta(days=days) if days else None
        measure = stage.sanction(stage.case(), "restrict", until)
        return Measure.objects.get(id=measure.id)

    assert restrict(7).expires_at == NOW + timedelta(days=7)
    assert restrict(3).expires_at == NOW + timedelta(days=7)
    assert restrict(None).expires_at is None


def test_an_item_that_was_not_upheld_carries_no_measure(stage: Stage) -> None:
    case, artefact = stage.case(), stage.artefact()
    item = stage.item(case, artefact, "declined")
    with pytest.raises(BadOrder, match="not upheld"):
        stage.impose(case, Order("content_removal", item=item))


def test_an_item_of_another_case_carries_no_measure(stage: Stage) -> None:
    item = stage.item(stage.case(), stage.artefact())
    with pytest.raises(BadOrder, match="another case"):
        stage.impose(stage.case(), Order("content_removal", item=item))


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (Order("content_removal"), "its target is not known"),
        (Order("banishment"), "no such kind"),
        (Order("user_sanction", level="warn"), "its target is not known"),
        (Order("prompt_block"), "at least one term"),
        (Order("prompt_block", parameters={"terms": [{"text": "狐灵"}]}), "language"),
    ],
)
def test_an_order_that_cannot_be_is_refused_with_a_sentence(
    stage: Stage, order: Order, sentence: str
) -> None:
    with pytest.raises(BadOrder, match=sentence):
        stage.impose(stage.case(), order)
    assert not Measure.objects.exists()


def test_a_family_acts_only_on_its_own_kinds(stage: Stage) -> None:
    with pytest.raises(BadOrder, match="cannot act on"):
        stage.impose(stage.case(), Order("model_takedown", artefact=stage.artefact("output")))


def test_a_sanction_needs_a_level_and_nothing_else_has_one(stage: Stage) -> None:
    case, artefact = stage.case(), stage.artefact()
    item = stage.item(case, artefact)
    for order in (
        Order("user_sanction", item, platform_user=stage.paul),
        Order("content_removal", artefact=artefact, level="warn"),
    ):
        with pytest.raises(BadOrder, match="level"):
            stage.impose(case, order)


def test_somebody_without_the_role_orders_nothing(stage: Stage) -> None:
    order = Order("content_removal", artefact=stage.artefact())
    for person in (stage.eve, stage.eno):
        with pytest.raises(Forbidden):
            stage.impose(stage.case(), order, user=person)


def test_a_notice_that_was_not_accepted_carries_no_measure(stage: Stage) -> None:
    case = stage.case()
    undecided = Case.objects.create(
        reference="N-2026-000000-X",
        platform=stage.platform,
        language="en",
        title="",
        filed_at=NOW,
    )
    CaseRegime.objects.filter(case=case).update(case=undecided)
    with pytest.raises(Conflict, match="Accept the notice first"):
        stage.impose(undecided, Order("content_removal", artefact=stage.artefact()))


def test_a_target_that_is_just_being_given_back_is_not_taken_again(stage: Stage) -> None:
    artefact = stage.artefact()
    order = Order("content_removal", artefact=artefact)
    [measure] = stage.impose(stage.case(), order)
    stage.execute(measure)
    stage.release(measure)
    with pytest.raises(StillLifting):
        stage.impose(stage.case(), order)
    stage.lift(measure)
    assert stage.impose(stage.case(), order)[0].id != measure.id
