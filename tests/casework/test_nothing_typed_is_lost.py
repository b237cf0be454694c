"""Whatever a service refuses, what was typed is on the page that says so."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from common.actors import staff
from measures.models import Measure
from measures.services.approval import approve
from measures.services.grounds import end_grounds
from notices.models import Case, CaseRegime, ClaimedItem
from notices.services.claims import claim
from notices.services.lifecycle import Step
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import REVIEWED, Stage
from tests.database import Clock
from users.models import User

NOON = datetime(2026, 9, 20, 4, 0, tzinfo=UTC)
WORDS = {"reasons_en": "The very same mask & bell.", "reasons_zh": "面具相同。"}
MOVED_ON = "What you typed was not sent"


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: Any) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False


def sent(user: User, name: str, key: object, **data: object) -> tuple[int, str]:
    """The answer to a press that came from a page of ours, and where it led."""
    client = Client(headers={"referer": f"http://testserver{reverse(name, args=[key])}"})
    client.force_login(user)
    answer: HttpResponse = client.post(reverse(name, args=[key]), data, follow=True)  # type: ignore[assignment]
    return answer.status_code, answer.content.decode()


def prefixed(prefix: str, **data: object) -> dict[str, object]:
    return {f"{prefix}-{key}": value for key, value in data.items()}


@pytest.mark.parametrize("name", ["uphold", "decline", "ask"])
def test_who_lost_the_case_to_another_still_sees_their_words(stage: Stage, name: str) -> None:
    case = stage.filed()
    claim(case.id, user=stage.tara, now=NOON)
    item = ClaimedItem.objects.get(notice__case=case)
    more = {"items": [str(item.id)], "elements": ["right_proof"], "message": WORDS["reasons_en"]}
    data = prefixed(name, **WORDS, **more)

    status, page = sent(stage.dan, f"desk-{name}", case.reference, **data)

    assert status == 403
    assert "The very same mask &amp; bell." in page
    assert MOVED_ON in page
    assert Case.objects.get(id=case.id).state == "in_review"


def test_a_measure_that_cannot_be_ordered_just_now_leaves_the_form_as_it_was(
    stage: Stage,
) -> None:
    picture = stage.artefact("out_1")
    earlier = stage.upheld(picture)
    end_grounds(CaseRegime.objects.get(case=earlier), "corrected", Step(staff(stage.lea.id), NOON))
    case = stage.filed(picture)
    claim(case.id, user=stage.tara, now=NOON)
    item = str(ClaimedItem.objects.get(notice__case=case).id)
    data = prefixed("uphold", items=[item], families=["content_removal"], **WORDS)

    status, page = sent(stage.tara, "desk-uphold", case.reference, **data)

    assert status == 409
    assert "Order again in a minute." in page
    assert "The very same mask &amp; bell.</textarea>" in page
    assert MOVED_ON not in page


def test_who_decided_the_notice_reads_their_reasons_beside_the_refusal(stage: Stage) -> None:
    counter = stage.contest(stage.upheld())

    status, page = sent(
        stage.tara, "desk-counter-reject", counter.reference, **prefixed("reject", **WORDS)
    )

    assert status == 403
    assert "The very same mask &amp; bell." in page


def test_an_arrival_that_cannot_be_keeps_its_proof_in_the_form(stage: Stage) -> None:
    counter = stage.forwarded(stage.upheld(email=""))
    before = (REVIEWED - timedelta(days=3)).strftime("%Y-%m-%d %H:%M")
    data = prefixed("arrival", at=before, proof="EMS 1234 5678")

    status, page = sent(stage.lea, "desk-counter-arrival", counter.reference, **data)

    assert status == 422
    assert "EMS 1234 5678</textarea>" in page
    assert "Give a moment between the forwarding and now." in page


def test_a_refusal_that_comes_after_the_approval_is_not_lost(stage: Stage) -> None:
    measure = next(m for m in stage.measures(stage.upheld(sanction="suspend")) if m.level)
    status, page = sent(stage.dan, "desk-refuse", measure.id, reason=" ")
    assert status == 422
    assert "Say why you do not agree." in page
    approve(measure.id, user=stage.dan, now=NOON)

    status, page = sent(stage.dan, "desk-refuse", measure.id, reason="Far too heavy.")

    assert status == 409
    assert "Far too heavy." in page
    assert MOVED_ON in page


def test_a_note_on_a_ticket_that_moved_on_meanwhile_is_not_lost(stage: Stage) -> None:
    removal = stage.measures(stage.upheld())[0]

    status, page = sent(
        stage.eno, "measure-progress", removal.id, target="done", note="Retrained on Friday."
    )

    assert status == 422
    assert "Retrained on Friday." in page
    assert Measure.objects.get(id=removal.id).state == "in_force"


@pytest.mark.parametrize("name", ["desk-approve", "desk-refuse"])
def test_coming_back_to_where_a_measure_was_judged_leads_to_what_waits(
    stage: Stage, client: Client, name: str
) -> None:
    measure = next(m for m in stage.measures(stage.upheld(sanction="suspend")) if m.level)
    client.force_login(stage.dan)

    answer = client.get(reverse(name, args=[measure.id]))

    assert (answer.status_code, answer.headers["location"]) == (302, reverse("desk-approvals"))
