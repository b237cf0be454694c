"""The engineers' board and the ticket's page: moved by presses without JavaScript, seen by staff, named nobody."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from evidence.models import LedgerEntry
from measures.models import Probe, ProbeResult, Ticket
from measures.services.probes import propose_probe
from measures.services.tickets import Plan, plan_ticket
from tests.database import Clock
from tests.measures.conftest import NOW, Stage
from tests.measures.conftest import stage as stage  # the fixture
from tests.measures.model_platform import Workshop, workshop
from tests.measures.test_acknowledging import PLATFORM
from users.models import LinkPurpose, User
from users.services.links import issue_link

HOUR = timedelta(hours=1)
REASONS = {"reasons_en": "It calls an interface.", "reasons_zh": "本服务调用第三方接口。"}


@pytest.fixture
def shop(stage: Stage, clock: Clock, settings: LazySettings) -> Workshop:
    settings.STAFF_MFA_REQUIRED = False
    clock.set(NOW + HOUR)
    return workshop(stage)


def page(client: Client, name: str, *arguments: object) -> str:
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def press(
    client: Client, user: User, name: str, id: object, data: dict[str, object] | None = None
) -> int:
    client.force_login(user)
    return client.post(reverse(name, args=[id]), data or {}).status_code


def planned(shop: Workshop) -> None:
    eno = shop.stage.eno
    plan_ticket(shop.measure.id, Plan("fine_tune", eno), user=eno, now=NOW)


def test_the_board_shows_stage_probes_owner_and_clock_and_nobodys_name(
    client: Client, shop: Workshop
) -> None:
    planned(shop)
    shop.look(NOW)
    client.force_login(shop.stage.eno)
    board = page(client, "ticket-board")
    for words in (
        shop.ticket.name,
        "model_",
        "Fine-tuning",
        "owner: Eno",
        "1 case",
        "Change the model",
    ):
        assert words in board, words
    assert board.index('data-column="scoped"') < board.index(shop.ticket.name)
    assert 'draggable="true"' in board
    for secret in ("Nora", "paul", "Tara", shop.case.reference):
        assert secret not in board


def test_a_card_is_moved_by_its_own_form(client: Client, shop: Workshop) -> None:
    planned(shop)
    assert (
        press(client, shop.stage.eno, "ticket-move", shop.measure.id, {"column": "mitigating"})
        == 302
    )
    assert shop.ticket.stage == "mitigating"
    assert (
        press(client, shop.stage.tara, "ticket-move", shop.measure.id, {"column": "scoped"}) == 403
    )


def test_a_card_that_may_not_be_closed_stays_and_says_why(client: Client, shop: Workshop) -> None:
    planned(shop)
    shop.look(NOW)
    client.force_login(shop.stage.eno)
    board = reverse("ticket-board")
    answer = client.post(
        reverse("ticket-move", args=[shop.measure.id]),
        {"column": "done"},
        follow=True,
        headers={"referer": f"http://testserver{board}"},
    )
    assert "probes still bring the work out" in answer.content.decode()
    assert shop.state == "in_progress"


def test_the_page_shows_models_runs_probes_and_outputs(client: Client, shop: Workshop) -> None:
    shop.look(NOW)
    client.force_login(shop.stage.eno)
    text = page(client, "ticket", shop.measure.id)
    for words in ("ink+0", "0/4", "a song about the fox spirit", "Failed", "Role test", "out_0"):
        assert words in text, words
    assert shop.case.reference not in text
    client.force_login(shop.stage.tara)
    assert shop.case.reference in page(client, "ticket", shop.measure.id)


def test_plan_probe_and_run_are_pressed_on_the_page(client: Client, shop: Workshop) -> None:
    id, eno = shop.measure.id, shop.stage.eno
    plan = {"mitigation": "guidance", "owner": str(eno.id)}
    assert press(client, eno, "ticket-plan", id, plan) == 302
    assert press(client, eno, "ticket-plan", id, {"mitigation": "data_removal"}) == 422
    assert (shop.ticket.mitigation, shop.ticket.owner) == ("guidance", eno)
    wish = {"suite": "adversarial", "prompt": "huling", "seed": ""}
    assert press(client, eno, "ticket-probe", id, wish) == 302
    assert press(client, eno, "ticket-probe", id, wish) == 422
    assert press(client, eno, "ticket-run", id) == 302
    assert shop.ticket.models.get().asked_at is not None


def test_the_role_test_is_recorded_by_a_caseworker_and_kept_as_typed(
    client: Client, shop: Workshop
) -> None:
    id, tara = shop.measure.id, shop.stage.tara
    assert press(client, shop.stage.eno, "ticket-role", id, {"trained_by": "upstream"}) == 403
    client.force_login(tara)
    address = reverse("ticket-role", args=[id])
    refused = client.post(address, {"trained_by": "upstream", "reasons_en": "Half of it."})
    assert refused.status_code == 422
    assert "Half of it." in refused.content.decode()
    assert press(client, tara, "ticket-role", id, {"trained_by": "upstream", **REASONS}) == 302
    assert "It calls an interface." in page(client, "ticket", id)


def test_a_person_counts_an_output_as_similar(client: Client, shop: Workshop) -> None:
    shop.platform.knows = set()
    shop.look(NOW)
    result = ProbeResult.objects.filter(run__suite__kind="normal").first()
    assert result is not None
    id, tara = shop.measure.id, shop.stage.tara
    assert press(client, tara, "ticket-judge", id, {"result": "nonsense", "note": "x"}) == 422
    said = {"result": str(result.id), "note": "The mask is hers."}
    assert press(client, tara, "ticket-judge", id, said) == 302
    assert "a person saw it" in page(client, "ticket", id)
    assert LedgerEntry.objects.filter(event="ticket.output_judged").exists()


def test_the_right_holder_proposes_and_staff_review(client: Client, shop: Workshop) -> None:
    token = issue_link(LinkPurpose.TRACK, case_id=shop.case.id, now=NOW)
    address = reverse("track-probe", args=[token])
    assert "Changes to the model" in page(client, "track", token)
    assert client.post(address, {"model": str(shop.measure.id), "prompt": ""}).status_code == 422
    said = {"model": str(shop.measure.id), "prompt": "white mask, three red strokes"}
    assert client.post(address, said).status_code == 302
    again = client.post(address, said)
    assert (again.status_code, "among the probes" in again.content.decode()) == (422, True)
    probe = Probe.objects.get(case=shop.case)
    assert "Waits for review" in page(client, "track", token)
    name = f"p{probe.id.hex[:8]}"
    refusal = {f"{name}-decision": "decline", f"{name}-reason": ""}
    assert press(client, shop.stage.eno, "probe-review", probe.id, refusal) == 422
    assert "Proposed by a right holder" in page(client, "ticket", shop.measure.id)
    refusal[f"{name}-reason"] = "It names nobody's work."
    assert press(client, shop.stage.eno, "probe-review", probe.id, refusal) == 302
    told = page(client, "track", token)
    assert "Not used" in told
    assert "It names nobody&#x27;s work." in told


def test_the_tracking_page_says_verified_only_by_test(client: Client, shop: Workshop) -> None:
    token = issue_link(LinkPurpose.TRACK, case_id=shop.case.id, now=NOW)
    assert "ordered; not tested yet" in page(client, "track", token)
    shop.look(NOW)
    assert "being changed; at the last test, 0 of 4 on build ink+0" in page(client, "track", token)
    shop.platform.knows, shop.platform.build = set(), "ink+1"
    planned(shop)
    press(client, shop.stage.eno, "ticket-move", shop.measure.id, {"column": "verifying"})
    shop.look(NOW + HOUR)
    assert "verified on build ink+1, 4 of 4" in page(client, "track", token)
    shop.platform.knows, shop.platform.build = {"fox"}, "ink+2"
    shop.look(NOW + 2 * HOUR)
    assert "a later build lost it: on build ink+2, 0 of 4" in page(client, "track", token)


def test_strangers_and_other_cases_see_nothing(client: Client, shop: Workshop) -> None:
    client.force_login(shop.stage.eve)
    assert client.get(reverse("ticket-board")).status_code == 403
    other = shop.stage.case()
    token = issue_link(LinkPurpose.TRACK, case_id=other.id, now=NOW)
    assert "Changes to the model" not in page(client, "track", token)
    said = {"model": str(shop.measure.id), "prompt": "mine"}
    assert client.post(reverse("track-probe", args=[token]), said).status_code == 302
    assert not Probe.objects.filter(prompt="mine").exists()


def test_board_and_page_cost_as_many_queries_with_many_tickets(
    client: Client, shop: Workshop, django_assert_max_num_queries: object
) -> None:
    client.force_login(shop.stage.eno)
    for size in (1, 8):
        for _one in range(size):
            made = workshop(shop.stage)
            made.look(NOW)
            propose_probe(made.case, made.measure.id, "again", actor=PLATFORM, now=NOW)
        with django_assert_max_num_queries(26):  # type: ignore[operator]
            page(client, "ticket-board")
        with django_assert_max_num_queries(38):  # type: ignore[operator]
            page(client, "ticket", Ticket.objects.latest("number").measure_id)
