"""The states of messages, webhook endpoints and deliveries, and what each means. The arrows are on the models."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


SENTENCES: Final[Mapping[State, Promise]] = {
    State.QUEUED: _("The message is waiting to leave."),
    State.SENT: _("The message left the house."),
    State.DELIVERED: _("The message reached its recipient."),
    State.FAILED: _("The message could not be delivered and somebody must act."),
}


class EndpointState(StrEnum):
    """Whether an endpoint hears of events."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    REMOVED = "removed"


class Disabled(StrEnum):
    """Why an endpoint is disabled."""

    BY_HAND = "by_hand"
    GONE = "gone"


class DeliveryState(StrEnum):
    """Where an event for one endpoint stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


ENDPOINT_NAMES: Final[Mapping[EndpointState, Promise]] = {
    EndpointState.ENABLED: pgettext_lazy("webhook endpoint", "Enabled"),
    EndpointState.DISABLED: pgettext_lazy("webhook endpoint", "Disabled"),
    EndpointState.REMOVED: pgettext_lazy("webhook endpoint", "Removed"),
}
DISABLED_SENTENCES: Final[Mapping[Disabled, Promise]] = {
    Disabled.BY_HAND: _("A person disabled this endpoint."),
    Disabled.GONE: _(
        "This endpoint answered 410 Gone, so it was disabled. What happens now waits for it."
    ),
}
DELIVERY_NAMES: Final[Mapping[DeliveryState, Promise]] = {
    DeliveryState.WAITING: pgettext_lazy("webhook delivery", "Waiting"),
    DeliveryState.DELIVERED: pgettext_lazy("webhook delivery", "Delivered"),
    DeliveryState.FAILED: pgettext_lazy("webhook delivery", "Failed"),
}
