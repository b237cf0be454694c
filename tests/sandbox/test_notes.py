"""Texts of Redress are shown where users meet them, and the showing is proved."""

import time
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.sandbox.fake_guard import FakeGuard
from tests.sandbox_process import SandboxProcess


def text(kind: str, **changes: object) -> dict[str, Any]:
    said = {"en": f"English words of the {kind}.", "zh-Hans": f"{kind} 的中文说明。"}
    base = {
        "id": str(uuid4()),
        "kind": kind,
        "version": 2,
        "text": said,
        "case": None,
        "source": None,
    }
    return base | changes


def form(sandbox: SandboxProcess, *wanted: str) -> str:
    """The form, once the sandbox has heard of these words: it asks the guard every few seconds."""
    end = time.monotonic() + 15
    while True:
        page = sandbox.ask("GET", "/generate?lang=en").text
        if all(word in page for word in wanted) or time.monotonic() > end:
            return page
        time.sleep(0.2)


def send(sandbox: SandboxProcess, *shown: str, **more: str) -> httpx.Response:
    data = {"prompt": "fox spirit in the snow", "user": "u_8830", "shown": list(shown)} | more
    return sandbox.ask("POST", "/generate?lang=en", data=data)


def proofs(guard: FakeGuard, count: int) -> list[dict[str, Any]]:
    end = time.monotonic() + 10
    while len(guard.proofs) < count and time.monotonic() < end:
        time.sleep(0.05)
    return guard.proofs


@pytest.fixture
def before(sandbox: SandboxProcess, guard: FakeGuard) -> dict[str, Any]:
    """A disclaimer that the form shows already."""
    told = text("pre_use", version=int(time.monotonic() * 1000))
    guard.texts = [told, text("notice"), {"kind": "poem"}]
    assert told["id"] in form(sandbox, told["id"])
    return told


def test_the_form_shows_the_disclaimers_and_whoever_sends_it_has_seen_them(
    sandbox: SandboxProcess, guard: FakeGuard, before: dict[str, Any]
) -> None:
    page = sandbox.ask("GET", "/generate?lang=zh").text
    assert before["text"]["zh-Hans"] in page
    assert "English words of the notice." not in page
    assert send(sandbox, before["id"], "of nobody").status_code == 303
    (proof,) = proofs(guard, 1)
    assert proof.pop("at").endswith("Z")
    assert proof == {
        "text": before["id"],
        "user": "u_8830",
        "language": "en",
        "surface": "text_to_image",
    }


def test_notices_stay_with_the_result_for_everybody_who_looks_at_it(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    notice = text("notice", case="N-2026-000001-K")
    guard.answer = {"decision": "allow", "id": "pc_1", "notices": [notice, {"id": 7}]}
    made = send(sandbox).headers["Location"]
    page = sandbox.ask("GET", made).text
    assert "English words of the notice." in page
    assert "N-2026-000001-K" in page
    (proof,) = proofs(guard, 1)
    output = made.split("/o/")[1].split("?")[0]
    assert (proof["text"], proof["check"], proof["output"]) == (notice["id"], "pc_1", output)
    told = sandbox.ask("POST", "/generate", json={"prompt": "fox", "user": "u_8830"}).json()
    assert told["notices"] == [notice]


def test_a_refusal_shows_its_notices_too(sandbox: SandboxProcess, guard: FakeGuard) -> None:
    warning = text("warning", source="A <court>")
    guard.answer = {"decision": "block", "notices": [warning]}
    page = send(sandbox)
    assert page.status_code == 403
    assert "English words of the warning." in page.text
    assert "A &lt;court&gt;" in page.text
    assert proofs(guard, 1)[0]["text"] == warning["id"]


def test_a_proof_waits_while_the_guard_is_away(
    sandbox: SandboxProcess, guard: FakeGuard, before: dict[str, Any]
) -> None:
    guard.status = 503
    send(sandbox, before["id"])
    assert proofs(guard, 1)
    guard.status, guard.proofs = 200, []
    send(sandbox)
    assert sandbox.ask("GET", "/generate").status_code == 200
    guard.answer = {"decision": "allow", "notices": [text("notice")]}
    send(sandbox)
    assert proofs(guard, 2)[0]["text"] == before["id"]


def test_what_belongs_to_a_picture_that_is_held_back_is_shown_and_proved(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    told = text("notice", case="N-2026-004417-K")
    guard.output_answer = {"id": "oc_1", "decision": "review", "matches": [], "notices": [told]}
    refused = send(sandbox)
    assert refused.status_code == 403
    assert "English words of the notice." in refused.text
    assert [proof["text"] for proof in proofs(guard, 1)] == [told["id"]]
