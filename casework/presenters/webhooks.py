"""Endpoints and deliveries as the desk and the API show them: no secret, nobody's name."""

import json
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

from notifications.event_types import event_type
from notifications.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from notifications.payloads import body_of
from notifications.states import (
    DELIVERY_NAMES,
    DISABLED_SENTENCES,
    ENDPOINT_NAMES,
    DeliveryState,
    Disabled,
    EndpointState,
)
from notifications.webhook_selectors import numbers

_LOOKS: Final = {
    EndpointState.ENABLED: "success",
    EndpointState.DISABLED: "danger",
    EndpointState.REMOVED: "",
    DeliveryState.WAITING: "waiting",
    DeliveryState.DELIVERED: "success",
    DeliveryState.FAILED: "danger",
}


@dataclass(frozen=True)
class EndpointLine:
    """One endpoint. `types` is empty for all; `why` says why it is disabled; `acts` are what may be done."""

    endpoint: WebhookEndpoint
    state: Promise
    look: str
    types: list[str]
    why: Promise | str
    waiting: int
    failed: int
    acts: tuple[str, ...]


@dataclass(frozen=True)
class DeliveryLine:
    """One delivery."""

    delivery: WebhookDelivery
    type: str
    state: Promise
    look: str


@dataclass(frozen=True)
class DeliveryPage:
    """One delivery with what is sent and every try."""

    line: DeliveryLine
    body: str
    attempts: list[tuple[WebhookAttempt, list[tuple[str, str]]]]
    may_resend: bool


_ACTS: Final = {
    EndpointState.ENABLED: ("test", "rotate", "disable", "remove"),
    EndpointState.DISABLED: ("enable", "rotate", "remove"),
    EndpointState.REMOVED: (),
}


def endpoint_lines(endpoints: list[WebhookEndpoint]) -> list[EndpointLine]:
    """The lines of several endpoints. One query for their numbers."""
    counts = numbers([one.id for one in endpoints])
    return [_line(one, counts[one.id]) for one in endpoints]


def _line(endpoint: WebhookEndpoint, counts: dict[str, int]) -> EndpointLine:
    state = EndpointState(endpoint.state)
    because = endpoint.disabled_because
    return EndpointLine(
        endpoint=endpoint,
        state=ENDPOINT_NAMES[state],
        look=_LOOKS[state],
        types=[event_type(event).type for event in endpoint.events],
        why=DISABLED_SENTENCES[Disabled(because)] if because else "",
        waiting=counts.get(DeliveryState.WAITING, 0),
        failed=counts.get(DeliveryState.FAILED, 0),
        acts=_ACTS[state],
    )


def delivery_line(delivery: WebhookDelivery) -> DeliveryLine:
    """One delivery as a line of the log."""
    state = DeliveryState(delivery.state)
    return DeliveryLine(
        delivery, event_type(delivery.event).type, DELIVERY_NAMES[state], _LOOKS[state]
    )


def delivery_page(delivery: WebhookDelivery, attempts: list[WebhookAttempt]) -> DeliveryPage:
    """One delivery whole. The body is laid out for reading; what is sent is the same without the blanks."""
    sent = bytes(delivery.body) if delivery.body else body_of(delivery.entry)
    ended = delivery.state != DeliveryState.WAITING
    return DeliveryPage(
        line=delivery_line(delivery),
        body=json.dumps(json.loads(sent), indent=2, ensure_ascii=False),
        attempts=[(one, sorted(one.headers.items())) for one in attempts],
        may_resend=ended and delivery.endpoint.state != EndpointState.REMOVED,
    )
