"""The machines of the families: declared once, and guarded by the database."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from evidence.models import Transition
from measures.models import FAMILY_MODELS, Measure
from measures.states import ENDED, MeasureState
from tests.measures.conftest import NOW, Stage, declared


@pytest.mark.django_db
def test_the_database_holds_the_declared_table() -> None:
    rows = Transition.objects.filter(machine__startswith="measure.")
    assert set(rows.values_list("machine", "source", "target")) == declared()


def test_ended_measures_have_no_way_out() -> None:
    steps = {(source, target) for _, source, target in declared()}
    sources = {source for source, _ in steps}
    # But a ticket that a later build lost is opened again.
    assert {step for step in steps if step[0] in ENDED} == {("done", "in_progress")}
    assert sources | set(ENDED) == {"", *MeasureState.values}


@pytest.mark.parametrize("target", MeasureState.values)
def test_the_database_refuses_every_step_outside_the_table(stage: Stage, target: str) -> None:
    measure = stage.removal(stage.case())
    allowed = ("measure.content_removal", "ordered", target) in declared() or target == "ordered"
    try:
        with transaction.atomic():
            Measure.objects.filter(id=measure.id).update(state=target)
    except DatabaseError:
        assert not allowed
    else:
        assert allowed


def test_a_measure_keeps_its_family(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    with pytest.raises(DatabaseError), transaction.atomic():
        Measure.objects.filter(id=measure.id).update(family="model_takedown", state="executing")


def test_the_tests_are_not_the_owner(stage: Stage) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("redress_app",)


def test_the_database_knows_one_live_measure_per_target(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    copy = {
        "family": measure.family,
        "platform": measure.platform,
        "artefact": measure.artefact,
        "approval_required": False,
        "ordered_by": stage.tara,
        "ordered_at": NOW,
    }
    with (
        pytest.raises(IntegrityError, match="one_live_measure_per_artefact"),
        transaction.atomic(),
    ):
        FAMILY_MODELS[measure.family].objects.create(state="ordered", **copy)


def test_the_database_knows_that_a_measure_has_one_target(stage: Stage) -> None:
    measure = stage.removal(stage.case())
    with pytest.raises(IntegrityError, match="measure_has_one_target"), transaction.atomic():
        Measure.objects.filter(id=measure.id).update(platform_user=stage.paul)
