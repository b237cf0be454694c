"""The outbox loses no entry of the ledger, however late it commits, and keeps the order of a case."""

import os
import threading
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from common.actors import SETUP
from common.clock import now
from evidence.models import LedgerEntry
from notifications.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from notifications.services import endpoints
from notifications.states import Disabled
from notifications.webhook_selectors import due
from tests.conftest import Cast
from tests.notifications.webhook_steps import endpoint, happen, states

URL = "https://hooks.example.com/in"
APPEND = """SELECT redress_ledger_append(gen_random_uuid(), 'case', %s, now(), 'system:setup', 'case.closed', '{}', NULL, NULL)"""


@pytest.mark.django_db
def test_an_entry_and_its_deliveries_commit_or_vanish_together(cast: Cast) -> None:
    endpoint(cast.eno, URL)
    endpoint(cast.eno, URL + "/2")
    happen()
    assert WebhookDelivery.objects.count() == 2
    with transaction.atomic():
        happen()
        transaction.set_rollback(True)
    assert WebhookDelivery.objects.count() == 2


@pytest.mark.usefixtures("committed_db")
def test_what_commits_late_is_not_passed_by(cast: Cast) -> None:
    """An entry written first and committed last: a cursor over moments or numbers would have gone past it."""
    _ours, _secret = endpoint(cast.eno, URL)
    early, late = uuid4(), uuid4()
    with psycopg.connect(os.environ["DATABASE_URL"]) as slow:
        slow.execute(APPEND, [late])
        with psycopg.connect(os.environ["DATABASE_URL"]) as quick:
            quick.execute(APPEND, [early])
        assert [row.chain_id for row in due(now())] == [early]
        WebhookDelivery.objects.filter(chain_id=early).update(
            state="delivered", next_try=None, settled_at=now()
        )
        assert list(due(now())) == []
    assert [row.chain_id for row in due(now())] == [late]


@pytest.mark.usefixtures("committed_db")
def test_the_events_of_a_case_become_visible_in_their_order(cast: Cast) -> None:
    """A writer of the same case waits for the one before; so no gap is ever seen."""
    endpoint(cast.eno, URL)
    case, seen = uuid4(), []
    stop = threading.Event()

    def write(times: int) -> None:
        for _time in range(times):
            happen(case_id=case)
        connection.close()

    def watch() -> None:
        while not stop.is_set():
            rows = WebhookDelivery.objects.filter(chain_id=case).order_by("sequence")
            seen.append(list(rows.values_list("sequence", flat=True)))
        connection.close()

    watcher = threading.Thread(target=watch)
    writers = [threading.Thread(target=write, args=(20,)) for _n in range(4)]
    watcher.start()
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    stop.set()
    watcher.join()
    assert WebhookDelivery.objects.count() == 80
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in seen)
    assert len({len(numbers) for numbers in seen}) > 2, "it watched while they wrote"


@pytest.mark.usefixtures("committed_db")
def test_an_endpoint_born_while_an_entry_is_written_misses_nothing_after_it(cast: Cast) -> None:
    """The entry under way when the endpoint is committed may be missed; the case's next one is not."""
    case = uuid4()
    with psycopg.connect(os.environ["DATABASE_URL"]) as slow:
        slow.execute(APPEND, [case])
        endpoint(cast.eno, URL)
    happen(case_id=case)
    assert [row.sequence for row in WebhookDelivery.objects.all()] == [2]


@pytest.mark.django_db
def test_what_happens_while_an_endpoint_is_disabled_waits_for_it(cast: Cast) -> None:
    ours, _secret = endpoint(cast.eno, URL)
    endpoints.disable(ours.id, why=Disabled.BY_HAND, actor=SETUP, now=now())
    happen()
    assert states() == ["waiting"]


@pytest.mark.django_db
def test_accounts_keys_and_endpoints_are_nobodys_event(cast: Cast) -> None:
    ours, _secret = endpoint(cast.eno, URL)
    endpoints.rotate(ours.id, user=cast.eno, now=now())
    assert LedgerEntry.objects.filter(chain_kind__in=["person", "endpoint"]).count() > 5
    assert not WebhookDelivery.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notifications_webhookattempt SET status = 200",
        "DELETE FROM notifications_webhookattempt",
        "DELETE FROM notifications_webhookdelivery",
        "DELETE FROM notifications_webhookendpoint",
        "DELETE FROM notifications_webhooksecret",
    ],
)
def test_the_application_may_not_unwrite_the_log(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert not WebhookAttempt.objects.exists()


@pytest.mark.django_db
def test_the_database_refuses_a_state_that_is_not_declared(cast: Cast) -> None:
    ours, _secret = endpoint(cast.eno, URL)
    endpoints.remove(ours.id, user=cast.eno, now=now())
    with pytest.raises(DatabaseError, match="may not go"), transaction.atomic():
        WebhookEndpoint.objects.update(state="enabled", disabled_because="", disabled_at=None)
