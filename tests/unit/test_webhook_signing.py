"""Judged by the reference library of Standard Webhooks and by its known answer."""

import base64
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from notifications import signing

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_known_answer_of_the_reference_library() -> None:
    told = signing.signature(
        SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(st.dictionaries(st.text(), st.text() | st.integers()))
def test_the_reference_library_verifies_what_we_sign(content: dict[str, str | int]) -> None:
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        body.decode()
    except UnicodeDecodeError:
        return
    secret = signing.new_secret()
    headers = signing.headers([secret], "evt_1", int(time.time()), body)
    assert Webhook(secret).verify(body, headers) == content


def test_while_secrets_overlap_each_of_them_verifies() -> None:
    new, old = signing.new_secret(), signing.new_secret()
    headers = signing.headers([new, old], "evt_1", int(time.time()), b"{}")
    for secret in (new, old):
        assert Webhook(secret).verify(b"{}", headers) == {}
    with pytest.raises(WebhookVerificationError):
        Webhook(signing.new_secret()).verify(b"{}", headers)


@pytest.mark.parametrize("place", ["webhook-id", "webhook-timestamp", "body"])
def test_a_change_of_anything_signed_is_noticed(place: str) -> None:
    secret, body, at = signing.new_secret(), b'{"a":1}', int(time.time())
    headers = signing.headers([secret], "evt_1", at, body)
    changed = {"webhook-id": "evt_2", "webhook-timestamp": str(at - 1)}
    told = {**headers, **({place: changed[place]} if place in changed else {})}
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(b'{"a":2}' if place == "body" else body, told)


def test_a_secret_has_the_length_that_the_standard_asks_for() -> None:
    assert 24 <= len(base64.b64decode(signing.new_secret().removeprefix("whsec_"))) <= 64
