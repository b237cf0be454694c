"""At most so many processes work for one endpoint at once, and a dead one leaves its place."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import connection

from common.clock import now
from notifications.lanes import lane
from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.services.endpoints import Wish, create
from notifications.services.webhooks import work
from notifications.webhook_rules import LANES
from tests.notifications.webhook_receiver import Receiver
from tests.notifications.webhook_steps import happen
from tests.people import create_person

PATIENCE = 10
pytestmark = pytest.mark.usefixtures("committed_db")


@contextmanager
def taken(id: UUID, number: int) -> Iterator[list[int | None]]:
    """So many places held by threads with connections of their own; which ones they got."""
    leave, ready = threading.Event(), threading.Barrier(number + 1)

    def hold() -> int | None:
        with lane("endpoint", id, LANES) as place:
            ready.wait(PATIENCE)
            leave.wait(PATIENCE)
        connection.close()
        return place

    with ThreadPoolExecutor(number) as pool:
        holders = [pool.submit(hold) for _number in range(number)]
        ready.wait(PATIENCE)
        places: list[int | None] = []
        try:
            yield places
        finally:
            leave.set()
        places += sorted(one.result() or 0 for one in holders)


def test_each_gets_a_place_of_its_own_while_there_are_any_and_leaves_it() -> None:
    thing, other = uuid4(), uuid4()
    with (
        taken(thing, LANES) as places,
        lane("endpoint", thing, LANES) as here,
        lane("endpoint", other, LANES) as there,
    ):
        assert (here, there) == (None, 0)
    assert places == list(range(LANES))
    with lane("endpoint", thing, LANES) as place:
        assert place == 0
    with taken(thing, 1) as places:
        pass
    assert places == [0]


def test_a_place_is_free_again_when_its_holder_dies() -> None:
    thing, dead, leave = uuid4(), threading.Event(), threading.Event()

    def die() -> None:
        with lane("endpoint", thing, 1):
            connection.close()
            dead.set()
            leave.wait(PATIENCE)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        holder = pool.submit(die)
        assert dead.wait(PATIENCE)
        with lane("endpoint", thing, 1) as place:
            leave.set()
            holder.result(PATIENCE)
            assert place == 0


def test_who_finds_no_lane_sends_nothing(hears_everything: WebhookEndpoint) -> None:
    happen()
    with taken(hears_everything.id, LANES):
        assert work(hears_everything.id, now) == 0
    assert work(hears_everything.id, now) == 1
    assert not WebhookDelivery.objects.filter(state="waiting").exists()


@pytest.fixture
def hears_everything(receiver: Receiver) -> WebhookEndpoint:
    eno = create_person("eno@redress.example", "Eno", ["engineer"])
    return create(Wish(receiver.url, "all", ()), user=eno, now=now())[0]
