"""Somebody whose counter-notices are manifestly unfounded: warned first, then not heard for a time, nothing lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Conflict, RedressError
from counternotices.errors import ContestingSuspended
from counternotices.models import CounterNotice, RespondentSanction
from counternotices.services import abuse
from counternotices.services.abuse import time_not_heard
from deadlines.services import sweep
from notices.errors import NotWarned
from notices.services.sanctions import Sanction
from notifications.models import Message
from regimes.loader import pack
from regimes.questions import abuse_policy
from tests.counternotices.stage import CONTESTED, REASONS, Stage
from tests.database import Clock

DAY = timedelta(days=1)
LATER = CONTESTED + 2 * DAY


def step(level: str = "warn", days: int | None = None) -> Sanction:
    return Sanction(level, "cn-civil-code", [1], REASONS, days)


@pytest.fixture
def first(stage: Stage) -> CounterNotice:
    """Contested, warned; contested again in another case after the warning."""
    counter = stage.contest(stage.upheld(), now=CONTESTED)
    abuse.impose(counter.id, step(), user=stage.dan, now=CONTESTED + DAY)
    return counter


@pytest.fixture
def suspended(stage: Stage, first: CounterNotice) -> RespondentSanction:
    second = stage.contest(stage.upheld(), now=LATER)
    return abuse.impose(second.id, step("suspend", 30), user=stage.dan, now=LATER + DAY)


def test_nobody_is_suspended_without_a_warning_and_another_statement_after_it(
    stage: Stage, first: CounterNotice
) -> None:
    with pytest.raises(NotWarned):
        abuse.impose(first.id, step("suspend", 30), user=stage.dan, now=LATER)
    letter = Message.objects.get(template="counter_sanction")
    assert REASONS["en"] in letter.text
    assert "warns you" in letter.text


def test_a_suspended_user_is_told_until_when_and_may_contest_after_it(
    stage: Stage, suspended: RespondentSanction
) -> None:
    third = stage.upheld()
    with pytest.raises(ContestingSuspended, match="counts for no time limit"):
        stage.contest(third, now=LATER + 2 * DAY)
    assert suspended.until is not None
    sweep.run(suspended.until + timedelta(minutes=5))
    row = RespondentSanction.objects.get(id=suspended.id)
    assert (row.state, row.ended_at) == ("ended", suspended.until)
    stage.contest(third, now=suspended.until + timedelta(hours=1))
    assert time_not_heard(stage.paul.id, now=suspended.until + DAY) >= 30 * DAY - timedelta(hours=1)


def test_one_suspension_at_a_time_and_never_longer_than_a_window(
    stage: Stage, suspended: RespondentSanction
) -> None:
    counter = CounterNotice.objects.latest("filed_at")
    with pytest.raises(Conflict):
        abuse.impose(counter.id, step("suspend", 30), user=stage.dan, now=LATER + 2 * DAY)
    with pytest.raises(RedressError, match="from 1 to 90"):
        abuse.impose(counter.id, step("suspend", 91), user=stage.dan, now=LATER + 2 * DAY)


def test_what_was_taken_back_bars_nobody(stage: Stage, suspended: RespondentSanction) -> None:
    abuse.lift(suspended.id, REASONS, user=stage.lea, now=LATER + 2 * DAY)
    stage.contest(stage.upheld(), now=LATER + 3 * DAY)
    letter = Message.objects.filter(template="counter_sanction").latest("queued_at")
    assert "no longer counts against you" in letter.text
    with pytest.raises(Conflict):
        abuse.lift(suspended.id, REASONS, user=stage.lea, now=LATER + 3 * DAY)


def test_a_law_with_one_policy_has_it_for_both_sides() -> None:
    for name in ("us-dmca-512", "eu-dsa-platform"):
        law = pack(name)
        assert abuse_policy(law, "counter") == abuse_policy(law, "notifier") is not None
    cn = pack("cn-civil-code")
    assert abuse_policy(cn, "counter") != abuse_policy(cn, "notifier")
    assert abuse_policy(pack("eu-dsa-hosting"), "counter") is None


def test_the_desk_warns_and_takes_back(
    stage: Stage, client: Client, clock: Clock, settings: Any
) -> None:
    clock.set(LATER)
    settings.STAFF_MFA_REQUIRED = False
    counter = stage.contest(stage.upheld(), now=CONTESTED)
    client.force_login(stage.dan)
    address = reverse("desk-respondent", args=[counter.reference])
    review = client.get(reverse("desk-counter-notice", args=[counter.reference]))
    assert address in review.content.decode()
    assert counter.reference in client.get(address).content.decode()
    sent = {
        "level": "warn",
        "factors": ["cn-civil-code:1"],
        "reasons_en": "The licence was made up.",
        "reasons_zh": "",
    }
    half = client.post(address, sent)
    assert half.status_code == 422
    assert "The licence was made up." in half.content.decode()
    assert client.post(address, {**sent, "reasons_zh": "许可证系伪造。"}).status_code == 302
    row = RespondentSanction.objects.get()
    lift = reverse("desk-respondent-lift", args=[counter.reference, row.id])
    words = {f"lift-{row.id}-reasons_en": "Real.", f"lift-{row.id}-reasons_zh": "属实。"}
    assert client.post(lift, words).status_code == 302
    assert RespondentSanction.objects.get().state == "lifted"
