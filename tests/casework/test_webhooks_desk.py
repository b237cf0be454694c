"""Engineers and administrators make endpoints, see what was sent, and send it again: at the desk and by the API."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import jsonschema
import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from standardwebhooks import Webhook

from common.clock import now
from evidence.models import LedgerEntry
from notifications.models import WebhookDelivery, WebhookEndpoint, WebhookSecret
from tests.conftest import Cast
from tests.notifications.webhook_receiver import Receiver, Reply
from tests.notifications.webhook_steps import endpoint, happen, the_delivery, work
from tests.people import issue_token

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.com/in?key=abc"


@pytest.fixture
def desk(client: Client, cast: Cast, settings: LazySettings) -> Client:
    """Eno's browser."""
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(cast.eno)
    return client


@pytest.fixture
def receiver(settings: LazySettings) -> Iterator[Receiver]:
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    with Receiver() as running:
        yield running


def secret_in(page: str) -> str:
    [found] = re.findall(r"whsec_[A-Za-z0-9+/=]+", page)
    return found


def filled(**other: str) -> dict[str, str]:
    return {"name": "Moderation", "url": URL, "types": "", **other}


def test_the_secret_of_a_new_endpoint_is_shown_once_and_kept_encrypted(desk: Client) -> None:
    answer = desk.post(reverse("desk-webhook-new"), filled())
    secret = secret_in(answer.content.decode())
    assert answer["Cache-Control"] == "no-store"
    page = desk.get(reverse("desk-webhook", args=[WebhookEndpoint.objects.get().id]))
    assert "whsec_" not in page.content.decode()
    assert secret.removeprefix("whsec_") not in WebhookSecret.objects.get().sealed
    told = LedgerEntry.objects.get(event="endpoint.created")
    assert told.facts == {"host": "hooks.example.com", "events": []}, (
        "the key in the address stays out"
    )


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("url", "http://hooks.example.com/", "https://"),
        ("url", "https://127.0.0.1/", "inside a network"),
        ("url", "https://[::1]/", "inside a network"),
        ("url", "https://nora:pw@hooks.example.com/", "user name"),
        ("url", "https://hooks.example.com/#x", "Leave out"),
        ("url", "https://[bad/", "no web address"),
        ("url", "ftp://hooks.example.com/", "https://"),
        ("types", "case.nothing", "no such event type: case.nothing"),
        ("name", " ", "Give the endpoint a name"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
    desk: Client, field: str, typed: str, said: str
) -> None:
    answer = desk.post(reverse("desk-webhook-new"), filled(**{field: typed}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Moderation" in page or field == "name"
    assert not WebhookEndpoint.objects.exists()


def test_a_star_stands_for_every_type_that_begins_so(desk: Client) -> None:
    desk.post(reverse("desk-webhook-new"), filled(types="rule.*\ncase.closed"))
    assert WebhookEndpoint.objects.get().events == ["case.closed", "rule.created", "rule.lifted"]


def test_from_a_new_endpoint_to_a_verified_test_event_and_its_log(
    desk: Client, receiver: Receiver
) -> None:
    answer = desk.post(reverse("desk-webhook-new"), filled(url=receiver.url))
    secret = secret_in(answer.content.decode())
    one = WebhookEndpoint.objects.get()
    desk.post(reverse("desk-webhook-act", args=[one.id, "test"]))
    receiver.replies = [Reply(500, body=b"<b>not now</b>"), Reply(204)]
    work(one)
    work(one, the_delivery().next_try)
    for request in receiver.requests:
        assert Webhook(secret).verify(request.body, request.headers)["type"] == "endpoint.tested"

    log = desk.get(reverse("desk-deliveries")).content.decode()
    assert "endpoint.tested" in log
    page = desk.get(reverse("desk-delivery", args=[the_delivery().id])).content.decode()
    assert "&lt;b&gt;not now&lt;/b&gt;" in page
    assert the_delivery().webhook_id in page
    desk.post(reverse("desk-delivery-resend", args=[the_delivery().id]))
    work(one)
    assert len(set(receiver.ids)) == 1
    assert len(receiver.ids) == 3


def test_an_endpoint_is_changed_disabled_enabled_renewed_and_removed(desk: Client) -> None:
    desk.post(reverse("desk-webhook-new"), filled())
    one = WebhookEndpoint.objects.get()
    desk.post(reverse("desk-webhook-change", args=[one.id]), filled(name="Trust", types="case.*"))
    for act in ("disable", "enable", "rotate", "remove"):
        desk.post(reverse("desk-webhook-act", args=[one.id, act]))
    one = WebhookEndpoint.objects.get()
    assert (one.name, one.state) == ("Trust", "removed")
    assert "case.closed" in one.events
    told = LedgerEntry.objects.filter(chain_id=one.id).order_by("sequence")
    assert [entry.event.partition(".")[2] for entry in told] == [
        "created",
        "changed",
        "disabled",
        "enabled",
        "secret_rotated",
        "removed",
    ]
    assert desk.post(reverse("desk-webhook-act", args=[one.id, "enable"])).status_code == 409
    assert desk.post(reverse("desk-webhook-act", args=[one.id, "dance"])).status_code == 404


def test_the_log_is_filtered_by_endpoint_and_state(desk: Client, cast: Cast) -> None:
    mine, _secret = endpoint(cast.eno, URL)
    other, _secret = endpoint(cast.eno, URL)
    happen()
    WebhookDelivery.objects.filter(endpoint=other).update(
        state="delivered", next_try=None, settled_at=now()
    )
    for asked, number in (("", 2), (f"?endpoint={mine.id}", 1), ("?state=delivered", 1)):
        page = desk.get(reverse("desk-deliveries") + asked).content.decode()
        assert page.count("case.measure.applied") == number, asked
    assert desk.get(reverse("desk-deliveries") + "?endpoint=x&state=y&page=z").status_code == 200


def test_the_api_does_what_the_desk_does(cast: Cast, receiver: Receiver) -> None:
    guest = Client(headers={"authorization": f"Bearer {issue_token(cast.eno, 'k', now=now())}"})

    def send(where: str, /, *args: Any, **body: Any) -> Any:
        address = reverse(where, args=args)
        return guest.post(address, body, content_type="application/json")

    made = send("api-webhooks", url=receiver.url, name="Ours", types=["case.measure.applied"])
    assert made.status_code == 201
    id, secret = made.json()["endpoint"]["id"], made.json()["secret"]
    assert (
        send("api-webhooks", url="nowhere", name="Ours").json()["errors"][0]["pointer"] == "#/url"
    )
    assert "secret" not in guest.get(reverse("api-webhook", args=[id])).json()
    happen()
    work(WebhookEndpoint.objects.get())
    [request] = receiver.requests
    body = Webhook(secret).verify(request.body, request.headers)
    types = {one["type"]: one for one in guest.get(reverse("api-event-types")).json()["types"]}
    jsonschema.validate(body, types[body["type"]]["schema"])

    [row] = guest.get(reverse("api-deliveries")).json()["deliveries"]
    whole = guest.get(reverse("api-delivery", args=[row["id"]])).json()
    assert (whole["body"], whole["tries"][0]["status"]) == (body, 204)
    assert send("api-delivery-resend", row["id"]).json()["state"] == "waiting"
    assert send("api-delivery-resend", row["id"]).status_code == 409
    assert send("api-webhook-act", id, "rotate").json()["secret"] != secret
    assert send("api-webhook-act", id, "disable").json()["state"] == "disabled"
    assert send("api-webhook-act", id, "test").status_code == 409
    assert send("api-webhook-act", id, "dance").status_code == 404
    new = {"url": receiver.url, "name": "Theirs"}
    changed = guest.put(
        reverse("api-webhook", args=[id]), new, content_type="application/json"
    ).json()
    assert (changed["name"], changed["types"]) == ("Theirs", [])


def test_lists_and_pages_cost_as_many_queries_for_much_as_for_little(
    desk: Client, cast: Cast
) -> None:
    def grow(endpoints: int, events: int) -> dict[str, int]:
        for number in range(endpoints):
            endpoint(cast.eno, f"{URL}{number}")
        for _number in range(events):
            happen(case_id=uuid4())
        one = WebhookEndpoint.objects.latest("created_at")
        row = WebhookDelivery.objects.filter(endpoint=one)[0]
        pages = {
            "list": reverse("desk-webhooks"),
            "endpoint": reverse("desk-webhook", args=[one.id]),
            "log": reverse("desk-deliveries"),
            "delivery": reverse("desk-delivery", args=[row.id]),
        }
        return {name: cost(address) for name, address in pages.items()}

    def cost(address: str) -> int:
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    few, many = grow(1, 2), grow(20, 60)
    assert few == many
    assert max(many.values()) <= 20
