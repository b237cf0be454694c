"""The database queues what is public, and nothing else, on whatever chain it is written."""

from uuid import uuid4

import pytest
from django.db import transaction

from common.actors import SETUP
from evidence import ledger
from evidence.chain import Chain
from evidence.events import EVENTS
from notifications.event_types import TEST_EVENT, public
from notifications.models import WebhookDelivery
from tests.conftest import Cast
from tests.notifications.webhook_steps import LONG_AGO, endpoint

URL = "https://hooks.example.com/in"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["case", "rule", "pack", "calendar"])
def test_the_outbox_takes_exactly_the_public_events(cast: Cast, kind: str) -> None:
    """The test event has a way of its own: it goes to the one endpoint that is tested."""
    endpoint(cast.eno, URL)
    with transaction.atomic():
        for event in EVENTS:
            ledger.append(Chain(kind, uuid4()), event, actor=SETUP, at=LONG_AGO, facts={})
    queued = set(WebhookDelivery.objects.values_list("event", flat=True))
    assert queued == {event for event in EVENTS if public(event)} - {TEST_EVENT}
