"""The sandbox can be told to fail, to dawdle and to lie; its log hides nothing, its effects count only what happened."""

import hashlib
import json
import socket
import time

import pytest

from platforms.client import PlatformClient
from platforms.contract import PlatformError
from tests.sandbox.orders import removal
from tests.sandbox_process import SandboxProcess


def test_told_to_fail_it_fails_so_often_and_then_works(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    sandbox.fault(fail={"status": 503, "times": 2, "retry_after": 7})
    for _ in range(2):
        with pytest.raises(PlatformError, match="503") as caught:
            client.apply(removal("m-1"), "key-1")
        assert (caught.value.permanent, caught.value.retry_after) == (False, 7)
    assert sandbox.effects() == []
    assert client.apply(removal("m-1"), "key-1").state == "applied"


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (400, True),
        (403, True),
        (408, False),
        (425, False),
        (429, False),
        (500, False),
        (502, False),
    ],
)
def test_the_client_knows_which_failures_may_be_repeated(
    client: PlatformClient, sandbox: SandboxProcess, status: int, permanent: bool
) -> None:
    sandbox.fault(fail={"status": status, "times": 1})
    with pytest.raises(PlatformError) as caught:
        client.apply(removal("m-1"), "key-1")
    assert caught.value.permanent is permanent


def test_a_fault_can_be_kept_to_measures(client: PlatformClient, sandbox: SandboxProcess) -> None:
    sandbox.fault(fail={"times": 1, "on": "measures"})
    assert client.artefact("out_8Hk2").state == "available"
    with pytest.raises(PlatformError):
        client.apply(removal("m-1"), "key-1")


def test_slow_beyond_patience_is_transient_and_the_repetition_has_one_effect(
    sandbox: SandboxProcess,
) -> None:
    sandbox.fault(slow={"seconds": 1.2, "times": 1})
    with pytest.raises(PlatformError) as caught:
        PlatformClient(sandbox.url, sandbox.key, timeout=0.3).apply(removal("m-1"), "key-1")
    assert not caught.value.permanent
    assert (
        PlatformClient(sandbox.url, sandbox.key).apply(removal("m-1"), "key-1").state == "applied"
    )
    time.sleep(1.2)
    assert len(sandbox.effects()) == 1


def test_failing_after_the_effect_keeps_the_effect_and_the_answer(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    sandbox.fault(fail_after_effect={"times": 1})
    with pytest.raises(PlatformError) as caught:
        client.apply(removal("m-1"), "key-1")
    assert not caught.value.permanent
    assert len(sandbox.effects()) == 1
    assert client.apply(removal("m-1"), "key-1").state == "applied"
    assert len(sandbox.effects()) == 1


def test_a_lie_is_acknowledged_without_any_effect(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    sandbox.fault(lie={"times": 1})
    assert client.apply(removal("m-1"), "key-1").state == "applied"
    assert sandbox.effects() == []
    assert client.artefact("out_8Hk2").state == "available"


def test_faults_can_be_seen_and_cleared(client: PlatformClient, sandbox: SandboxProcess) -> None:
    sandbox.fault(fail={"times": 5}, slow={"seconds": 0.1, "times": 1})
    assert [fault["name"] for fault in sandbox.ask("GET", "/sandbox/faults").json()["faults"]] == [
        "fail",
        "slow",
    ]
    assert sandbox.ask("DELETE", "/sandbox/faults").json() == {"faults": []}
    assert client.artefact("out_8Hk2").id == "out_8Hk2"


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"explode": {}},
        {"fail": 3},
        {"fail": {"times": -1}},
        {"fail": {"status": "500"}},
        {"slow": {"seconds": 601}},
        {"lie": {"x": 1}},
        {"fail": {"on": "monday"}},
        {"fail": {"on": []}},
    ],
)
def test_a_senseless_fault_is_refused(sandbox: SandboxProcess, body: object) -> None:
    assert sandbox.ask("PUT", "/sandbox/faults", json=body).status_code == 422


def test_the_log_holds_every_request_even_with_a_wrong_key_and_never_the_key(
    sandbox: SandboxProcess,
) -> None:
    body = json.dumps(removal("m-1").body()).encode()
    headers = {"Authorization": "Bearer wrong", "Idempotency-Key": "key-1", "X-Trace": "seen"}
    sandbox.ask("PUT", "/v1/measures/m-1", content=body, headers=headers)
    row = sandbox.requests()[-2]
    assert (row["method"], row["path"], row["status"], row["idempotency_key"]) == (
        "PUT",
        "/v1/measures/m-1",
        401,
        "key-1",
    )
    assert row["body_sha256"] == hashlib.sha256(body).hexdigest()
    assert row["headers"]["X-Trace"] == "seen"
    assert "wrong" not in json.dumps(row)
    assert sandbox.key not in json.dumps(sandbox.requests())


def test_the_log_can_be_paged(sandbox: SandboxProcess) -> None:
    first = sandbox.ask("GET", "/sandbox/requests", params={"limit": 1}).json()["requests"]
    rest = sandbox.ask("GET", "/sandbox/requests", params={"after": first[0]["id"]}).json()[
        "requests"
    ]
    assert rest[0]["id"] > first[0]["id"]
    assert sandbox.ask("GET", "/sandbox/requests", params={"after": "x"}).status_code == 422


def test_a_body_too_large_is_refused_and_still_logged(sandbox: SandboxProcess) -> None:
    answer = sandbox.ask(
        "PUT", "/v1/measures/m-1", content=b"x" * 1_000_001, headers={"Idempotency-Key": "key-1"}
    )
    assert answer.status_code == 413
    assert sandbox.requests()[-2]["status"] == 413


def test_reset_brings_the_seed_world_back(client: PlatformClient, sandbox: SandboxProcess) -> None:
    client.apply(removal("m-1"), "key-1")
    sandbox.fault(fail={"times": 3})
    sandbox.ask("POST", "/sandbox/reset").raise_for_status()
    assert sandbox.effects() == []
    assert client.artefact("out_8Hk2").state == "available"


def test_half_a_request_of_a_sender_that_died_is_no_body(sandbox: SandboxProcess) -> None:
    head = "PUT /v1/measures/m-1 HTTP/1.1\r\nHost: sandbox\r\nContent-Length: 100\r\n\r\n"
    with socket.create_connection(("127.0.0.1", sandbox.port)) as sender:
        sender.sendall(head.encode() + b'{"family":')
        sender.shutdown(socket.SHUT_WR)
        assert sender.recv(12).startswith(b"HTTP/1.1 4")

    assert sandbox.requests()[-2]["body_sha256"] is None
