"""Sanctions from the case page: only for those whose content was upheld against, and who are told."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from measures.models import Measure
from notices.models import Case, ClaimedItem
from notices.services.claims import claim
from notifications.models import Message
from platforms.contract import PlatformUserRecord
from platforms.models import PlatformUser
from platforms.services import read_user
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import Stage
from tests.database import Clock

NOON = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: Any) -> None:
    clock.set(NOON)
    settings.STAFF_MFA_REQUIRED = False


def test_nobody_is_sanctioned_whose_items_were_declined(stage: Stage, client: Client) -> None:
    pia = stage.user("pia")
    case = stage.filed(stage.artefact("his"), stage.artefact("hers", pia))
    claim(case.id, user=stage.tara, now=NOON)
    client.force_login(stage.tara)
    his = ClaimedItem.objects.get(notice__case=case, number=1)
    sent = {
        "uphold-items": [str(his.id)],
        "uphold-families": ["content_removal"],
        f"uphold-sanction_{pia.id}": "warn",
        "uphold-reasons_en": "The same mask.",
        "uphold-reasons_zh": "面具相同。",
    }

    answer = client.post(reverse("desk-uphold", args=[case.reference]), sent)

    assert answer.status_code == 422
    assert "Nothing of pia was upheld" in answer.content.decode()
    assert "The same mask." in answer.content.decode()
    assert Case.objects.get(id=case.id).state == "in_review"
    assert not Measure.objects.exists()


class Telling:
    """A platform that knows one user, with this address."""

    def __init__(self, email: str) -> None:
        self.email = email

    def user(self, user_id: str) -> PlatformUserRecord:
        return PlatformUserRecord(user_id, "paul", "active", NOON, self.email)


@pytest.mark.parametrize(
    "told", ["call me", "a@b", "x" * 250 + "@b.example", "a@b.example\nBcc: c"]
)
def test_a_platform_that_tells_no_real_address_stops_no_decision(
    stage: Stage, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platforms.services.client", lambda: Telling(told))
    read_user(stage.platform, stage.paul.external_id, NOON)
    stage.paul = PlatformUser.objects.get(id=stage.paul.id)
    assert stage.paul.email == ""

    stage.upheld()

    letter = Message.objects.get(template="statement_of_reasons")
    assert (letter.address, letter.state) == ("", "queued")
