"""The sandbox receives Redress's webhooks, verifies them by the reference library and shows them."""

import time

import pytest
from django.conf import LazySettings

from common.actors import SETUP
from common.clock import now
from config.demo_webhooks import tell_sandbox
from notifications import signing
from notifications.models import WebhookDelivery, WebhookEndpoint
from notifications.services import webhooks
from tests.notifications.webhook_steps import happen
from tests.sandbox_process import SandboxProcess
from users.services.people import create_person


@pytest.mark.django_db
def test_the_demos_endpoint_is_told_of_everything_and_shows_it(
    sandbox: SandboxProcess, settings: LazySettings
) -> None:
    settings.PLATFORM_URL, settings.PLATFORM_KEY = sandbox.url, sandbox.key
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    create_person("eno@demo.example", "Eno", ["engineer"], by=SETUP, now=now())
    assert tell_sandbox(now())
    assert not tell_sandbox(now()), "made once"

    happen()
    webhooks.work(WebhookEndpoint.objects.get().id, now)
    assert WebhookDelivery.objects.get().last_status == 204
    page = sandbox.ask("GET", "/webhooks", headers={"Accept-Language": "en"}).text
    assert "Verified" in page
    assert "case.measure.applied" in page


def post(sandbox: SandboxProcess, secret: str, body: bytes, *, age: int = 0) -> int:
    told = signing.headers([secret], "evt_1", int(time.time()) - age, body)
    return sandbox.ask("POST", "/webhooks", content=body, headers=told).status_code


def test_what_is_forged_old_or_changed_is_refused_and_a_repeat_is_counted(
    sandbox: SandboxProcess,
) -> None:
    secret = signing.new_secret()
    sandbox.ask("PUT", "/sandbox/webhook-secrets", json={"secret": secret}).raise_for_status()
    body = b'{"type":"case.closed","data":{}}'
    assert post(sandbox, secret, body) == 204
    assert post(sandbox, secret, body) == 204
    assert post(sandbox, signing.new_secret(), body) == 400
    assert post(sandbox, secret, body, age=600) == 400
    assert sandbox.ask("POST", "/webhooks", content=b"\xff", headers={}).status_code == 400
    page = sandbox.ask("GET", "/webhooks").text
    assert "× 2" in page
    assert page.count("<details>") >= 4


@pytest.mark.parametrize("secret", ["", "whsec_", "abc", 7, None])
def test_what_is_no_secret_is_refused(sandbox: SandboxProcess, secret: object) -> None:
    answer = sandbox.ask("PUT", "/sandbox/webhook-secrets", json={"secret": secret})
    assert answer.status_code == 422
    assert (
        sandbox.ask("PUT", "/sandbox/webhook-secrets", headers={"Authorization": ""}).status_code
        == 401
    )
