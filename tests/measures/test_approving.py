"""The second pair of eyes: never the same person, in the service and in the database."""

import pytest
from django.db import IntegrityError, transaction

from common.errors import Conflict, Forbidden, RedressError
from evidence.models import LedgerEntry
from measures.errors import OwnMeasure
from measures.models import FAMILY_MODELS, Measure
from measures.selectors import awaiting_approval
from measures.services import approve, may_judge, refuse
from measures.services.orders import Order
from notices.models import CaseRegime
from tests.measures.conftest import NOW, Stage


@pytest.fixture
def takedown(stage: Stage) -> Measure:
    """Lea ordered it, in a case that Tara decided."""
    order = Order("model_takedown", artefact=stage.artefact("model"))
    return stage.impose(stage.case(), order, user=stage.lea)[0]


def test_another_person_approves_and_the_measure_is_ordered(
    stage: Stage, takedown: Measure
) -> None:
    assert approve(takedown.id, user=stage.dan, now=NOW).state == "ordered"
    assert CaseRegime.objects.get().state == "measures"
    assert stage.execute(takedown).state == "in_force"


def test_who_decided_the_case_approves_nothing_in_it(stage: Stage, takedown: Measure) -> None:
    with pytest.raises(OwnMeasure):
        approve(takedown.id, user=stage.tara, now=NOW)


def test_nobody_approves_what_they_ordered(stage: Stage) -> None:
    order = Order("model_takedown", artefact=stage.artefact("model"))
    [measure] = stage.impose(stage.case(), order, user=stage.dan)
    with pytest.raises(OwnMeasure):
        approve(measure.id, user=stage.dan, now=NOW)


def test_who_stood_a_further_case_behind_it_does_not_approve_it(
    stage: Stage, takedown: Measure
) -> None:
    order = Order("model_takedown", artefact=takedown.artefact)
    stage.impose(stage.case(), order, user=stage.dan)
    with pytest.raises(OwnMeasure):
        approve(takedown.id, user=stage.dan, now=NOW)


def test_only_an_approver_approves(stage: Stage, takedown: Measure) -> None:
    for person in (stage.lea, stage.eno, stage.eve):
        with pytest.raises(Forbidden):
            approve(takedown.id, user=person, now=NOW)


def test_refusing_needs_a_reason_and_ends_the_proposal(stage: Stage, takedown: Measure) -> None:
    with pytest.raises(RedressError):
        refuse(takedown.id, "  ", user=stage.dan, now=NOW)
    refused = refuse(takedown.id, "The licence covers it.", user=stage.dan, now=NOW)
    assert (refused.state, refused.refused_by) == ("cancelled", stage.dan)
    assert not refused.grounds.filter(ended_at=None).exists()
    entry = LedgerEntry.objects.get(event="measure.refused")
    assert "licence" not in str(entry.facts)
    assert entry.payload_sha256


def test_nobody_refuses_what_they_ordered(stage: Stage) -> None:
    order = Order("model_takedown", artefact=stage.artefact("model"))
    [measure] = stage.impose(stage.case(), order, user=stage.dan)
    with pytest.raises(OwnMeasure):
        refuse(measure.id, "No.", user=stage.dan, now=NOW)


def test_what_was_approved_is_neither_approved_nor_refused_again(
    stage: Stage, takedown: Measure
) -> None:
    approve(takedown.id, user=stage.dan, now=NOW)
    with pytest.raises(Conflict):
        approve(takedown.id, user=stage.dan, now=NOW)
    with pytest.raises(Conflict):
        refuse(takedown.id, "Late.", user=stage.dan, now=NOW)


def test_an_unapproved_measure_is_never_sent(stage: Stage, takedown: Measure) -> None:
    assert stage.execute(takedown).state == "proposed"
    assert stage.client.calls == []


def test_each_approver_sees_what_they_may_judge(stage: Stage, takedown: Measure) -> None:
    assert list(awaiting_approval(stage.dan)) == [takedown]
    assert may_judge(takedown, stage.dan)
    for person in (stage.tara, stage.lea, stage.eve):
        assert not awaiting_approval(person).exists()
        assert not may_judge(takedown, person)


def test_the_database_refuses_a_self_approval(stage: Stage, takedown: Measure) -> None:
    with pytest.raises(IntegrityError, match="nobody_approves_their_own"), transaction.atomic():
        Measure.objects.filter(id=takedown.id).update(
            state="ordered", approved_by=stage.lea, approved_at=NOW
        )


def test_the_database_refuses_a_step_without_approval(takedown: Measure) -> None:
    with pytest.raises(IntegrityError, match="no_step_without_approval"), transaction.atomic():
        Measure.objects.filter(id=takedown.id).update(state="ordered")


def test_the_database_refuses_to_waive_the_approval(takedown: Measure) -> None:
    with pytest.raises(IntegrityError, match="heavy_measures_need_approval"), transaction.atomic():
        Measure.objects.filter(id=takedown.id).update(approval_required=False)


@pytest.mark.parametrize("level", ["suspend", "terminate"])
def test_the_database_refuses_a_heavy_sanction_born_as_ordered(stage: Stage, level: str) -> None:
    with pytest.raises(IntegrityError, match="no_step_without_approval"), transaction.atomic():
        FAMILY_MODELS["user_sanction"].objects.create(
            family="user_sanction",
            level=level,
            platform=stage.platform,
            platform_user=stage.paul,
            state="ordered",
            approval_required=True,
            ordered_by=stage.tara,
            ordered_at=NOW,
        )
