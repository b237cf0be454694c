"""Delivering events to endpoints: claim one, call outside any transaction, write down what came of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from common.actors import WORKER
from common.jobs import enqueue
from evidence import ledger
from evidence.chain import Chain, Fact
from notifications import signing, webhook_rules
from notifications.calling import Outcome, call
from notifications.lanes import lane
from notifications.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from notifications.payloads import body_of
from notifications.services.endpoints import disable, held, secrets_in_force
from notifications.states import DeliveryState, Disabled, EndpointState
from notifications.webhook_selectors import candidates, due

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Claimed:
    """A delivery that is ours until its lease ends, with all that is sent; `number` is the try's."""

    delivery_id: UUID
    endpoint_id: UUID
    number: int
    url: str
    headers: dict[str, str]
    body: bytes


def work(endpoint_id: UUID, clock: Clock) -> int:
    """Send what is due at one endpoint, one after the other, for webhook_rules.LANE_SECONDS; how many were tried.

    Several may work for the same endpoint, at most webhook_rules.LANES. Killed at any point it loses nothing:
    what it held is claimed anew when the lease ends, and sent under the same webhook-id.
    """
    _arrive(endpoint_id)
    with lane("endpoint", endpoint_id, webhook_rules.LANES) as place:
        return 0 if place is None else _send_in_turn(endpoint_id, place, clock)


def _send_in_turn(endpoint_id: UUID, place: int, clock: Clock) -> int:
    """Each lane begins elsewhere in what is due, and looks anew where it meets another."""
    end, tried = time.monotonic() + webhook_rules.LANE_SECONDS, 0
    while time.monotonic() < end and (found := candidates(endpoint_id, clock())):
        start = place * len(found) // webhook_rules.LANES
        for delivery in found[start:] + found[:start]:
            if time.monotonic() > end or (claimed := claim(delivery, clock())) is None:
                break
            if tried == 0:
                hand_over(endpoint_id, clock())
            settle(claimed, call(claimed.url, claimed.headers, claimed.body), clock())
            tried += 1
    return tried


def claim(seen: WebhookDelivery, now: datetime) -> Claimed | None:
    """The delivery as it was `seen`, ours alone for the lease; None when it is not due any more, somebody else took it
    since, or its endpoint hears nothing.

    One statement judges and takes: of two lanes that try at once, one gets it. What is earlier in its chain can
    only settle meanwhile, never appear, so the order needs no lock.
    """
    endpoint = WebhookEndpoint.objects.filter(pk=seen.endpoint_id, state=EndpointState.ENABLED)
    if (where := endpoint.first()) is None:
        return None
    body = bytes(seen.body) if seen.body else body_of(seen.entry)
    secrets = secrets_in_force(where, now)
    headers = signing.headers(secrets, seen.webhook_id, int(now.timestamp()), body)
    lease = now + timedelta(seconds=settings.WEBHOOK_LEASE_SECONDS)
    number = seen.attempts + 1
    unchanged = due(now).filter(pk=seen.pk, attempts=seen.attempts)
    if not unchanged.update(claimed_until=lease, attempts=number, body=body):
        return None
    return Claimed(seen.id, where.id, number, where.url, headers, body)


@transaction.atomic
def settle(claimed: Claimed, outcome: Outcome, now: datetime) -> None:
    """Write the try down and move the delivery on. A try that was overtaken by the next is only written down,
    unless it got through. Takes the endpoint's lock first where it may have to be disabled or told of in the ledger:
    what is delivered waits for no other lane."""
    endpoint = None if outcome.delivered else held(claimed.endpoint_id)
    row = WebhookDelivery.objects.select_for_update().get(pk=claimed.delivery_id)
    _log(claimed, outcome, now)
    if row.state != DeliveryState.WAITING:
        return
    row.last_status, row.last_milliseconds = outcome.status, outcome.milliseconds
    if outcome.delivered:
        _end(row, "deliver", now)
    elif row.attempts == claimed.number:
        _failed(row, outcome, now)
    gone = outcome.status == webhook_rules.GONE
    if gone and endpoint and endpoint.state == EndpointState.ENABLED:
        disable(endpoint.id, why=Disabled.GONE, actor=WORKER, now=now)


def hand_over(endpoint_id: UUID, now: datetime) -> None:
    """Ask for one worker more, unless one was asked for and has not come yet."""
    waiting = WebhookEndpoint.objects.filter(pk=endpoint_id, handed_over_at=None)
    with transaction.atomic():
        if waiting.update(handed_over_at=now):
            enqueue("notifications.deliver_webhooks", endpoint_id)


def _arrive(endpoint_id: UUID) -> None:
    """The worker that was asked for has come."""
    WebhookEndpoint.objects.filter(pk=endpoint_id).update(handed_over_at=None)


def _failed(row: WebhookDelivery, outcome: Outcome, now: datetime) -> None:
    """Wait by the schedule, or as long as the endpoint asked, whichever is longer; or give up."""
    row.failures += 1
    wait = webhook_rules.wait_after(row.failures, str(row.id))
    if wait is None:
        _end(row, "fail", now)
        facts: dict[str, Fact] = {
            "delivery": str(row.id),
            "event": row.event,
            "status": outcome.status,
        }
        chain = Chain("endpoint", row.endpoint_id)
        ledger.append(chain, "delivery.failed", actor=WORKER, at=now, facts=facts)
        return
    row.next_try, row.claimed_until = now + max(wait, outcome.retry_after), None
    row.save(
        update_fields=[
            "failures",
            "next_try",
            "claimed_until",
            "last_status",
            "last_milliseconds",
        ]
    )


def _end(row: WebhookDelivery, name: str, now: datetime) -> None:
    """The one door to the end of a delivery."""
    getattr(row, name)()
    row.next_try = row.claimed_until = None
    row.settled_at = now
    row.save(
        update_fields=[
            "state",
            "failures",
            "next_try",
            "claimed_until",
            "settled_at",
            "last_status",
            "last_milliseconds",
        ]
    )


def _log(claimed: Claimed, outcome: Outcome, now: datetime) -> None:
    WebhookAttempt.objects.create(
        delivery_id=claimed.delivery_id,
        number=claimed.number,
        at=now,
        url=claimed.url,
        headers=claimed.headers,
        status=outcome.status,
        answer=outcome.answer,
        error=outcome.error,
        milliseconds=outcome.milliseconds,
    )
