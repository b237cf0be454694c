"""The same press twice, from two tabs or a slow line: the second is told so and changes nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Forbidden
from evidence.chain import case_chain
from evidence.selectors import entries
from notices.models import Case, ClaimedItem, Decision, InformationRequest
from notices.services.claims import claim
from notices.services.decisions import Ruling, decline
from notifications.models import Message
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import REASONS, Stage
from tests.database import Clock

NOON = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
WORDS = {"reasons_en": "The same mask.", "reasons_zh": "面具相同。"}


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: Any) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def case(stage: Stage, client: Client) -> Case:
    """A case that Tara, whose browser `client` is, has claimed."""
    filed = stage.filed()
    claim(filed.id, user=stage.tara, now=NOON)
    client.force_login(stage.tara)
    return filed


def pressed_twice(client: Client, name: str, case: Case, **data: object) -> list[int]:
    sent = {f"{name}-{key}": value for key, value in data.items()}
    address = reverse(f"desk-{name}", args=[case.reference])
    return [client.post(address, sent).status_code for _ in range(2)]


def test_upholding_twice_decides_once(client: Client, case: Case) -> None:
    item = str(ClaimedItem.objects.get(notice__case=case).id)
    assert pressed_twice(
        client, "uphold", case, items=[item], families=["content_removal"], **WORDS
    ) == [302, 409]
    assert Decision.objects.filter(case=case).count() == 1
    assert Message.objects.filter(template="statement_of_reasons").count() == 1


def test_declining_what_was_upheld_in_another_tab_changes_no_item(
    client: Client, case: Case
) -> None:
    item = ClaimedItem.objects.get(notice__case=case)
    pressed_twice(client, "uphold", case, items=[str(item.id)], **WORDS)
    told = entries(case_chain(case.id)).count()
    assert pressed_twice(client, "decline", case, **WORDS) == [409, 409]
    item.refresh_from_db()
    assert item.outcome == "upheld"
    assert entries(case_chain(case.id)).count() == told


def test_declining_twice_writes_one_letter(client: Client, case: Case) -> None:
    assert pressed_twice(client, "decline", case, **WORDS) == [302, 409]
    assert Message.objects.filter(template="notice_declined").count() == 1


def test_asking_twice_asks_once(client: Client, case: Case) -> None:
    assert pressed_twice(client, "ask", case, elements=["right_proof"]) == [302, 409]
    assert InformationRequest.objects.filter(case=case).count() == 1


def test_who_lost_the_role_decides_nothing_that_they_still_hold(stage: Stage, case: Case) -> None:
    stage.tara.roles = []
    stage.tara.save()
    with pytest.raises(Forbidden):
        decline(case.id, Ruling(REASONS), user=stage.tara, now=NOON)


@pytest.mark.parametrize("name", ["claim", "release", "ask", "uphold", "decline"])
def test_an_error_after_an_error_strands_nobody(
    client: Client, stage: Stage, case: Case, name: str
) -> None:
    """The form was shown again at the address it was sent to, which became the referrer."""
    here = "http://testserver" + reverse(f"desk-{name}", args=[case.reference])
    client.force_login(stage.dan)

    answer = client.post(
        reverse("desk-claim", args=[case.reference]), headers={"referer": here}, follow=True
    )

    assert answer.status_code == 200
    assert "Tara is working on this case." in answer.content.decode()
