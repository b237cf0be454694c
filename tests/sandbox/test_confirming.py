"""A warning that can be confirmed: nothing is drawn until the user says so, and the guard that it counts."""

import html
import re
from typing import Any

import httpx
import pytest

from tests.sandbox.fake_guard import FakeGuard
from tests.sandbox_process import SandboxProcess

WORDS = {"en": "This name is protected.", "zh-Hans": "该名称受保护。"}
WISH = {"prompt": 'fox "spirit"\r\nin <snow>', "negative_prompt": "text", "user": "u_8830"}
OBJECT = "https://redress.example/appeal/"


def warning(token: object = "tok_1", refused: str | None = None) -> dict[str, Any]:
    confirmation = {"token": token, "expires": "2026-11-23T03:10:00+00:00", "refused": refused}
    told = {"id": "pc_1", "decision": "warn", "user_message": WORDS, "appeal_url": OBJECT}
    return told | {"confirmation": confirmation}


def generate(sandbox: SandboxProcess, **more: Any) -> httpx.Response:
    return sandbox.ask("POST", "/generate", json=WISH | more)


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def test_nothing_is_drawn_and_the_token_comes_with_the_warning(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    guard.answer = warning()
    answer = generate(sandbox)
    told = answer.json()
    assert (answer.status_code, told["type"].rpartition("/")[2]) == (409, "confirmation-needed")
    assert (told["confirmation"]["token"], told["user_message"]) == ("tok_1", WORDS)
    assert (told["appeal_url"], told["reference"]) == (OBJECT, "pc_1")
    assert guard.looked == []


def test_the_confirmed_wish_goes_with_its_token_and_only_the_new_answer_counts(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    guard.answer = warning("tok_2", refused="expired")
    again = generate(sandbox, confirmation="tok_1")
    assert (again.status_code, again.json()["confirmation"]["refused"]) == (409, "expired")
    guard.answer = {"decision": "block", "user_message": WORDS}
    assert generate(sandbox, confirmation="tok_2").status_code == 403
    guard.answer = {"decision": "allow", "mode": "confirmed", "confirmation": None}
    assert generate(sandbox, confirmation="tok_2").status_code == 201
    assert [asked[2]["confirmation"] for asked in guard.asked] == ["tok_1", "tok_2", "tok_2"]
    assert guard.asked[-1][2]["prompt"] == WISH["prompt"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Generate anyway"), ("zh-Hans", "仍要生成")]
)
def test_the_page_shows_the_warning_the_way_to_object_and_sends_the_same_wish(
    sandbox: SandboxProcess, guard: FakeGuard, language: str, words: str
) -> None:
    guard.answer = warning()
    sent = WISH | {"lora": "foxspirit-v3@2", "model": "acme-ink-1", "paid": "on"}
    page = sandbox.ask("POST", f"/generate?lang={language}", data=sent)
    assert page.status_code == 409
    for text in (WORDS[language], f'href="{OBJECT}"', words, "fox &#34;spirit&#34;"):
        assert text in page.text
    assert hidden_fields(page.text) == sent | {"confirmation": "tok_1"}

    guard.answer = {"decision": "allow", "mode": "confirmed"}
    done = sandbox.ask("POST", f"/generate?lang={language}", data=hidden_fields(page.text))
    assert done.status_code == 303
    first, second = (dict(asked[2]) for asked in guard.asked)
    assert second.pop("confirmation") == "tok_1"
    assert first == second


def test_a_confirmation_that_did_not_count_is_said_so(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    guard.answer = warning("tok_2", refused="used")
    page = sandbox.ask("POST", "/generate?lang=en", data=WISH | {"confirmation": "tok_1"})
    assert "did not count" in page.text
    assert hidden_fields(page.text)["confirmation"] == "tok_2"


@pytest.mark.parametrize("confirmation", ["tok", {}, {"token": 7}, {"token": ""}, []])
def test_a_confirmation_without_a_token_is_no_answer(
    sandbox: SandboxProcess, guard: FakeGuard, confirmation: object
) -> None:
    guard.answer = {"decision": "warn", "user_message": WORDS, "confirmation": confirmation}
    assert generate(sandbox).status_code == 503


@pytest.mark.parametrize("confirmation", [7, ["tok"], "x" * 201])
def test_a_malformed_token_is_refused_before_anybody_is_asked(
    sandbox: SandboxProcess, guard: FakeGuard, confirmation: object
) -> None:
    answer = generate(sandbox, confirmation=confirmation)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/confirmation")
    assert guard.asked == []


def test_only_an_address_of_the_web_is_a_way_to_object(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    guard.answer = warning() | {"appeal_url": "javascript:alert(1)"}
    assert generate(sandbox).json()["appeal_url"] is None
    guard.answer = {"decision": "block", "user_message": WORDS, "appeal_url": OBJECT}
    page = sandbox.ask("POST", "/generate?lang=en", data=WISH)
    assert f'href="{OBJECT}"' in page.text


def test_a_probe_is_drawn_in_spite_of_a_warning_since_a_user_could_confirm_it(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    guard.answer = warning()
    run = {"model": "acme-ink-1", "prompts": [{"id": "p1", "prompt": "fox spirit", "seed": 1}]}
    answer = sandbox.ask("POST", "/v1/probes", json=run, headers={"Idempotency-Key": "key-1"})
    assert [one["outcome"] for one in answer.json()["results"]] == ["output"]
