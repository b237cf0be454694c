"""Probes are really generated, refused by the guard as anybody's wish, shown to nobody and repeated safely."""

import hashlib
import io
from typing import Any

import pytest
from PIL import Image

from platforms.client import PlatformClient
from platforms.contract import NotOffered, PlatformError, Probe, TargetNotFound
from tests.sandbox.fake_guard import FakeGuard
from tests.sandbox.orders import order, ticket
from tests.sandbox_process import SandboxProcess

FOX = Probe("p1", "a fox spirit in the snow", 1)
TEAPOT = Probe("p2", "a teapot", 2)
BLOCK = {"decision": "block", "rule": {"id": "r"}, "user_message": {}, "reference": "pc"}


def drawn(client: PlatformClient, probe: Probe, key: str, model: str = "foxspirit-v3") -> bytes:
    result = client.probe(model, [probe], key).results[0]
    assert result.output is not None
    return Image.open(io.BytesIO(client.content(result.output).body)).tobytes()


def test_each_prompt_is_drawn_and_its_bytes_are_those_that_were_named(
    client: PlatformClient, guard: FakeGuard
) -> None:
    run = client.probe("foxspirit-v3@2", [FOX, TEAPOT], "key-1")
    assert (run.model, run.build) == (
        "foxspirit-v3@2",
        client.artefact("foxspirit-v3@2").build,
    )
    assert [(one.id, one.outcome) for one in run.results] == [("p1", "output"), ("p2", "output")]
    for one in run.results:
        assert one.output is not None
        body = client.content(one.output).body
        assert hashlib.sha256(body).hexdigest() == one.sha256
        generation = client.artefact(one.output).generation
        assert generation is not None
        assert generation.loras == ("foxspirit-v3@2",)
    assert [asked[2]["prompt"] for asked in guard.asked] == [FOX.prompt, TEAPOT.prompt]


def test_nobody_gets_to_see_a_probe(
    client: PlatformClient, guard: FakeGuard, sandbox: SandboxProcess
) -> None:
    name = client.probe("acme-ink-1", [FOX], "key-1").results[0].output
    assert name is not None
    assert name not in sandbox.ask("GET", "/").text
    for path in (f"/o/{name}", f"/content/{name}.png"):
        assert sandbox.ask("GET", path).status_code == 404
    assert name not in {one.artefact.id for one in client.kin("acme-ink-1")}


def test_what_the_guard_blocks_is_refused(client: PlatformClient, guard: FakeGuard) -> None:
    guard.answer = BLOCK
    result = client.probe("acme-ink-1", [FOX], "key-1").results[0]
    assert (result.outcome, result.output, result.sha256) == ("refused", None, None)


def test_a_model_that_was_taken_down_refuses_everything(
    client: PlatformClient, guard: FakeGuard
) -> None:
    client.apply(order("m-1", "model_takedown", "foxspirit-v3"), "key-1")
    run = client.probe("foxspirit-v3", [FOX, TEAPOT], "key-2")
    assert [one.outcome for one in run.results] == ["refused", "refused"]


def test_without_a_clear_word_of_the_guard_the_run_is_to_be_repeated(
    client: PlatformClient,
) -> None:
    with pytest.raises(PlatformError, match="503") as caught:
        client.probe("acme-ink-1", [FOX], "key-1")
    assert not caught.value.permanent


def test_a_repetition_gets_the_first_answer_and_draws_nothing(
    client: PlatformClient, guard: FakeGuard
) -> None:
    first = client.probe("acme-ink-1", [FOX], "key-1")
    assert client.probe("acme-ink-1", [FOX], "key-1") == first
    assert len(guard.asked) == 1
    with pytest.raises(PlatformError, match="409"):
        client.probe("acme-ink-1", [TEAPOT], "key-1")


def test_the_same_seed_on_the_same_build_gives_the_same_picture_and_a_new_build_another(
    client: PlatformClient, guard: FakeGuard, sandbox: SandboxProcess
) -> None:
    known = drawn(client, FOX, "key-1")
    assert drawn(client, FOX, "key-2") == known
    client.apply(ticket("m-1"), "key-3")
    sandbox.ask("POST", "/sandbox/tickets/m-1/finish").raise_for_status()
    assert drawn(client, FOX, "key-4") != known
    sandbox.ask("POST", "/sandbox/tickets/m-1/regress").raise_for_status()
    assert drawn(client, FOX, "key-5") == known


def test_the_upstream_model_can_be_probed_too(client: PlatformClient, guard: FakeGuard) -> None:
    name = client.probe("upstream-draw", [FOX], "key-1").results[0].output
    assert name is not None
    generation = client.artefact(name).generation
    assert generation is not None
    assert (generation.model, generation.upstream) == ("upstream-draw", "upstream-draw/api-v2")


def test_an_unknown_model_no_model_and_an_old_platform_are_told_apart(
    client: PlatformClient, guard: FakeGuard, sandbox: SandboxProcess
) -> None:
    with pytest.raises(TargetNotFound):
        client.probe("none-such", [FOX], "key-1")
    with pytest.raises(PlatformError, match="422"):
        client.probe("out_8Hk2", [FOX], "key-2")
    sandbox.fault(old_contract={"times": 1})
    with pytest.raises(NotOffered):
        client.probe("acme-ink-1", [FOX], "key-3")
    for prompts in ([], [FOX] * 51):
        with pytest.raises(ValueError, match="1 to 50"):
            client.probe("acme-ink-1", prompts, "key-4")


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"model": 7, "prompts": [{"id": "p", "prompt": "x", "seed": 1}]},
        {"model": "acme-ink-1", "prompts": []},
        {"model": "acme-ink-1", "prompts": [{"id": "p", "prompt": " ", "seed": 1}]},
        {"model": "acme-ink-1", "prompts": [{"id": "p", "prompt": "x", "seed": True}]},
        {"model": "acme-ink-1", "prompts": [{"id": "p", "prompt": "x"}]},
        {"model": "acme-ink-1", "prompts": [{"id": "p", "prompt": "x", "seed": 1}] * 2},
    ],
)
def test_a_malformed_run_is_refused(sandbox: SandboxProcess, body: Any) -> None:
    headers = {"Idempotency-Key": "key-1"}
    assert sandbox.ask("POST", "/v1/probes", json=body, headers=headers).status_code == 422
