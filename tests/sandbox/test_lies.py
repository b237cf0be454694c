"""Three ways to lie about a measure, each told apart from the truth by looking, and by nothing else."""

import time

import pytest

from platforms.client import PlatformClient
from platforms.contract import PlatformError
from tests.sandbox.fake_guard import FakeGuard
from tests.sandbox.orders import order, removal, sanction
from tests.sandbox_process import SandboxProcess


def test_it_acknowledges_and_does_nothing(client: PlatformClient, sandbox: SandboxProcess) -> None:
    sandbox.fault(lie={"times": 1})
    assert client.apply(removal("m-1"), "key-1").state == "applied"
    assert client.artefact("out_8Hk2").state == "available"
    assert sandbox.ask("GET", "/o/out_8Hk2").status_code == 200


def test_it_says_removed_everywhere_and_goes_on_serving(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    sandbox.fault(pretend={"times": 1})
    assert client.apply(removal("m-1"), "key-1").state == "applied"
    assert client.artefact("out_8Hk2").state == "removed"
    assert client.measure("m-1").state == "applied"
    for path in ("/o/out_8Hk2", "/content/out_8Hk2.png"):
        assert sandbox.ask("GET", path).status_code == 200
    assert "out_8Hk2" in sandbox.ask("GET", "/").text
    assert sandbox.effects("m-1") == []


def test_a_repetition_of_the_order_keeps_to_the_lie(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    sandbox.fault(pretend={"times": 1})
    first = client.apply(removal("m-1"), "key-1")
    assert client.apply(removal("m-1"), "key-1") == first
    assert sandbox.ask("GET", "/o/out_8Hk2").status_code == 200
    client.lift("m-1", "key-2")
    assert client.artefact("out_8Hk2").state == "available"


def test_a_model_said_to_be_down_still_draws_and_a_barred_user_still_may(
    client: PlatformClient, sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    sandbox.fault(pretend={"times": 2})
    client.apply(order("m-1", "model_takedown", "foxspirit-v3"), "key-1")
    client.apply(sanction("m-2", "suspend", "u_8830"), "key-2")
    assert client.artefact("foxspirit-v3@2").state == "disabled"
    assert client.user("u_8830").state == "suspended"
    wish = {"prompt": "a fox spirit", "user": "u_8830", "lora": "foxspirit-v3"}
    assert sandbox.ask("POST", "/generate", json=wish).status_code == 201


def test_it_deletes_at_once_and_brings_it_back_a_while_later(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    sandbox.fault(relapse={"seconds": 1.5, "times": 1})
    client.apply(removal("m-1"), "key-1")
    assert client.artefact("out_8Hk2").state == "removed"
    assert sandbox.ask("GET", "/o/out_8Hk2").status_code == 410
    time.sleep(1.6)
    assert client.artefact("out_8Hk2").state == "available"
    assert sandbox.ask("GET", "/o/out_8Hk2").status_code == 200
    assert client.measure("m-1").state == "applied"


def test_a_second_measure_that_is_honest_holds(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    sandbox.fault(pretend={"times": 1})
    client.apply(removal("m-1"), "key-1")
    client.apply(removal("m-2"), "key-2")
    assert sandbox.ask("GET", "/o/out_8Hk2").status_code == 410


def test_an_unknown_target_is_not_lied_about(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    sandbox.fault(pretend={"times": 1})
    with pytest.raises(PlatformError):
        client.apply(removal("m-1", "out_0000"), "key-1")
