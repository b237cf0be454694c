from datetime import timedelta
from io import StringIO

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.utils.translation import override

from deadlines import registry
from deadlines.models import Deadline
from deadlines.registry import AlreadyRegistered, Kind, register
from deadlines.rules import ON_THE_WAY
from deadlines.services import Subject, hand_over
from deadlines.states import OPEN, SENTENCES, State
from deadlines.tasks import sweep_deadlines
from evidence.models import Transition
from tests.database import Clock
from tests.deadlines.conftest import END, PERIOD, Handlers, fresh_subject
from tests.deadlines.steps import start_duty, start_period, stored

pytestmark = pytest.mark.django_db


def test_the_database_lists_the_very_transitions_that_the_model_declares() -> None:
    declared = {("", str(State.RUNNING))} | {
        (str(t.source), str(t.target))
        for t in Deadline._meta.get_field("state").get_all_transitions(Deadline)
    }
    listed = Transition.objects.filter(machine="deadline").values_list("source", "target")

    assert set(listed) == declared


def test_no_way_leads_out_of_an_end_and_every_state_has_its_sentence() -> None:
    sources = {t.source for t in Deadline._meta.get_field("state").get_all_transitions(Deadline)}

    assert sources == set(OPEN)
    assert set(SENTENCES) == set(State)
    with override("en"):
        assert all(str(sentence).endswith(".") for sentence in SENTENCES.values())


def test_an_open_clock_whose_kind_nobody_handles_fails_the_system_check(
    handlers: Handlers, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_period(subject)
    assert run_checks(tags=[Tags.database], databases=["default"]) == []

    monkeypatch.delitem(registry.KINDS, PERIOD)
    errors = run_checks(tags=[Tags.database], databases=["default"])

    assert [error.id for error in errors] == ["deadlines.E001"]
    assert PERIOD in errors[0].msg


def test_a_closed_clock_needs_no_handler_any_more(
    handlers: Handlers, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_period(subject)
    call_command("sweep_deadlines", stdout=StringIO())
    monkeypatch.delitem(registry.KINDS, PERIOD)

    assert run_checks(tags=[Tags.database], databases=["default"]) == []


def test_one_name_has_one_handler(handlers: Handlers) -> None:
    register(registry.KINDS[PERIOD])
    with pytest.raises(AlreadyRegistered):
        register(Kind(PERIOD))


def test_the_command_and_the_task_read_the_databases_clock(
    handlers: Handlers, subject: Subject, clock: Clock
) -> None:
    out = StringIO()
    start_period(subject)
    start_period(fresh_subject())
    clock.set(END)

    call_command("sweep_deadlines", stdout=out)

    assert "fired=2" in out.getvalue()
    assert sweep_deadlines()["fired"] == 0


def test_the_task_waits_for_who_acted_at_the_last_moment_and_dates_it_back(
    handlers: Handlers, subject: Subject, clock: Clock
) -> None:
    row = start_period(subject)
    clock.set(END + ON_THE_WAY - timedelta(microseconds=1))
    assert sweep_deadlines()["fired"] == 0

    clock.set(END + ON_THE_WAY)
    assert sweep_deadlines()["fired"] == 1
    assert stored(row).closed_at == END


def test_the_providers_clocks_go_to_who_takes_the_case(
    handlers: Handlers, subject: Subject
) -> None:
    duty, theirs = start_duty(subject), start_period(subject)
    tara = fresh_subject().subject_id

    assert hand_over(subject.case_id, tara) == 1
    assert stored(duty).owner_id == tara
    assert stored(theirs).owner_id is None
