"""What the tests of webhooks do over and over."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from common.actors import SETUP
from common.clock import now
from evidence import ledger
from evidence.chain import case_chain
from evidence.models import LedgerEntry
from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.services import webhooks
from notifications.services.endpoints import Wish, create
from users.models import User

MEASURE = {
    "measure": "0b6d5f1e-6a3c-4d6e-9c43-1f6f1c3f8a01",
    "family": "content_removal",
    "target": "out_8Hk2",
    "key": "4b6d5f1e-6a3c-4d6e-9c43-1f6f1c3f8a01",
    "state": "in_force",
}
LONG_AGO = datetime(2026, 9, 1, 2, tzinfo=UTC)


def endpoint(user: User, url: str, *types: str) -> tuple[WebhookEndpoint, str]:
    return create(Wish(url, "Ours", types), user=user, now=now())


def happen(
    event: str = "measure.applied", case_id: UUID | None = None, **facts: Any
) -> LedgerEntry:
    """An event of a case."""
    with transaction.atomic():
        chain = case_chain(case_id or uuid4())
        return ledger.append(chain, event, actor=SETUP, at=LONG_AGO, facts=facts or MEASURE)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def work(one: WebhookEndpoint, moment: datetime | None = None) -> int:
    """One lane's work, with the clock stopped at a moment if one is given."""
    return webhooks.work(one.id, at(moment) if moment else now)


def the_delivery() -> WebhookDelivery:
    return WebhookDelivery.objects.get()


def states() -> list[str]:
    """The states of all deliveries in the order of their chains."""
    rows = WebhookDelivery.objects.order_by("chain_id", "sequence")
    return [str(state) for state in rows.values_list("state", flat=True)]
