"""The desk passes a measure on to the provider upstream and keeps its answer, where everybody sees it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from measures.models import Measure, UpstreamRequest
from notices.models import Case
from notifications.models import Message
from platforms.models import Artefact
from tests.casework.test_dossier import Dossier
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import PDF, Stage
from tests.database import Clock

NOON = datetime(2026, 9, 20, 4, 0, tzinfo=UTC)
MADE = {"generation": {"model": "brush-2", "session": "s-77", "upstream": "Brush AI"}}


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: LazySettings) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def case(stage: Stage) -> Case:
    found = stage.upheld(stage.artefact("out_fox"))
    Artefact.objects.filter(external_id="out_fox").update(record=MADE)
    return found


@pytest.fixture
def desk(client: Client, stage: Stage) -> Client:
    """Tara's browser."""
    client.force_login(stage.tara)
    return client


def removal() -> Measure:
    return Measure.objects.get(artefact__external_id="out_fox")


def page(desk: Client) -> str:
    return desk.get(reverse("measure", args=[removal().id])).content.decode()


def pass_on(desk: Client, **filled: str) -> int:
    told = {"provider": "Brush AI", "address": "", "language": "en", **filled}
    return desk.post(reverse("measure-upstream", args=[removal().id]), told).status_code


def answer(desk: Client, at: str = "2026-09-20T14:00", **more: object) -> int:
    request = UpstreamRequest.objects.get()
    name = f"u{request.id.hex[:8]}"
    slip = SimpleUploadedFile("answer.pdf", PDF, "application/pdf")
    told = {"at": at, "zone": "Asia/Shanghai", "proof": "their mail", "paper": slip, **more}
    address = reverse("measure-upstream-acknowledged", args=[removal().id, request.id])
    sent = {f"{name}-{field}": value for field, value in told.items() if value is not None}
    return desk.post(address, sent).status_code


def test_a_measure_is_passed_on_and_its_acknowledgement_kept(
    desk: Client, stage: Stage, case: Case, clock: Clock
) -> None:
    assert "Pass it on" in page(desk)
    assert pass_on(desk, address="no address") == 422
    assert pass_on(desk, provider="Nobody AI") == 422
    assert pass_on(desk) == 302
    assert "Upstream provider" in desk.get(reverse("desk-letters")).content.decode()
    clock.set(NOON + timedelta(hours=3))

    assert answer(desk, paper=None) == 422
    assert answer(desk, at="2026-09-19T14:00") == 422
    assert answer(desk) == 302

    found = UpstreamRequest.objects.get()
    assert (found.state, found.acknowledged_at) == ("acknowledged", NOON + timedelta(hours=2))
    assert "answer.pdf" in page(desk)
    shown = desk.get(reverse("measure-upstream-paper", args=[removal().id, found.id]))
    assert b"".join(shown.streaming_content) == PDF  # type: ignore[attr-defined]
    assert "Acknowledged by the provider" in (
        desk.get(reverse("desk-case", args=[case.reference])).content.decode()
    )


def test_the_clock_of_the_acknowledgement_stands_on_the_case(desk: Client, case: Case) -> None:
    pass_on(desk)
    shown = desk.get(reverse("desk-case", args=[case.reference])).content.decode()
    assert "Upstream provider acknowledges" in shown


def test_the_dossier_holds_letter_paper_and_state(
    desk: Client, stage: Stage, case: Case, clock: Clock
) -> None:
    pass_on(desk)
    clock.set(NOON + timedelta(hours=3))
    answer(desk)
    dossier = Dossier(stage, case, NOON + timedelta(hours=4))
    assert dossier.papers("upstream_paper") == [PDF]
    assert dossier.data["passed_on_upstream"][0]["provider"] == "Brush AI"
    assert "BrushAI" in dossier.en
    assert any("brush-2 · s-77" in letter["text"] for letter in dossier.data["messages"])


def test_an_engineer_sees_where_it_stands_and_no_paper(
    client: Client, stage: Stage, desk: Client, case: Case, clock: Clock
) -> None:
    pass_on(desk)
    clock.set(NOON + timedelta(hours=3))
    answer(desk)
    client.force_login(stage.eno)
    shown = page(client)
    assert "Brush AI" in shown
    assert "answer.pdf" not in shown
    assert "Pass it on" not in shown


def test_neither_party_is_told_of_the_provider(desk: Client, stage: Stage, case: Case) -> None:
    pass_on(desk)
    for name, token in (("track", stage.track_link(case)), ("answer", stage.answer_link(case))):
        shown = desk.get(reverse(name, args=[token])).content.decode()
        assert "Brush AI" not in shown
    assert Message.objects.filter(case_id=case.id, party="upstream").count() == 1
