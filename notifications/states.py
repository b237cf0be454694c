"""The states of a message and what each means. The arrows between them are on the model."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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
