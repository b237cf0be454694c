"""The links of the parties open their pages for whoever holds them: nothing else of ours may carry one."""

import logging
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Export
from casework.services.export import make_export, request_export
from config.logs import WithoutTokens
from counternotices.models import CounterNotice
from notifications.models import Message
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import Stage
from tests.database import Clock
from users.tokens import new_token, without_tokens

NOW = datetime(2026, 9, 15, 4, 0, tzinfo=UTC)
LINK = re.compile(rb"/(track|answer|find|draft)/[A-Za-z0-9_-]{22}")


@pytest.fixture(autouse=True)
def noon(clock: Clock, settings: Any) -> None:
    clock.set(NOW)
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def forwarded(stage: Stage) -> CounterNotice:
    """A case with letters to both sides."""
    return stage.forwarded(stage.upheld())


def test_no_member_of_a_case_file_opens_a_partys_page(
    stage: Stage, forwarded: CounterNotice
) -> None:
    case = forwarded.case_regime.case
    letters = Message.objects.filter(case_id=case.id)
    assert all(LINK.search(letter.text.encode()) for letter in letters)

    export: Export = request_export(case, user=stage.dan, now=NOW)
    bundle = make_export(export.id, now=NOW).bundle

    assert bundle is not None
    with bundle.open() as source, zipfile.ZipFile(source) as zipped:
        leaking = [name for name in zipped.namelist() if LINK.search(zipped.read(name))]
        assert leaking == []
        assert any(b"/track/" in zipped.read(name) for name in zipped.namelist())


def test_staff_read_a_mailed_letter_without_its_link(
    client: Client, stage: Stage, forwarded: CounterNotice
) -> None:
    case = forwarded.case_regime.case
    client.force_login(stage.dan)
    letter = Message.objects.filter(case_id=case.id, party="filer").first()
    assert letter is not None
    address = reverse("desk-letter", args=[case.reference, letter.id])

    assert not LINK.search(client.get(address).content)

    Message.objects.filter(id=letter.id).update(address="")
    assert LINK.search(client.get(address).content)


@pytest.mark.parametrize("page", ["track", "answer", "find", "notices/draft"])
def test_the_log_tells_the_page_and_not_the_token(page: str) -> None:
    token = new_token()
    path = f"/{page}/{token}/papers/"
    record = logging.LogRecord("x", 30, "", 1, "Not Found: %s", (path,), None)

    assert WithoutTokens().filter(record)

    assert token not in record.getMessage()
    assert record.getMessage().endswith(f"/{page}/…/papers/")


def test_what_people_wrote_stays_as_they_wrote_it() -> None:
    for text in ("https://ai.example/o/abcdefghijklmnopqrstuv/", "/track/record/", "/answer/no"):
        assert without_tokens(text) == text
