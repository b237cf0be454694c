"""Case G: a paid drawing function behind which a third party's model stands, which nobody here trained."""

import re
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.clock import now
from measures.models import Measure, ProbeResult, ProbeRun, Ticket
from measures.services import probe_rounds
from notices.models import Case, ClaimedItem
from platforms.models import Artefact
from platforms.services import client
from tests.conftest import Cast
from tests.journeys.house import House, ledger_is_whole
from tests.journeys.people import NORA, PDF, Staff
from tests.journeys.plot import People
from tests.sandbox.fake_guard import FakeGuard

MODEL, PROVIDER = "upstream-draw", "upstream-draw/api-v2"
OUTPUTS = ("out_4Rv6", "out_4Rf7")
FILED = {
    "found": {
        "outputs": "\n".join(OUTPUTS),
        "models": "",
        "prompts": "generate fox spirit with long hair",
    },
    "sign": {
        "requested_measures": ["content_removal", "model_optimisation", "training_data_removal"]
    },
}
FAMILIES = ["content_removal", "prompt_block", "model_optimisation"]
ROLE = {
    "trained_by": "upstream",
    "reasons_en": "The drawing function calls Upstream Draw; no training is offered or done here.",
    "reasons_zh": "绘画功能调用第三方模型接口，本服务不提供也不进行训练。",
}
BLOCKED = {"decision": "block", "rule": {"id": "r"}, "user_message": {}, "reference": "pc"}


@pytest.fixture
def guard(house: House) -> Iterator[FakeGuard]:
    """What the sandbox asks before it draws: at first it lets everything through."""
    with FakeGuard(house.sandbox.guard_port) as running:
        yield running


@pytest.fixture
def eno(house: House, cast: Cast, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Staff:
    """The engineer; suites are small, for each picture takes its time."""
    settings.PROBE_SEEDS = 1
    monkeypatch.setattr("measures.services.ticket_opening.MOST_PROBES", 4)
    return Staff(house, cast.eno)


def upheld(people: People) -> str:
    reference = people.nora.files(**FILED)
    people.house.at("2026-09-02 10:00:00")
    people.tara.claims(reference)
    people.tara.upholds(reference, families=FAMILIES)
    people.house.crank()
    return reference


def ticket() -> Ticket:
    return Ticket.objects.select_related("measure__artefact").get()


def probes_run(house: House, moment: str) -> None:
    """What the beat does every half minute."""
    house.at(moment)
    probe_rounds.probe(client(), now)
    house.crank()


def counts(kind: str) -> tuple[str, int, int]:
    run = ProbeRun.objects.filter(suite__kind=kind).latest("at")
    return run.verdict, run.asked - run.similar, run.asked


def planned(eno: Staff) -> None:
    eno.open(reverse("ticket", args=[ticket().measure_id]))
    eno.press("Record the plan", {"mitigation": "guidance", "owner": str(eno.user.id)})


def moved(eno: Staff, column: str) -> None:
    eno.open(reverse("ticket-board"))
    eno.press("Move", {"column": column})


def finished_upstream(house: House) -> None:
    """The provider brings a new build out that no longer knows the character."""
    path = f"/sandbox/tickets/{ticket().measure_id}/finish"
    assert house.sandbox.ask("POST", path).status_code == 200


def test_what_is_paid_and_upstream_is_on_record_and_training_data_is_answered_with_the_role_test(
    people: People, guard: FakeGuard, eno: Staff
) -> None:
    reference = upheld(people)
    kinds = ClaimedItem.objects.filter(notice__case__reference=reference)
    assert sorted(kinds.values_list("kind", flat=True)) == ["output", "output", "prompt"]
    made = {
        one.external_id: one.record["generation"]
        for one in Artefact.objects.filter(external_id__in=OUTPUTS)
    }
    assert {one["upstream"] for one in made.values()} == {PROVIDER}
    assert [made[name]["paid"] for name in OUTPUTS] == [True, False]
    notice = Case.objects.get(reference=reference).notice
    assert "training_data_removal" in notice.requested_measures
    assert notice.points.count() == 2, "what is similar is recorded point by point"
    assert [people.house.state(name) for name in OUTPUTS] == ["removed", "removed"]
    for prompt in ("generate Fox Spirit with long hair", "狐灵，长发", "f0x sp1rit", "H u L i n g"):
        assert people.house.guard_says(prompt).outcome == "block", prompt
    assert ticket().measure.artefact is not None
    assert ticket().measure.artefact.external_id == MODEL
    assert ticket().upstream
    who_did_not_train_says_so_with_reasons(people, eno)
    the_measure_is_passed_on_and_the_answer_kept(people, reference)
    what_the_service_owed_is_on_a_sheet(people, reference)


def what_the_service_owed_is_on_a_sheet(people: People, reference: str) -> None:
    duties = {"complaint_channel": "missing", "risk_warning": "missing", "ai_mark": "missing"}
    found = {"fame": ("present", "A series on television since 1966."), "similarity": "present"}
    sheet = people.tara.assesses(reference, {**duties, **found, "fault_lens": "present"})
    for words in (
        "Complaint channel Missing",
        "Warning of copyright risk Missing",
        "AI mark Missing",
    ):
        assert words in sheet.text, words
    assert "A series on television since 1966." in sheet.text
    assert PROVIDER in sheet.text, "whose model it is, is what the house itself holds"


def who_did_not_train_says_so_with_reasons(people: People, eno: Staff) -> None:
    tara, house, measure = people.tara, people.house, ticket().measure_id
    tara.open(reverse("ticket", args=[measure]))
    tara.press("Record and tell", ROLE)
    house.crank()
    letter = house.letter(NORA, "training data")
    assert "This service did not train the model." in letter
    assert "no training is offered or done here" in letter
    eno.open(reverse("ticket", args=[measure]))
    page = eno.press("Record the plan", {"mitigation": "data_removal"}, status=422)
    assert "only where the role test found" in page.text


def the_measure_is_passed_on_and_the_answer_kept(people: People, reference: str) -> None:
    tara, house, measure = people.tara, people.house, ticket().measure_id
    tara.open(reverse("measure", args=[measure]))
    passed = {"provider": PROVIDER, "address": "legal@draw.example", "language": "en"}
    tara.press("Pass it on", passed)
    house.at("2026-09-03 09:00:00")
    assert PROVIDER.partition("/")[0] in house.letter("legal@draw.example", reference)
    page = tara.open(reverse("measure", args=[measure]))
    form, _button = page.form("Record the acknowledgement")
    names = {
        re.sub(r"^u\w+-", "", one.get("name", "")): one.get("name", "")
        for one in form.iter()
        if one.get("name")
    }
    slip = SimpleUploadedFile("answer.pdf", PDF, "application/pdf")
    said = {"at": "2026-09-03T08:00", "zone": "Asia/Shanghai", "proof": "their mail", "paper": slip}
    page = tara.press(
        "Record the acknowledgement", {names[key]: value for key, value in said.items()}
    )
    assert "Acknowledged by the provider" in page.text


def test_the_ticket_ends_by_its_suites_and_nora_is_told_and_a_lost_build_opens_it_again(
    people: People, guard: FakeGuard, eno: Staff
) -> None:
    upheld(people)
    house = people.house
    probes_run(house, "2026-09-02 11:00:00")
    verdict, kept, asked = counts("normal")
    assert verdict == "failed", "the model makes the upheld outputs again, seed by seed"
    assert kept < asked
    planned(eno)
    moved(eno, "done")
    assert "still bring the work out" in eno.page.text
    moved(eno, "verifying")
    finished_upstream(house)
    probes_run(house, "2026-09-03 12:00:00")
    verdict, kept, asked = counts("normal")
    assert (verdict, kept) == ("passed", asked)
    assert counts("adversarial")[0] == "passed"
    assert Measure.objects.get(id=ticket().measure_id).state == "done"
    told = f"verified on build {MODEL}+1, {asked} of {asked}"
    assert told in house.letter(NORA, "verified by test")
    assert told in people.nora.looks().text
    path = f"/sandbox/tickets/{ticket().measure_id}/regress"
    assert house.sandbox.ask("POST", path).status_code == 200
    probes_run(house, "2026-09-10 12:00:00")
    assert "Lost by a later build" in eno.open(reverse("ticket-board")).text
    assert "A later build lost that: on build" in house.letter(NORA, "lost the change")
    assert f"a later build lost it: on build {MODEL}+2" in people.nora.looks().text
    ledger_is_whole()


def test_what_the_block_refuses_proves_nothing_of_the_model_and_nora_may_add_a_probe(
    people: People, guard: FakeGuard, eno: Staff
) -> None:
    upheld(people)
    house = people.house
    guard.answer = BLOCKED
    planned(eno)
    moved(eno, "verifying")
    probes_run(house, "2026-09-02 12:00:00")
    assert counts("normal")[0] == "unproven"
    moved(eno, "done")
    assert "the last run shows nothing" in eno.page.text
    people.nora.looks()
    people.nora.follow("Add a prompt that still brings it out")
    people.nora.press("Send the prompt", {"prompt": "white fox mask with three red strokes"})
    eno.open(reverse("ticket", args=[ticket().measure_id]))
    form, _button = eno.page.form("Record the review")
    decision = next(
        one.get("name", "") for one in form.iter() if one.get("name", "").endswith("decision")
    )
    eno.press("Record the review", {decision: "use"})
    guard.answer = {"decision": "allow", "rule": None, "user_message": {}, "reference": ""}
    probes_run(house, "2026-09-02 12:00:00")
    result = ProbeResult.objects.get(probe__case__isnull=False)
    assert result.output
    shown = eno.open(reverse("probe-output", args=[result.id]))
    assert shown.headers["Content-Type"].startswith("image/")
    assert "In use" in people.nora.looks().text
