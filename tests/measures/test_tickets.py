"""A ticket: opened with its suites and clock, planned, moved, and ended by what its suites show."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from common.errors import Conflict, Forbidden, NotFound, RedressError
from deadlines.models import Deadline
from evidence.models import LedgerEntry
from measures.models import Measure, Probe, RoleTest, Ticket, TicketModel
from measures.services import progress_ticket
from measures.services.orders import Order
from measures.services.role_test import Role, record_role, suggested
from measures.services.sweep import sweep
from measures.services.tickets import Plan, ask_for_run, move_ticket, plan_ticket
from measures.services.upstream import PassOn, pass_on
from notifications.models import Message
from platforms.models import ArtefactKin
from tests.measures.conftest import NOW, Stage
from tests.measures.model_platform import PROBES, TERMS, Workshop, workshop

HOUR = timedelta(hours=1)
REASONS = {"en": "It calls Brush AI's interface.", "zh-Hans": "本服务调用第三方接口。"}


@pytest.fixture
def shop(stage: Stage) -> Workshop:
    return workshop(stage)


def prompts(ticket: Ticket, kind: str) -> list[tuple[str, int]]:
    rows = Probe.objects.filter(suite__ticket=ticket, suite__kind=kind, state="in_use")
    return list(rows.values_list("prompt", "seed"))


def events() -> list[str]:
    found = LedgerEntry.objects.filter(event__startswith="ticket.").order_by("sequence")
    return list(found.values_list("event", flat=True))


def test_a_ticket_is_opened_with_the_measure_its_suites_and_its_clock(shop: Workshop) -> None:
    ticket = shop.ticket
    assert (ticket.stage, ticket.mitigation, ticket.owner) == ("new", "", None)
    assert len(prompts(ticket, "normal")) == 4, "two prompts, two seeds each"
    adversarial = [prompt for prompt, _seed in prompts(ticket, "adversarial")]
    assert adversarial[:2] == ["the f0x sp1rit, please"] * 2
    assert len(adversarial) > 4, "and the term in disguise"
    assert "Fox Spirit" not in adversarial
    clock = Deadline.objects.get(kind="measures.ticket", subject_id=shop.measure.id)
    assert clock.due_at - NOW > timedelta(days=29)
    assert events() == ["ticket.opened"]


def test_what_was_made_from_the_model_is_affected_too(stage: Stage) -> None:
    model, version = stage.artefact("model"), stage.artefact("model_version")
    other = stage.artefact("output")
    for kin, relation in ((version, "version"), (other, "example")):
        ArtefactKin.objects.create(artefact=model, kin=kin, relation=relation, steps=1, read_at=NOW)
    order = Order("model_optimisation", artefact=model, parameters={"terms": TERMS})
    [measure] = stage.impose(stage.case(), order)
    names = TicketModel.objects.filter(ticket=measure.id).values_list("artefact", flat=True)
    assert set(names) == {model.id, version.id}


def test_upheld_outputs_are_probed_with_the_prompt_and_seed_that_made_them(stage: Stage) -> None:
    case, model, output = stage.case(), stage.artefact("model"), stage.artefact()
    output.record = {
        "generation": {"prompt": "fox in snow", "seed": 77, "model": model.external_id, "loras": []}
    }
    output.save()
    stage.item(case, output)
    prompted = stage.item(case, stage.artefact("model"))
    prompted.kind, prompted.locator, prompted.artefact = "prompt", "a white fox mask", None
    prompted.save()
    order = Order("model_optimisation", artefact=model, parameters={"terms": TERMS})
    [measure] = stage.impose(case, order)
    found = prompts(Ticket.objects.get(measure=measure), "normal")
    assert ("fox in snow", 77) in found
    assert [prompt for prompt, _seed in found].count("a white fox mask") == 2


def test_a_further_case_brings_its_own_probes(shop: Workshop) -> None:
    stage, before = shop.stage, len(prompts(shop.ticket, "normal"))
    case, model = stage.case(), shop.measure.artefact
    assert model is not None
    prompted = stage.item(case, stage.artefact("model"))
    prompted.kind, prompted.locator, prompted.artefact = "prompt", "the fox at the gate", None
    prompted.save()
    order = Order("model_optimisation", artefact=model, parameters={"terms": TERMS})
    assert stage.impose(case, order) == [shop.measure]
    assert len(prompts(shop.ticket, "normal")) == before + 2
    assert shop.ticket.suites.get(kind="normal").version == 2


def test_an_engineer_plans_owns_and_moves(shop: Workshop) -> None:
    eno = shop.stage.eno
    with pytest.raises(RedressError, match="first what is to be done"):
        move_ticket(shop.measure.id, "mitigating", user=eno, now=NOW)
    plan_ticket(shop.measure.id, Plan("fine_tune", eno), user=eno, now=NOW)
    assert (shop.ticket.stage, shop.ticket.owner) == ("scoped", eno)
    assert Deadline.objects.get(kind="measures.ticket").owner_id == eno.id
    move_ticket(shop.measure.id, "mitigating", user=eno, now=NOW)
    assert shop.ticket.stage == "mitigating"
    assert events() == ["ticket.opened", "ticket.changed", "ticket.changed"]


@pytest.mark.parametrize("name", ["tara", "dan", "eve"])
def test_nobody_but_an_engineer_moves_a_ticket(shop: Workshop, name: str) -> None:
    user = getattr(shop.stage, name)
    with pytest.raises(Forbidden):
        move_ticket(shop.measure.id, "scoped", user=user, now=NOW)
    with pytest.raises(Forbidden):
        plan_ticket(shop.measure.id, Plan("fine_tune", None), user=user, now=NOW)


def test_a_ticket_that_nobody_ran_is_not_done_by_a_word(shop: Workshop) -> None:
    eno = shop.stage.eno
    with pytest.raises(Conflict, match="before its suites have run"):
        move_ticket(shop.measure.id, "done", user=eno, now=NOW)
    with pytest.raises(Conflict, match="before its suites have run"):
        progress_ticket(shop.measure.id, "done", "Retrained.", user=eno, now=NOW)
    assert shop.state == "in_progress"


def test_the_database_lets_no_ticket_be_done_whose_suites_do_not_hold(shop: Workshop) -> None:
    row = Measure.objects.filter(id=shop.measure.id)
    with pytest.raises(IntegrityError, match="suites do not hold"), transaction.atomic():
        row.update(state="done")
    shop.look(NOW)
    with pytest.raises(IntegrityError, match="suites do not hold"), transaction.atomic():
        row.update(state="done")
    shop.platform.knows, shop.platform.build = set(), "ink+1"
    shop.look(NOW + HOUR)
    row.update(state="done")


def test_not_possible_ends_the_ticket_and_its_clock(shop: Workshop) -> None:
    progress_ticket(shop.measure.id, "not_possible", "Not ours.", user=shop.stage.eno, now=NOW)
    assert shop.state == "not_possible"
    assert Deadline.objects.get(kind="measures.ticket").state == "stopped"
    with pytest.raises(Conflict):
        ask_for_run(shop.measure.id, user=shop.stage.eno, now=NOW)


def test_the_clock_of_a_ticket_that_was_called_off_stops(shop: Workshop) -> None:
    shop.stage.release(shop.measure)
    shop.stage.lift(shop.measure)
    assert sweep(NOW).tickets == 1
    assert Deadline.objects.get(kind="measures.ticket").state == "stopped"
    assert sweep(NOW).tickets == 0


def test_a_provider_upstream_is_not_told_that_a_ticket_ended_because_it_is_done(
    stage: Stage,
) -> None:
    shop = workshop(stage)
    model = shop.measure.artefact
    assert model is not None
    model.record = {"generation": {"upstream": "Brush AI"}}
    model.save()
    pass_on(shop.measure.id, PassOn("Brush AI", "", "en"), user=stage.tara, now=NOW)
    shop.platform.knows = set()
    shop.look(NOW)
    move_ticket(shop.measure.id, "done", user=stage.eno, now=NOW)
    assert sweep(NOW).upstream == 0
    stage.release(shop.measure)
    assert sweep(NOW).upstream == 1


def test_training_data_is_taken_out_only_where_the_service_trained(shop: Workshop) -> None:
    eno, tara = shop.stage.eno, shop.stage.tara
    plan = Plan("data_removal", None)
    with pytest.raises(RedressError, match="role test"):
        plan_ticket(shop.measure.id, plan, user=eno, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(measure=shop.measure).update(mitigation="data_removal")
    record_role(shop.measure.id, Role("service", REASONS), user=tara, now=NOW)
    plan_ticket(shop.measure.id, plan, user=eno, now=NOW)
    assert shop.ticket.mitigation == "data_removal"


def test_who_did_not_train_says_so_with_reasons_and_the_plan_falls(shop: Workshop) -> None:
    tara = shop.stage.tara
    record_role(shop.measure.id, Role("service", REASONS), user=tara, now=NOW)
    plan_ticket(shop.measure.id, Plan("data_removal", None), user=shop.stage.eno, now=NOW)
    record_role(shop.measure.id, Role("upstream", REASONS), user=tara, now=NOW + HOUR)
    ticket = shop.ticket
    assert (ticket.trained_by, ticket.mitigation, ticket.upstream) == ("upstream", "", True)
    letter = Message.objects.filter(template="training_role_answered").latest("queued_at")
    assert "This service did not train the model." in letter.text
    assert "It calls Brush AI's interface." in letter.text
    assert LedgerEntry.objects.filter(event="ticket.role_tested").count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        RoleTest.objects.update(trained_by="service")


def test_a_role_test_needs_a_caseworker_and_both_languages(shop: Workshop) -> None:
    with pytest.raises(Forbidden):
        record_role(shop.measure.id, Role("upstream", REASONS), user=shop.stage.eno, now=NOW)
    for role in (Role("upstream", {"en": "Only English."}), Role("nobody", REASONS)):
        with pytest.raises(RedressError):
            record_role(shop.measure.id, role, user=shop.stage.tara, now=NOW)


def test_records_suggest_who_trained(stage: Stage) -> None:
    shop = workshop(stage, PROBES)
    assert suggested(shop.measure) == ""
    ArtefactKin.objects.create(
        artefact=shop.measure.artefact,
        kin=stage.artefact("training_picture"),
        relation="training_picture",
        steps=1,
        read_at=NOW,
    )
    assert suggested(shop.measure) == "user_here"


def test_there_is_no_ticket_for_another_measure(stage: Stage) -> None:
    removal = stage.removal(stage.case())
    with pytest.raises(NotFound):
        move_ticket(removal.id, "scoped", user=stage.eno, now=NOW)
