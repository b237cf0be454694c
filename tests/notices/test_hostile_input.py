"""What nobody types by accident: told with a sentence, never a crash, and nothing of it stored."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from notices.models import Case, Draft
from platforms.models import Platform
from tests.notices.portal import FOUND, SIGN, WORK, YOU, Walker
from tests.people import create_person, issue_token
from users.models import User

NOW = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
NUL, HALF = "a\0b", "a\ud800b"
LONG = "a@" + ".".join(["b" * 60] * 4) + ".example.com"
NOTICE: dict[str, Any] = {
    "language": "en",
    "filer_role": "owner",
    "filer_name": "Nora Lind",
    "work_title": "Fox Spirit",
    "items": [{"kind": "output", "locator": "out_1"}],
}


@pytest.fixture
def api(platform: Platform) -> Client:
    """Nora's programme. A crash is an answer of 500 here, as outside."""
    nora = create_person("nora@filer.example", "Nora", ["filer"])
    key = issue_token(nora, "tests", now=NOW)
    return Client(headers={"authorization": f"Bearer {key}"}, raise_request_exception=False)


@pytest.mark.parametrize("bad", [NUL, HALF])
@pytest.mark.parametrize(
    "place",
    [
        lambda bad: {"work_title": bad},
        lambda bad: {"explanation": bad},
        lambda bad: {"statements": {bad: "1"}},
        lambda bad: {"statements": {bad: "1" * 40}},
        lambda bad: {"requested_measures": [bad]},
        lambda bad: {"items": [{"kind": bad, "locator": "x"}]},
        lambda bad: {"files": [{"file": bad, "role": "work"}]},
        lambda bad: {bad: 1},
    ],
)
def test_the_api_refuses_what_cannot_be_stored(api: Client, place: Any, bad: str) -> None:
    answer = api.post("/api/v1/notices/", {**NOTICE, **place(bad)}, "application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        (b"[" * 200_000, "application/json", 400),
        (b'{"a":' * 50_000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"", "application/json", 400),
        (b"a=1", "application/x-www-form-urlencoded", 415),
    ],
)
def test_the_api_tells_what_is_wrong_with_a_body(
    api: Client, raw: bytes, kind: str, status: int
) -> None:
    assert api.post("/api/v1/notices/", raw, content_type=kind).status_code == status


def test_the_api_tells_that_a_body_is_too_large(api: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    long = json.dumps({**NOTICE, "explanation": "x" * 1000})
    answer = api.post("/api/v1/notices/", long, content_type="application/json")
    assert (answer.status_code, answer.json()["title"]) == (413, "Too large")


@pytest.mark.parametrize(
    "more",
    [{"filer_email": LONG}, {"statements": {f"k{number}": "1" for number in range(1000)}}],
)
def test_the_api_refuses_what_is_too_long_to_keep(api: Client, more: dict[str, Any]) -> None:
    assert api.post("/api/v1/notices/", {**NOTICE, **more}, "application/json").status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/track/a%00/", "/answer/x/%00/withdraw/", "/api/v1/queue/?search=%00", "/find/?%00=1"],
)
def test_an_address_with_a_nul_is_refused(api: Client, address: str, tara: User) -> None:
    api.force_login(tara)
    assert api.get(address).status_code == 400


@pytest.mark.parametrize(
    ("step", "answers", "field"),
    [
        ("found", FOUND, "outputs"),
        ("work", WORK, "work_title"),
        ("you", YOU, "filer_email"),
        ("you", YOU, "filer_role"),
        ("sign", SIGN, "signature"),
    ],
)
def test_a_nul_in_a_form_is_told_and_the_rest_is_kept(
    nora: Walker, step: str, answers: dict[str, Any], field: str
) -> None:
    nora.client.raise_request_exception = False
    assert nora.fill(step, answers, **{field: NUL}).status_code == 422
    assert Draft.objects.get().answers[step][field] == ["ab"]
    assert nora.client.get(nora.address(step)).status_code == 200


def test_an_address_longer_than_its_column_is_told(nora: Walker) -> None:
    assert nora.fill("you", YOU, filer_email=LONG).status_code == 422


def test_an_account_with_a_very_long_address_can_be_opened(client: Client, db: None) -> None:
    words = {"password1": "Zq9!kkdsf8sdfjk", "password2": "Zq9!kkdsf8sdfjk"}
    answer = client.post("/accounts/signup/", {"email": "a" * 210 + "@b.example", **words})
    assert answer.status_code == 302
    assert User.objects.get().name == "a" * 200
