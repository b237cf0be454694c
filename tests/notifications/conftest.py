"""A letter of the tests' own, a folder for mail, and a mail server on loopback."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from notifications import catalogue
from notifications.catalogue import Letter
from tests.notifications.mail_server import MailServer
from tests.notifications.webhook_receiver import Receiver

GREETING = "greeting"
HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def letter(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """`greeting` to a filer: needs an event and may hold a note."""
    ours = Letter(GREETING, 3, frozenset({"filer"}), frozenset({"event"}))
    monkeypatch.setitem(catalogue.LETTERS, GREETING, ours)
    first: dict[str, Any] = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**first, "DIRS": [*first["DIRS"], HERE / "templates"]}]
    settings.DEFAULT_FROM_EMAIL = "notices@acme.example"


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Mail goes here."""
    settings.EMAIL_URL = (tmp_path / "mail").as_uri()
    return tmp_path / "mail"


@pytest.fixture
def mail_server(settings: LazySettings) -> Iterator[MailServer]:
    """Mail goes to a server that can be told how to answer."""
    with MailServer() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        yield server


@pytest.fixture
def receiver(settings: LazySettings) -> Iterator[Receiver]:
    """An endpoint on this machine."""
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    with Receiver() as running:
        yield running
