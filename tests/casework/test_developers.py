"""The developers' page: keys, a prompt check, every event type; its snippets are tried in test_snippets.py."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from notifications.event_types import TYPES
from tests.conftest import Cast
from tests.sandbox_process import free_port
from users.models import AccessToken

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, cast: Cast, settings: LazySettings) -> Client:
    """Eno's browser."""
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(cast.eno)
    return client


@pytest.fixture
def guard(settings: LazySettings) -> Iterator[list[Any]]:
    """A guard that blocks everything, and what it was asked."""
    asked: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            asked.append((self.path, self.headers["authorization"], json.loads(body)))
            told = json.dumps({"decision": "block", "note": "<script>"}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_words: Any) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        settings.GUARD_URL, settings.GUARD_TOKEN = f"http://127.0.0.1:{server.server_port}", "tok"
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield asked
        server.shutdown()
        thread.join()


def test_the_page_is_open_in_the_demo_and_for_staff_alone_elsewhere(
    client: Client, settings: LazySettings
) -> None:
    assert client.get(reverse("developers")).status_code == 302
    settings.DEMO = True
    page = client.get(reverse("developers"))
    assert page.status_code == 200
    assert "Sign in as one of the operator" in page.content.decode()
    assert client.post(reverse("developers-key"), {"name": "x"}).status_code == 302
    assert not AccessToken.objects.exists()


def test_a_key_is_made_shown_once_works_and_is_ended(desk: Client) -> None:
    answer = desk.post(reverse("developers-key"), {"name": "my service"})
    key = answer.context["key"]
    assert key in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert key not in desk.get(reverse("developers")).content.decode()
    header = {"authorization": f"Bearer {key}"}
    assert Client().get(reverse("api-webhooks"), headers=header).status_code == 200
    desk.post(reverse("developers-key-revoke", args=[AccessToken.objects.get().id]))
    assert Client().get(reverse("api-webhooks"), headers=header).status_code == 401
    assert desk.post(reverse("developers-key"), {"name": ""}).status_code == 422


def test_the_playground_asks_the_guard_with_the_servers_key(desk: Client, guard: list[Any]) -> None:
    page = desk.post(reverse("developers-try"), {"prompt": " fox spirit "}).content.decode()
    assert guard == [("/api/v1/prompt-checks", "Bearer tok", {"prompt": " fox spirit "})]
    assert "<code>block</code>" in page
    assert "&lt;script&gt;" in page


def test_a_guard_that_is_away_is_said_and_the_prompt_is_kept(
    desk: Client, settings: LazySettings
) -> None:
    settings.GUARD_URL, settings.GUARD_TOKEN = f"http://127.0.0.1:{free_port()}", "tok"
    answer = desk.post(reverse("developers-try"), {"prompt": "a red fox"})
    assert answer.status_code == 503
    assert "The guard does not answer" in answer.content.decode()
    assert "a red fox" in answer.content.decode()


def test_every_type_is_on_the_page(desk: Client) -> None:
    page = desk.get(reverse("developers")).content.decode()
    assert all(f"<code>{name}</code>" in page for name in TYPES)
