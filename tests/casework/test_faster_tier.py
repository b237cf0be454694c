"""Accurate filers come first among those whose clock ends on the same later day, and nobody's clock is moved."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.queues import VIEWS
from casework.selectors import queue_for
from deadlines.models import Deadline
from notices.accuracy import accuracy_of, tier_of
from notices.models import Case, Notice, NotifierSanction
from notices.tiers import FASTER, LEAST_DECIDED
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import DECIDED, FILED, Stage
from tests.database import Clock
from tests.people import create_person
from users.models import User

NOW = DECIDED + timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: Any) -> None:
    clock.set(NOW)
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def nora(stage: Stage) -> User:
    """An account with as many upheld notices as the faster tier wants."""
    account = create_person("nora@example.org", "Nora", ["filer"])
    for _number in range(LEAST_DECIDED):
        own(stage.upheld(), account)
    return account


def own(case: Case, account: User) -> Case:
    Notice.objects.filter(case=case).update(account=account)
    return case


def order(stage: Stage) -> list[Case]:
    found = queue_for(stage.tara, VIEWS["triage"], page=1, now=NOW)
    return [row.case for row in found.rows]


def due(case: Case, after: timedelta) -> None:
    Deadline.objects.filter(case_id=case.id, state="running").update(due_at=NOW + after)


def test_the_tier_follows_the_filers_own_accuracy(stage: Stage, nora: User) -> None:
    assert accuracy_of(nora.id, now=NOW).decided == LEAST_DECIDED
    assert tier_of(nora.id, now=NOW) == FASTER
    assert tier_of(None, now=NOW) == ""
    assert tier_of(nora.id, now=NOW + timedelta(days=366)) == ""
    restored = own(stage.upheld(), nora)
    restored.regimes.filter(state="measures").update(state="restored")
    assert accuracy_of(nora.id, now=NOW).wrong == 1
    assert tier_of(nora.id, now=NOW) == ""


def test_a_sanctioned_filer_is_not_faster(stage: Stage, nora: User) -> None:
    case = Case.objects.filter(notice__account=nora)[0]
    NotifierSanction.objects.create(
        account=nora,
        level="warn",
        case=case,
        pack_id="cn-civil-code",
        pack_version="2026.1",
        factors=[],
        reasons={},
        decided_by=stage.dan,
        decided_at=NOW,
    )
    assert tier_of(nora.id, now=NOW) == ""


def test_the_faster_tier_comes_first_on_the_same_later_day_and_never_before_an_earlier_one(
    stage: Stage,
) -> None:
    early, same, fast, pressing = (stage.filed() for _number in range(4))
    Notice.objects.filter(case=fast).update(tier=FASTER)
    noon = NOW.replace(hour=4) - NOW  # the day begins at 16:00 UTC in the house's zone
    due(early, noon + timedelta(days=4))
    due(same, noon + timedelta(days=5))
    due(fast, noon + timedelta(days=5, hours=2))
    due(pressing, timedelta(hours=3))
    assert order(stage) == [pressing, early, fast, same]
    due(fast, timedelta(hours=4))
    assert order(stage) == [pressing, fast, early, same]


def test_the_tier_of_a_new_notice_is_kept_and_shown(
    stage: Stage, nora: User, client: Client
) -> None:
    Notice.objects.filter(account=nora).update(filed_at=FILED)
    case = own(stage.filed(), nora)
    Notice.objects.filter(case=case).update(tier=tier_of(nora.id, now=NOW))
    page = client.get(reverse("track", args=[stage.track_link(case)])).content.decode()
    assert "5 notices of your account were decided" in page
    assert "Faster tier" in page
    client.force_login(stage.tara)
    assert "Faster tier" in client.get(reverse("desk-queue", args=["triage"])).content.decode()
    assert (
        "Faster tier" in client.get(reverse("desk-filer", args=[case.reference])).content.decode()
    )


def test_without_an_account_the_page_says_how_to_get_a_record(stage: Stage, client: Client) -> None:
    case = stage.filed()
    assert Notice.objects.get(case=case).tier == ""
    page = client.get(reverse("track", args=[stage.track_link(case)])).content.decode()
    assert "File with an account and your record counts" in page
