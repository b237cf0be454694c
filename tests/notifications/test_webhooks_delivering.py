"""Delivering events to a real receiver, judged by the reference library of Standard Webhooks."""

import json
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.conf import LazySettings
from standardwebhooks import Webhook

from common.actors import SETUP
from common.clock import now
from evidence.models import LedgerEntry
from notifications import webhook_rules
from notifications.calling import Outcome, call
from notifications.errors import EndpointMovedOn
from notifications.event_types import TYPES
from notifications.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from notifications.services import endpoints, webhook_sweep
from notifications.services.webhooks import claim, settle
from notifications.states import DeliveryState, Disabled, EndpointState
from notifications.webhook_selectors import candidates
from tests.conftest import Cast
from tests.notifications.webhook_receiver import Receiver, Reply
from tests.notifications.webhook_steps import (
    endpoint,
    happen,
    next_claim,
    states,
    the_delivery,
    work,
)

pytestmark = pytest.mark.django_db


def test_the_reference_library_verifies_what_arrives(cast: Cast, receiver: Receiver) -> None:
    ours, secret = endpoint(cast.eno, receiver.url)
    entry = happen(reference="x", **{"state": "in_force", "family": "content_removal"})

    assert work(ours) == 1

    [request] = receiver.requests
    told = Webhook(secret).verify(request.body, request.headers)
    assert told["type"] == "case.measure.applied"
    assert told["data"]["case"] == str(entry.chain_id)
    assert request.headers["content-type"] == "application/json"
    assert request.headers["webhook-id"] == f"evt_{entry.id.hex}"
    assert request.body == json.dumps(told, separators=(",", ":")).encode()
    assert the_delivery().state == DeliveryState.DELIVERED


def test_a_failure_is_tried_again_by_the_schedule_under_the_same_id(
    cast: Cast, receiver: Receiver
) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    receiver.otherwise = lambda _request: Reply(503, body=b"down")
    moment, waits = now(), []
    while the_delivery().state == DeliveryState.WAITING:
        assert work(ours, moment) == 1
        assert work(ours, moment) == 0, "it waits"
        following = the_delivery().next_try
        if following:
            waits.append(following - moment)
            moment = following

    assert len(receiver.requests) == len(webhook_rules.SCHEDULE) == 10
    for wait, planned in zip(waits, webhook_rules.SCHEDULE[1:], strict=True):
        assert planned <= wait <= planned * (1 + webhook_rules.JITTER)
    assert len(set(receiver.ids)) == 1
    stamps = [int(one.headers["webhook-timestamp"]) for one in receiver.requests]
    assert all(later > sooner for sooner, later in pairwise(stamps))
    assert len({one.headers["webhook-signature"] for one in receiver.requests}) == 10
    assert len({one.body for one in receiver.requests}) == 1
    tries = list(
        WebhookAttempt.objects.order_by("number").values_list("number", "status", "answer")
    )
    assert tries == [(n, 503, "down") for n in range(1, 11)]
    assert the_delivery().state == DeliveryState.FAILED
    told = LedgerEntry.objects.get(event="delivery.failed")
    assert (told.chain_kind, told.chain_id) == ("endpoint", ours.id)


def test_after_a_failure_the_next_try_gets_through(cast: Cast, receiver: Receiver) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    receiver.replies = [Reply(500)]
    work(ours)
    work(ours, the_delivery().next_try)
    assert the_delivery().state == DeliveryState.DELIVERED
    assert len(set(receiver.ids)) == 1


@pytest.mark.parametrize("said", ["7200", "a date"])
def test_retry_after_is_honoured_when_it_is_longer(
    cast: Cast, receiver: Receiver, said: str
) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    dates = {"Date": "Mon, 23 Nov 2026 02:00:00 GMT"}
    told = said if said.isdigit() else "Mon, 23 Nov 2026 04:00:00 GMT"
    receiver.replies = [Reply(429, {"Retry-After": told, **({} if said.isdigit() else dates)})]
    moment = now()
    work(ours, moment)
    assert the_delivery().next_try == moment + timedelta(hours=2)


def test_a_redirect_is_a_failure_and_is_not_followed(cast: Cast, receiver: Receiver) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    with Receiver() as other:
        receiver.replies = [Reply(302, {"Location": other.url})]
        work(ours)
        assert other.requests == []
    assert (the_delivery().state, the_delivery().last_status) == (DeliveryState.WAITING, 302)


def test_410_disables_the_endpoint_and_what_happens_waits(cast: Cast, receiver: Receiver) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    receiver.replies = [Reply(410)]
    work(ours)
    now_it = WebhookEndpoint.objects.get()
    assert (now_it.state, now_it.disabled_because) == (EndpointState.DISABLED, Disabled.GONE)
    assert LedgerEntry.objects.filter(event="endpoint.disabled", facts__why="gone").count() == 1

    happen()
    assert work(ours, now() + timedelta(days=1)) == 0
    endpoints.enable(ours.id, user=cast.eno, now=now())
    assert work(ours) == 2
    assert states() == ["delivered", "delivered"]


def test_a_slow_endpoint_is_given_up_in_time(
    cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_rules, "ATTEMPT_SECONDS", 0.3)
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    receiver.replies = [Reply(204, after=1.0)]
    work(ours)
    tried = WebhookAttempt.objects.get()
    assert tried.status is None
    assert "TooLate" in tried.error
    assert 300 <= tried.milliseconds < 900


def test_an_endless_answer_counts_by_its_status(cast: Cast, receiver: Receiver) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    receiver.replies = [Reply(200, body=b"\0x" * webhook_rules.LARGEST_ANSWER)]
    work(ours)
    assert the_delivery().state == DeliveryState.DELIVERED
    assert len(WebhookAttempt.objects.get().answer) == webhook_rules.KEPT_OF_ANSWER


def test_a_case_waits_for_its_earlier_event_and_other_cases_do_not(
    cast: Cast, receiver: Receiver
) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    mine, other = uuid4(), uuid4()
    first, second = happen(case_id=mine), happen("measure.lifted", mine)
    third = happen(case_id=other)
    bad = f"evt_{first.id.hex}"
    receiver.otherwise = lambda one: Reply(500 if one.headers["webhook-id"] == bad else 204)

    assert work(ours) == 2
    assert receiver.ids == [bad, f"evt_{third.id.hex}"]
    receiver.otherwise = lambda _one: Reply()
    retry = WebhookDelivery.objects.get(entry=first).next_try
    assert work(ours, retry) == 2
    assert receiver.ids[2:] == [bad, f"evt_{second.id.hex}"]


def test_when_the_earlier_event_is_given_up_the_later_one_goes_out(
    cast: Cast, receiver: Receiver
) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    case = uuid4()
    first, _second = happen(case_id=case), happen("measure.lifted", case)
    WebhookDelivery.objects.filter(entry=first).update(failures=9)
    receiver.replies = [Reply(500)]
    assert work(ours) == 2
    assert states() == ["failed", "delivered"]


def test_during_a_rotation_old_and_new_secret_verify_and_then_the_new_one_alone(
    cast: Cast, receiver: Receiver
) -> None:
    ours, old = endpoint(cast.eno, receiver.url)
    new = endpoints.rotate(ours.id, user=cast.eno, now=now())
    happen()
    work(ours)
    [request] = receiver.requests
    for secret in (old, new):
        Webhook(secret).verify(request.body, request.headers)

    happen()
    work(ours, now() + timedelta(hours=24, seconds=1))
    assert len(receiver.requests[1].headers["webhook-signature"].split()) == 1


def test_what_was_claimed_by_a_worker_that_died_is_sent_again_after_the_lease(
    cast: Cast, receiver: Receiver, settings: LazySettings
) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    moment = now()
    first = next_claim(ours, moment)
    assert first is not None
    assert next_claim(ours, moment) is None
    later = moment + timedelta(seconds=settings.WEBHOOK_LEASE_SECONDS)
    again = next_claim(ours, later)
    assert again is not None
    assert again.headers["webhook-id"] == first.headers["webhook-id"]
    assert (again.body, again.number) == (first.body, first.number + 1)


def test_a_late_failure_of_an_overtaken_try_changes_nothing_and_a_late_success_counts(
    cast: Cast, receiver: Receiver
) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    moment = now()
    first = next_claim(ours, moment)
    second = next_claim(ours, moment + timedelta(minutes=1))
    assert first is not None
    assert second is not None
    receiver.replies = [Reply(500)]
    settle(first, call(first.url, {}, b"{}"), moment)
    assert (the_delivery().failures, the_delivery().state) == (0, DeliveryState.WAITING)
    settle(second, call(second.url, {}, b"{}"), moment)
    assert the_delivery().state == DeliveryState.DELIVERED
    assert WebhookAttempt.objects.count() == 2


def test_what_another_took_since_it_was_seen_is_not_taken_twice(
    cast: Cast, receiver: Receiver
) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    moment = now()
    [seen] = candidates(ours.id, moment)
    first = claim(seen, moment)
    assert first is not None
    settle(first, Outcome(500, "", "", 1), moment)
    assert claim(seen, moment + timedelta(hours=1)) is None


def test_a_disabled_endpoint_hears_nothing_of_what_was_seen_before(
    cast: Cast, receiver: Receiver
) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    [seen] = candidates(ours.id, now())
    endpoints.disable(ours.id, why=Disabled.GONE, actor=SETUP, now=now())
    assert (claim(seen, now()), candidates(ours.id, now())) == (None, [])


def test_the_sweep_asks_once_for_a_worker_and_again_when_none_came(
    cast: Cast, receiver: Receiver
) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    assert webhook_sweep.run(now()) == 0
    happen()
    moment = now()
    assert webhook_sweep.run(moment) == 1
    assert webhook_sweep.run(moment) == 0
    assert webhook_sweep.run(moment + webhook_rules.LOST_AFTER) == 1
    work(ours)
    assert WebhookEndpoint.objects.get().handed_over_at is not None, "the lane asked for another"


def test_a_test_event_goes_to_one_endpoint_alone(cast: Cast, receiver: Receiver) -> None:
    ours, secret = endpoint(cast.eno, receiver.url, "case.closed")
    endpoint(cast.eno, receiver.url + "/other")
    endpoints.send_test(ours.id, user=cast.eno, now=now())
    assert work(ours) == 1
    [request] = receiver.requests
    told = Webhook(secret).verify(request.body, request.headers)
    assert told["type"] == "endpoint.tested"
    assert WebhookDelivery.objects.count() == 1


def test_what_was_delivered_can_be_sent_again_and_holds_nobody_up(
    cast: Cast, receiver: Receiver
) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    case = uuid4()
    first = happen(case_id=case)
    work(ours)
    sent = endpoints.resend(the_delivery().id, user=cast.eno, now=now())
    happen("measure.lifted", case)
    receiver.otherwise = lambda one: Reply(
        500 if one.headers["webhook-id"] == f"evt_{first.id.hex}" else 204
    )
    assert work(ours) == 2
    assert receiver.ids[0] == receiver.ids[1] == sent.webhook_id
    assert states() == ["waiting", "delivered"]
    with pytest.raises(EndpointMovedOn):
        endpoints.resend(sent.id, user=cast.eno, now=now())


def test_an_endpoint_hears_only_what_it_asked_for(cast: Cast, receiver: Receiver) -> None:
    endpoint(cast.eno, receiver.url, "case.measure.lifted", "rule.created")
    happen()
    happen("measure.lifted")
    assert [one.event for one in WebhookDelivery.objects.all()] == ["measure.lifted"]
    assert "case.measure.lifted" in TYPES


def test_a_removed_endpoint_gives_up_what_waits_and_hears_no_more(
    cast: Cast, receiver: Receiver
) -> None:
    ours, _secret = endpoint(cast.eno, receiver.url)
    happen()
    endpoints.remove(ours.id, user=cast.eno, now=now())
    happen()
    assert states() == ["failed"]
    assert work(ours) == 0
    assert receiver.requests == []
