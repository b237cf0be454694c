"""What was drawn is shown to the guard before anybody gets it, and no clear yes is a no."""

import base64
import time
from typing import Any

import httpx
import pytest

from platforms.client import PlatformClient
from tests.sandbox.fake_guard import FakeGuard
from tests.sandbox_process import GUARD_TOKEN, SandboxProcess

WORDS = {"en": "This picture is protected.", "zh-Hans": "该图片受保护。"}
WISH = {"prompt": "fox spirit in the snow", "user": "u_8830"}


def generate(sandbox: SandboxProcess, **more: Any) -> httpx.Response:
    return sandbox.ask("POST", "/generate", json=WISH | more)


def page(sandbox: SandboxProcess, language: str) -> httpx.Response:
    return sandbox.ask("POST", f"/generate?lang={language}", data=WISH)


def shelf(sandbox: SandboxProcess) -> int:
    return sandbox.ask("GET", "/").text.count("/o/out_")


def kind_of(answer: httpx.Response) -> str:
    kind: str = answer.json()["type"].rpartition("/")[2]
    return kind


def last(guard: FakeGuard) -> str:
    """Our own name for the output that the guard was asked about last."""
    name: str = guard.looked[-1][1]["output"]
    return name


@pytest.mark.parametrize("format_", ["png", "jpeg"])
def test_the_very_file_is_shown_to_the_guard_before_it_is_delivered(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient, format_: str
) -> None:
    name = generate(sandbox, format=format_).json()["id"]
    [(key, asked)] = guard.looked
    assert key == f"Bearer {GUARD_TOKEN}"
    assert base64.b64decode(asked.pop("picture")) == client.content(name).body
    assert asked == {"user": "u_8830", "surface": "text_to_image", "output": name}


def test_a_prompt_that_is_refused_is_not_drawn_and_asked_no_further(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    guard.answer = {"decision": "block"}
    assert generate(sandbox).status_code == 403
    assert guard.looked == []


def test_a_known_file_is_on_no_shelf_and_nobody_gets_it(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    guard.output_answer = {"id": "oc_7", "decision": "block", "user_message": WORDS}
    before = shelf(sandbox)
    answer = generate(sandbox)
    assert (answer.status_code, kind_of(answer)) == (403, "output-blocked")
    assert (answer.json()["user_message"], answer.json()["reference"]) == (WORDS, "oc_7")
    assert sandbox.ask("GET", f"/v1/artefacts/{last(guard)}").status_code == 404
    assert WORDS["zh-Hans"] in page(sandbox, "zh").text
    assert shelf(sandbox) == before


def test_without_words_of_the_guard_the_page_has_its_own(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    guard.output_answer = {"id": "oc_7", "decision": "block", "matches": []}
    for language, words in (("en", "removed after a notice"), ("zh", "因权利人通知被移除")):
        told = page(sandbox, language)
        assert told.status_code == 403
        assert words in told.text
        assert "oc_7" in told.text


def test_what_a_person_must_see_is_held_back_where_only_redress_reads_it(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient
) -> None:
    guard.output_answer = {"id": "oc_8", "decision": "review", "matches": []}
    before = shelf(sandbox)
    answer = generate(sandbox)
    assert (answer.status_code, kind_of(answer)) == (403, "output-held")
    assert answer.json()["reference"] == "oc_8"
    name = last(guard)
    assert base64.b64decode(guard.looked[-1][1]["picture"]) == client.content(name).body
    assert client.artefact(name).owner == "u_8830"
    for path in (f"/o/{name}", f"/content/{name}.png"):
        assert sandbox.ask("GET", path).status_code == 404
    assert "a person looks at it" in page(sandbox, "en").text
    assert "将由人工查看" in page(sandbox, "zh").text
    assert shelf(sandbox) == before


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (503, {"decision": "allow"}),
        (413, {"decision": "allow"}),
        (404, {"type": "not-found"}),
        (200, b"not json"),
        (200, []),
        (200, {"decision": "warn"}),
        (200, {"decision": ["allow"]}),
        (200, {"decision": "review", "user_message": "text"}),
        (200, b'{"decision": "allow", "more": "' + b"x" * 70_000 + b'"}'),
    ],
)
def test_any_other_answer_is_a_no_and_nothing_is_kept(
    sandbox: SandboxProcess, guard: FakeGuard, status: int, answer: Any
) -> None:
    guard.output_status, guard.output_answer = status, answer
    before = shelf(sandbox)
    refused = generate(sandbox)
    assert (refused.status_code, kind_of(refused)) == (503, "output-guard-unavailable")
    assert refused.headers["Retry-After"]
    assert "未交付" in page(sandbox, "zh").text
    assert sandbox.ask("GET", f"/v1/artefacts/{last(guard)}").status_code == 404
    assert shelf(sandbox) == before


def test_a_look_slower_than_two_seconds_is_a_no(sandbox: SandboxProcess, guard: FakeGuard) -> None:
    guard.output_delay = 2.6
    start = time.monotonic()
    assert kind_of(generate(sandbox)) == "output-guard-unavailable"
    assert time.monotonic() - start < 2.5
    assert sandbox.ask("GET", f"/v1/artefacts/{last(guard)}").status_code == 404


def test_probes_are_not_asked_about(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient
) -> None:
    from_redress = {"id": "p1", "prompt": "fox spirit", "seed": 1}
    sandbox.ask(
        "POST",
        "/v1/probes",
        json={"model": "acme-ink-1", "prompts": [from_redress]},
        headers={"Idempotency-Key": "key-1"},
    ).raise_for_status()
    assert (len(guard.asked), guard.looked) == (1, [])
