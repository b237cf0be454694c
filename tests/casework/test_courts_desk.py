"""Courts, the end of proceedings and complaints at the desk, from the paper to the letters."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from common.actors import filer
from counternotices.models import Complaint, CounterNotice, CourtOrder
from counternotices.services import arrivals
from counternotices.services.waiting import file_suit_proof
from measures.models import Measure, MeasureFreeze
from notices.models import Case
from notices.services.claims import claim
from notices.services.decisions import Ruling, decline
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import DECIDED, PDF, REASONS, Stage
from tests.database import Clock

NOON = datetime(2026, 9, 20, 4, 0, tzinfo=UTC)
IN_BEIJING = "2026-09-20T11:00"


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: LazySettings) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("order.pdf", PDF, "application/pdf")


def record(client: Client, case: Case, measures: list[Measure], **more: object) -> int:
    data = {
        "stage": "order",
        "regime": "cn-civil-code",
        "effect": "keep",
        "measures": [str(one.id) for one in measures],
        "court": "Guangzhou Internet Court",
        "number": "(2026) 1",
        "effective_at": IN_BEIJING,
        "file": pdf(),
    } | more
    address = reverse("desk-court-new", args=[case.reference])
    return client.post(address, {k: v for k, v in data.items() if v}).status_code


def step(client: Client, order: CourtOrder, name: str, **more: object) -> int:
    data = {"step": name, "effective_at": IN_BEIJING, "file": pdf()} | more
    address = reverse("desk-court-step", args=[order.reference])
    return client.post(address, {k: v for k, v in data.items() if v}).status_code


def test_an_order_is_recorded_from_its_paper_shown_and_lifted(client: Client, stage: Stage) -> None:
    case = stage.upheld(sanction="warn")
    client.force_login(stage.lea)
    page = client.get(reverse("desk-case", args=[case.reference])).content.decode()
    assert reverse("desk-court-new", args=[case.reference]) in page
    form = client.get(reverse("desk-court-new", args=[case.reference])).content.decode()
    assert "User sanction · Warning · u_paul" in form
    assert "your account" not in form

    assert record(client, case, stage.measures(case)[:1]) == 302
    order = CourtOrder.objects.get()
    assert MeasureFreeze.objects.filter(ended_at=None).count() == 1
    page = client.get(reverse("desk-court", args=[order.reference])).content.decode()
    assert "Court order in force" in page
    assert "The court lifted its order" in page
    paper = order.papers.get()
    answer = client.get(reverse("desk-court-paper", args=[order.reference, paper.id]))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]

    assert step(client, order, "lift") == 302
    assert CourtOrder.objects.get().state == "lifted"
    assert not MeasureFreeze.objects.filter(ended_at=None).exists()


def test_bad_papers_are_told_and_change_nothing(client: Client, stage: Stage) -> None:
    case = stage.upheld()
    client.force_login(stage.lea)
    measures = list(stage.measures(case))

    assert record(client, case, []) == 422
    assert record(client, case, measures, file=None) == 422
    assert record(client, case, measures, effective_at="2027-01-01T10:00") == 422
    junk = SimpleUploadedFile("order.exe", b"MZ\x90\x00junk", "application/pdf")
    assert record(client, case, measures, file=junk) == 422
    assert not CourtOrder.objects.exists()
    assert record(client, case, measures) == 302
    order = CourtOrder.objects.get()
    assert step(client, order, "suit") == 409, "not before a suit"
    assert step(client, order, "dance") == 422
    assert step(client, order, "lift", file=None) == 422
    assert CourtOrder.objects.get().state == "in_force"


def test_how_proceedings_ended_is_recorded_on_the_counter_notices_page(
    client: Client, stage: Stage
) -> None:
    counter = stage.forwarded(stage.upheld())
    sued = NOON - timedelta(days=1)
    stage.deliver(counter, sued)
    arrivals.sweep(sued)
    file_suit_proof(counter.id, stage.proof(sued), actor=filer(counter.id), now=sued)
    client.force_login(stage.lea)
    page = reverse("desk-counter-notice", args=[counter.reference])
    assert "Record how the proceedings ended" in client.get(page).content.decode()
    address = reverse("desk-counter-proceedings", args=[counter.reference])
    data = {
        "ending-outcome": "dismissed",
        "ending-body": "Guangzhou Internet Court",
        "ending-effective_at": IN_BEIJING,
    }

    assert client.post(address, data).status_code == 422, "without its paper"
    late = data | {"ending-effective_at": "2026-12-01T10:00"}
    assert client.post(address, late | {"ending-file": pdf()}).status_code == 422
    assert client.post(address, data | {"ending-file": pdf()}).status_code == 302

    assert CounterNotice.objects.get(id=counter.id).state == "prevailed"
    html = client.get(page).content.decode()
    assert "Claim dismissed" in html
    end = CounterNotice.objects.get(id=counter.id).ends.get()
    paper = client.get(reverse("desk-counter-paper", args=[counter.reference, end.id]))
    assert b"".join(paper.streaming_content) == PDF  # type: ignore[attr-defined]


def test_a_complaint_goes_from_the_filers_page_to_the_desk_and_back(
    client: Client, stage: Stage, settings: LazySettings
) -> None:
    settings.REGIMES = ["eu-dsa-platform"]
    case = stage.filed(stage.artefact("out_1"))
    claim(case.id, user=stage.tara, now=DECIDED)
    decline(case.id, Ruling(REASONS), user=stage.tara, now=DECIDED)
    link = stage.track_link(case)
    track = client.get(reverse("track", args=[link])).content.decode()
    assert reverse("track-complain", args=[link]) in track
    sent = client.post(reverse("track-complain", args=[link]), {"grounds": "Same mask."})
    assert sent.status_code == 302
    complaint = Complaint.objects.get()
    page = reverse("desk-complaint", args=[complaint.reference])

    client.force_login(stage.tara)
    assert "You decided the notice" in client.get(page).content.decode()
    client.force_login(stage.dan)
    assert complaint.reference in client.get(reverse("desk-counter-notices")).content.decode()
    html = client.get(page).content.decode()
    assert "Same mask." in html
    item = case.notice.items.get()
    data = {
        "uphold-items": [str(item.id)],
        "uphold-families": ["content_removal"],
        "uphold-reasons_en": "It is the same mask.",
        "uphold-reasons_zh": "确为同一面具。",
    }
    uphold = reverse("desk-complaint-uphold", args=[complaint.reference])
    assert client.post(uphold, {**data, "uphold-items": []}).status_code == 422
    client.force_login(stage.tara)  # who decided: refused by the service, with the words kept
    refused = client.post(uphold, data)
    assert refused.status_code == 403
    assert "确为同一面具。" in refused.content.decode()
    client.force_login(stage.dan)
    assert client.post(uphold, data).status_code == 302

    assert Case.objects.get(id=case.id).state == "accepted"
    assert [m.state for m in stage.measures(case)] == ["ordered"]
    again = client.get(reverse("track", args=[link])).content.decode()
    assert "It is the same mask." in again


def test_a_slip_of_the_year_is_told_at_the_field_and_nothing_is_recorded(
    client: Client, stage: Stage
) -> None:
    case = stage.upheld(sanction="warn")
    client.force_login(stage.lea)
    measures = stage.measures(case)[:1]
    assert record(client, case, measures, effective_at="0001-01-01T00:00") == 422
    assert not CourtOrder.objects.exists()


def test_a_case_without_measures_says_why_no_order_can_be_recorded(
    client: Client, stage: Stage
) -> None:
    case = stage.filed()
    client.force_login(stage.lea)
    html = client.get(reverse("desk-court-new", args=[case.reference])).content.decode()
    assert "No measure was ordered in this case" in html
