"""Measures: applied once, acknowledged alike, lifted exactly."""

import uuid

import pytest

from platforms.client import PlatformClient
from platforms.contract import PlatformError, TargetNotFound
from tests.sandbox.contract_check import check
from tests.sandbox.orders import order, removal, sanction, ticket
from tests.sandbox_process import SandboxProcess


def test_a_removal_takes_effect_once_however_often_it_is_ordered(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    measure = str(uuid.uuid4())
    answers = [client.apply(removal(measure), "key-1") for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert (answers[0].state, answers[0].before, answers[0].after) == (
        "applied",
        "available",
        "removed",
    )
    assert client.artefact("out_8Hk2").state == "removed"
    assert [row["action"] for row in sandbox.effects(measure)] == ["apply"]


def test_the_same_key_with_another_body_is_refused_for_good(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    client.apply(removal("m-1"), "key-1")
    for attempt in (removal("m-1", "out_9Tq4"), removal("m-2")):
        with pytest.raises(PlatformError, match="409") as caught:
            client.apply(attempt, "key-1")
        assert caught.value.permanent
    with pytest.raises(PlatformError, match="409"):
        client.lift("m-1", "key-1")
    assert len(sandbox.effects()) == 1


def test_the_same_order_under_a_new_key_is_acknowledged_anew_without_a_second_effect(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    first = client.apply(removal("m-1"), "key-1")
    again = client.apply(removal("m-1"), "key-2")
    assert again.acknowledgement_id != first.acknowledgement_id
    assert (again.state, again.after) == ("applied", "removed")
    assert len(sandbox.effects()) == 1


def test_a_known_measure_with_another_order_or_after_its_lift_is_refused_under_a_new_key(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    client.apply(removal("m-1"), "key-1")
    with pytest.raises(PlatformError, match="409") as caught:
        client.apply(removal("m-1", "out_9Tq4"), "key-2")
    assert caught.value.permanent
    client.lift("m-1", "key-3")
    with pytest.raises(PlatformError, match="409"):
        client.apply(removal("m-1"), "key-4")
    assert [row["action"] for row in sandbox.effects()] == ["apply", "lift"]


def test_lifting_restores_exactly_and_only_once(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    before = client.artefact("out_8Hk2")
    client.apply(removal("m-1"), "key-1")
    first = client.lift("m-1", "key-2")
    assert client.lift("m-1", "key-2") == first
    assert client.lift("m-1", "key-3") == first
    assert (first.state, first.before, first.after) == ("lifted", "removed", "available")
    assert client.artefact("out_8Hk2") == before
    assert client.measure("m-1").state == "lifted"
    assert [row["action"] for row in sandbox.effects()] == ["apply", "lift"]


def test_an_old_order_repeated_after_the_lift_does_not_bind_again(client: PlatformClient) -> None:
    first = client.apply(removal("m-1"), "key-1")
    client.lift("m-1", "key-2")
    assert client.apply(removal("m-1"), "key-1") == first
    assert client.artefact("out_8Hk2").state == "available"


def test_a_target_stays_held_until_the_last_measure_is_lifted(client: PlatformClient) -> None:
    client.apply(removal("m-1"), "key-1")
    client.apply(removal("m-2"), "key-2")
    assert client.lift("m-1", "key-3").after == "removed"
    assert client.artefact("out_8Hk2").state == "removed"
    assert client.lift("m-2", "key-4").after == "available"
    assert client.artefact("out_8Hk2").state == "available"


def test_a_model_takes_its_versions_with_it_and_a_version_goes_alone(
    client: PlatformClient,
) -> None:
    client.apply(order("m-1", "model_takedown", "foxspirit-v3@1"), "key-1")
    assert [
        client.artefact(name).state for name in ("foxspirit-v3", "foxspirit-v3@1", "foxspirit-v3@2")
    ] == ["available", "disabled", "available"]
    client.apply(order("m-2", "model_takedown", "foxspirit-v3"), "key-2")
    assert client.artefact("foxspirit-v3@2").state == "disabled"
    client.lift("m-2", "key-3")
    assert [client.artefact(name).state for name in ("foxspirit-v3@1", "foxspirit-v3@2")] == [
        "disabled",
        "available",
    ]


def test_a_link_falls_with_what_it_shares(client: PlatformClient) -> None:
    client.apply(removal("m-1"), "key-1")
    assert client.artefact("lnk_f8").state == "removed"
    client.lift("m-1", "key-2")
    assert client.artefact("lnk_f8").state == "available"


@pytest.mark.parametrize(
    ("level", "state"),
    [
        ("warn", "warned"),
        ("restrict", "restricted"),
        ("suspend", "suspended"),
        ("terminate", "terminated"),
    ],
)
def test_every_sanction_binds_the_user_and_is_voided_by_the_lift(
    client: PlatformClient, level: str, state: str
) -> None:
    before = client.user("u_5512")
    answer = client.apply(sandbox_order := sanction("m-1", level), "key-1")
    assert (client.user("u_5512").state, client.user("u_5512").since) == (state, answer.applied_at)
    client.lift(sandbox_order.measure_id, "key-2")
    assert client.user("u_5512") == before


def test_the_heaviest_sanction_counts(client: PlatformClient) -> None:
    client.apply(sanction("m-1", "suspend"), "key-1")
    client.apply(sanction("m-2", "warn"), "key-2")
    assert client.user("u_5512").state == "suspended"
    assert client.lift("m-1", "key-3").after == "warned"


def test_a_ticket_is_accepted_and_finished_by_the_engineers(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    answer = client.apply(ticket("m-1"), "key-1")
    assert (answer.state, answer.before, answer.after) == ("accepted", "unoptimised", "ticket_open")
    assert sandbox.ask("POST", "/sandbox/tickets/m-1/finish").status_code == 200
    assert (client.measure("m-1").state, client.measure("m-1").after) == ("applied", "optimised")
    assert sandbox.ask("POST", "/sandbox/tickets/m-1/finish").status_code == 409
    assert client.lift("m-1", "key-2").after == "unoptimised"


def test_an_unknown_target_is_not_found_here_and_leaves_no_trace(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    for attempt in (
        removal("m-1", "out_0000"),
        sanction("m-2", "warn", "u_0"),
        removal("m-3", "https://elsewhere.example/狐灵.png"),
    ):
        with pytest.raises(TargetNotFound):
            client.apply(attempt, f"key-{attempt.measure_id}")
    assert sandbox.effects() == []


def test_an_unknown_measure_is_no_unknown_target(client: PlatformClient) -> None:
    for ask in (lambda: client.measure("m-9"), lambda: client.lift("m-9", "key-1")):
        with pytest.raises(PlatformError, match="No such measure") as caught:
            ask()
        assert caught.value.permanent
        assert not isinstance(caught.value, TargetNotFound)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"kind": "prompt_block"}, "/kind"),
        ({"kind": ["content_removal"]}, "/kind"),
        ({"kind": {}}, "/kind"),
        ({"target": {"type": "user", "id": "u_5512"}}, "/target/type"),
        ({"target": {"type": "artefact"}}, "/target/id"),
        ({"target": {"type": ["artefact"], "id": "out_8Hk2"}}, "/target/type"),
        ({"target": "out_8Hk2"}, "/target"),
        ({"target": {"type": "artefact", "id": "foxspirit-v3"}}, "/target/id"),
        ({"parameters": {"level": "warn"}}, "/parameters/level"),
        ({"parameters": None}, "/parameters"),
        ({"case": ""}, "/case"),
        ({"reason_code": 7}, "/reason_code"),
        ({"more": 1}, "/more"),
        ({"kind": "user_sanction", "target": {"type": "user", "id": "u_5512"}, "parameters": {"level": ["warn"]}}, "/parameters/level"),
        ({"kind": "model_optimisation", "target": {"type": "artefact", "id": "foxspirit-v3"}, "parameters": {"terms": [], "probes": []}}, "/parameters/terms"),
        ({"kind": "model_optimisation", "target": {"type": "artefact", "id": "foxspirit-v3"}, "parameters": {"terms": ["a"], "probes": [{"suite": [], "prompt": "x"}]}}, "/parameters/probes/0"),
    ],
)  # fmt: skip
def test_a_malformed_order_is_refused_naming_the_field(
    sandbox: SandboxProcess, change: dict[str, object], pointer: str
) -> None:
    body = removal("m-1").body() | change
    answer = check(
        sandbox.ask("PUT", "/v1/measures/m-1", json=body, headers={"Idempotency-Key": "key-1"})
    )
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]
    assert sandbox.effects() == []


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_malformed(sandbox: SandboxProcess, body: bytes) -> None:
    answer = check(
        sandbox.ask("PUT", "/v1/measures/m-1", content=body, headers={"Idempotency-Key": "key-1"})
    )
    assert answer.status_code == 422


def test_an_order_without_a_key_is_refused(sandbox: SandboxProcess) -> None:
    for method in ("PUT", "DELETE"):
        answer = check(
            sandbox.ask(
                method,
                "/v1/measures/m-1",
                **({"json": removal("m-1").body()} if method == "PUT" else {}),
            )
        )
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (
            422,
            "idempotency-key-missing",
        )


def test_a_key_counts_by_the_meaning_of_the_body_not_its_spelling(sandbox: SandboxProcess) -> None:
    body = removal("m-1").body()
    first = sandbox.ask("PUT", "/v1/measures/m-1", json=body, headers={"Idempotency-Key": "key-1"})
    second = sandbox.ask(
        "PUT",
        "/v1/measures/m-1",
        json=dict(reversed(body.items())),
        headers={"Idempotency-Key": "key-1"},
    )
    assert first.json() == second.json()
    assert [answer.headers["Idempotent-Replayed"] for answer in (first, second)] == [
        "false",
        "true",
    ]
