"""Generating asks the guard first, and no clear yes is a no."""

import io
import json
import time
from typing import Any

import httpx
import pytest
from PIL import Image

from platforms.client import PlatformClient
from tests.sandbox.fake_guard import FakeGuard
from tests.sandbox.orders import order, sanction, ticket
from tests.sandbox_process import GUARD_TOKEN, SandboxProcess

BLOCKED = {"en": "This character is protected.", "zh-Hans": "该角色形象受保护。"}


def generate(
    sandbox: SandboxProcess, prompt: str = "fox spirit in the snow", **more: Any
) -> httpx.Response:
    return sandbox.ask("POST", "/generate", json={"prompt": prompt, "user": "u_8830"} | more)


def outputs(sandbox: SandboxProcess) -> int:
    return sandbox.ask("GET", "/").text.count("/o/out_")


def kind_of(answer: httpx.Response) -> str:
    kind: str = answer.json()["type"].rpartition("/")[2]
    return kind


def test_an_allowed_prompt_is_drawn_and_recorded_in_full(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient
) -> None:
    answer = generate(sandbox, negative_prompt="text", lora="foxspirit-v3", paid=True)
    assert answer.status_code == 201
    record = client.artefact(answer.json()["id"])
    assert record.generation is not None
    assert (
        record.generation.prompt,
        record.generation.negative_prompt,
        record.generation.loras,
    ) == ("fox spirit in the snow", "text", ("foxspirit-v3@2",))
    assert (record.owner, record.state, record.generation.paid) == ("u_8830", "available", True)
    path, key, asked = guard.asked[0]
    assert (path, key) == ("/api/v1/prompt-checks", f"Bearer {GUARD_TOKEN}")
    assert asked == {
        "prompt": "fox spirit in the snow",
        "negative_prompt": "text",
        "user": "u_8830",
        "surface": "text_to_image",
    }


def test_the_file_carries_the_label_of_gb_45438(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient
) -> None:
    name = generate(sandbox).json()["id"]
    texts = Image.open(io.BytesIO(client.content(name).body)).text  # type: ignore[attr-defined]
    label = json.loads(texts["AIGC"])
    assert label["Label"] == "1"
    assert client.resolve(label["ProduceID"]).id == name
    assert "fox spirit in the snow" in texts["parameters"]


@pytest.mark.parametrize("format_", ["png", "jpeg"])
def test_the_label_stands_in_exif_and_xmp_in_the_form_of_annex_e(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient, format_: str
) -> None:
    name = generate(sandbox, format=format_).json()["id"]
    content = client.content(name)
    assert content.media_type == f"image/{format_}"
    image = Image.open(io.BytesIO(content.body))
    comment = image.getexif().get_ifd(0x8769)[0x9286]
    told = json.loads(comment.removeprefix(b"ASCII\x00\x00\x00"))["AIGC"]
    assert (told["Label"], told["PropagateID"]) == ("1", name)
    assert set(told) == {"Label", "ContentProducer", "ProduceID", "ReservedCode1"} | {
        "ContentPropagator",
        "PropagateID",
        "ReservedCode2",
    }
    packet = image.info["xmp"] if format_ == "jpeg" else image.text["XML:com.adobe.xmp"].encode()  # type: ignore[attr-defined]
    assert told["ProduceID"].encode() in packet
    ending = "jpg" if format_ == "jpeg" else "png"
    assert sandbox.ask("GET", f"/content/{name}.{ending}").content == content.body
    assert f"/content/{name}.{ending}" in sandbox.ask("GET", f"/o/{name}").text


@pytest.mark.parametrize("paid", [True, False])
def test_some_wishes_are_drawn_upstream_paid_or_free(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient, paid: bool
) -> None:
    record = client.artefact(generate(sandbox, model="upstream-draw", paid=paid).json()["id"])
    assert record.generation is not None
    assert (record.generation.upstream, record.generation.paid) == ("upstream-draw/api-v2", paid)
    client.apply(order("m-1", "model_takedown", "upstream-draw"), "key-1")
    assert kind_of(generate(sandbox, model="upstream-draw")) == "model-disabled"
    assert generate(sandbox).status_code == 201


def test_the_same_wish_gives_the_same_picture_and_another_seed_another(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient
) -> None:
    def pixels(**more: Any) -> bytes:
        name = generate(sandbox, **more).json()["id"]
        return Image.open(io.BytesIO(client.content(name).body)).tobytes()

    assert pixels() == pixels()
    assert pixels() != pixels(seed=77)


def test_a_warning_is_passed_on_and_the_picture_drawn(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    guard.answer = {"decision": "warn", "user_message": BLOCKED, "reference": "pc_1"}
    answer = generate(sandbox)
    assert (answer.status_code, answer.json()["user_message"]) == (201, BLOCKED)


def test_a_block_refuses_with_the_guards_own_words(
    sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    guard.answer = {
        "decision": "block",
        "rule": {"id": "rul_1"},
        "user_message": BLOCKED,
        "reference": "pc_2",
    }
    before = outputs(sandbox)
    answer = generate(sandbox)
    assert (answer.status_code, kind_of(answer)) == (403, "prompt-blocked")
    assert (answer.json()["user_message"], answer.json()["reference"]) == (BLOCKED, "pc_2")
    page = sandbox.ask("POST", "/generate?lang=zh", data={"prompt": "狐灵", "user": "u_8830"})
    assert page.status_code == 403
    assert BLOCKED["zh-Hans"] in page.text
    assert outputs(sandbox) == before


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, {"decision": "allow"}),
        (401, {"decision": "allow"}),
        (301, {"decision": "allow"}),
        (200, b"not json"),
        (200, b""),
        (200, []),
        (200, {"decision": "maybe"}),
        (200, {"decision": ["allow"]}),
        (200, {"allow": True}),
        (200, {"decision": "block", "user_message": "text"}),
        (200, b'{"decision": "allow", "more": "' + b"x" * 70_000 + b'"}'),
    ],
)
def test_any_other_answer_of_the_guard_is_a_no(
    sandbox: SandboxProcess, guard: FakeGuard, status: int, answer: Any
) -> None:
    guard.status, guard.answer = status, answer
    before = outputs(sandbox)
    refused = generate(sandbox)
    assert (refused.status_code, kind_of(refused)) == (503, "guard-unavailable")
    assert outputs(sandbox) == before


def test_without_a_guard_nothing_is_generated(sandbox: SandboxProcess) -> None:
    assert generate(sandbox).status_code == 503
    page = sandbox.ask("POST", "/generate", data={"prompt": "teapot", "user": "u_8830"})
    assert page.status_code == 503
    assert "could not be checked" in page.text


def test_a_guard_slower_than_two_seconds_is_a_no(sandbox: SandboxProcess, guard: FakeGuard) -> None:
    guard.delay = 2.6
    start = time.monotonic()
    assert generate(sandbox).status_code == 503
    assert time.monotonic() - start < 2.5


def test_a_model_taken_down_is_refused_and_an_older_version_still_serves(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient
) -> None:
    client.apply(order("m-1", "model_takedown", "foxspirit-v3@2"), "key-1")
    assert generate(sandbox, lora="foxspirit-v3").json()["generation"]["loras"] == [
        "foxspirit-v3@1"
    ]
    assert kind_of(generate(sandbox, lora="foxspirit-v3@2")) == "model-disabled"
    client.apply(order("m-2", "model_takedown", "foxspirit-v3"), "key-2")
    assert generate(sandbox, lora="foxspirit-v3").status_code == 403
    client.lift("m-2", "key-3")
    assert generate(sandbox, lora="foxspirit-v3").status_code == 201


@pytest.mark.parametrize("level", ["suspend", "terminate"])
def test_a_barred_user_may_not_generate_until_the_lift(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient, level: str
) -> None:
    client.apply(sanction("m-1", level, "u_8830"), "key-1")
    assert kind_of(generate(sandbox)) == "user-barred"
    client.lift("m-1", "key-2")
    assert generate(sandbox).status_code == 201


def test_a_restricted_user_may_not_use_shared_models(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient
) -> None:
    client.apply(sanction("m-1", "restrict", "u_8830"), "key-1")
    assert kind_of(generate(sandbox, lora="foxspirit-v3")) == "user-restricted"
    assert generate(sandbox).status_code == 201


def test_a_finished_ticket_makes_the_model_forget_the_character(
    sandbox: SandboxProcess, guard: FakeGuard, client: PlatformClient
) -> None:
    def drawn() -> bytes:
        return Image.open(
            io.BytesIO(client.content(generate(sandbox, lora="foxspirit-v3").json()["id"]).body)
        ).tobytes()

    known = drawn()
    client.apply(ticket("m-1"), "key-1")
    assert drawn() == known
    sandbox.ask("POST", "/sandbox/tickets/m-1/finish").raise_for_status()
    assert drawn() != known
    client.lift("m-1", "key-2")
    assert drawn() == known


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"prompt": " "}, "/prompt"),
        ({"user": "u_0"}, "/user"),
        ({"lora": "none-such"}, "/lora"),
        ({"seed": -1}, "/seed"),
        ({"prompt": 7}, "/prompt"),
        ({"prompt": "x" * 2001}, "/prompt"),
        ({"paid": "yes"}, "/paid"),
        ({"model": "none-such"}, "/model"),
        ({"model": "upstream-draw", "lora": "foxspirit-v3"}, "/model"),
        ({"format": "gif"}, "/format"),
    ],
)
def test_a_malformed_wish_is_refused_naming_the_field(
    sandbox: SandboxProcess, body: dict[str, Any], pointer: str
) -> None:
    answer = generate(sandbox, **body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
