"""The snippets of the developers' page: the Python receiver here; Node and curl by `script/proof snippets`."""

import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from casework.presenters.developers import SNIPPETS, snippet
from tests.conftest import Cast
from tests.notifications.receiver_trials import running, wrong_answers
from tests.notifications.webhook_steps import endpoint, happen, the_delivery, work
from tests.proofs.developer import shown
from tests.sandbox_process import free_port

pytestmark = pytest.mark.django_db
MANUAL = Path(__file__).parent.parent.parent / "docs/webhooks.md"


def test_page_and_manual_show_the_files_that_are_tried(
    client: Client, settings: LazySettings
) -> None:
    settings.DEMO = True
    page = client.get(reverse("developers")).content.decode()
    manual = MANUAL.read_text(encoding="utf-8")
    for name, _title in SNIPPETS:
        assert shown(page, name) == snippet(name)
        assert snippet(name) in manual


def test_the_python_snippet_verifies_a_real_event_and_refuses_what_is_not_ours(
    cast: Cast, settings: LazySettings, tmp_path: Path
) -> None:
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    port, file = free_port(), tmp_path / "receiver.py"
    one, secret = endpoint(cast.eno, f"http://127.0.0.1:{port}/")
    file.write_text(snippet("verify_python"), encoding="utf-8")
    with running([sys.executable, file], secret, port) as receiver:
        entry = happen()
        work(one)
        assert wrong_answers(port, secret) == []
    assert receiver.said[0].startswith(f"evt_{entry.id.hex} case.measure.applied")
    assert the_delivery().last_status == 204
