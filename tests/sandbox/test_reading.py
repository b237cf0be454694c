"""Reading what the platform holds, through the client, every word held against the contract."""

import pytest

from platforms.client import PlatformClient
from platforms.contract import PlatformError, TargetNotFound
from tests.sandbox.contract_check import check
from tests.sandbox_process import SandboxProcess


def test_an_output_comes_with_its_whole_generation_record(client: PlatformClient) -> None:
    artefact = client.artefact("out_8Hk2")
    assert (artefact.kind, artefact.state, artefact.owner) == ("output", "available", "u_5512")
    assert artefact.generation is not None
    assert artefact.generation.loras == ("foxspirit-v3@2",)
    assert artefact.generation.prompt == "fox spirit with a lantern in the snow"
    assert artefact.created_at.utcoffset() is not None


@pytest.mark.parametrize(
    "name",
    ["foxspirit-v3", "foxspirit-v3@2", "doudou_xl", "pg_fox", "lnk_f8", "trn_fox_01", "out_5Gd1"],
)
def test_every_kind_of_artefact_keeps_the_contract(client: PlatformClient, name: str) -> None:
    assert client.artefact(name).id == name


def test_content_is_compared_with_its_digest(client: PlatformClient) -> None:
    first, second = client.content("out_8Hk2"), client.content("out_8Hk2")
    assert first == second
    assert first.media_type == "image/png"
    assert first.body.startswith(b"\x89PNG")


def test_a_model_version_is_a_safetensors_file(client: PlatformClient) -> None:
    body = client.content("foxspirit-v3@2").body
    length = int.from_bytes(body[:8], "little")
    assert b"trn_fox_01" in body[8 : 8 + length]


def test_what_has_no_bytes_is_an_error_but_not_an_unknown_target(client: PlatformClient) -> None:
    with pytest.raises(PlatformError) as caught:
        client.content("foxspirit-v3")
    assert caught.value.permanent
    assert not isinstance(caught.value, TargetNotFound)


def test_unknown_things_are_not_found_here(client: PlatformClient) -> None:
    for ask in (
        lambda: client.artefact("out_0000"),
        lambda: client.user("u_0"),
        lambda: client.content("out_0000"),
        lambda: client.artefact("../users/u_5512"),
    ):
        with pytest.raises(TargetNotFound):
            ask()


def test_a_user_is_active_since_joining(client: PlatformClient) -> None:
    user = client.user("u_5512")
    assert (user.handle, user.state, user.contact_email) == (
        "paul_paints",
        "active",
        "paul@example.org",
    )


@pytest.mark.parametrize(
    ("locator", "found"),
    [
        ("out_8Hk2", "out_8Hk2"),
        ("  out_8Hk2. ", "out_8Hk2"),
        ("“out_8Hk2”，", "out_8Hk2"),
        ("foxspirit-v3@2", "foxspirit-v3@2"),
        ("P20260901008202ACME", "out_8Hk2"),
        ("https://acme-ai.example/o/out_8Hk2", "out_8Hk2"),
        ("https://acme-ai.example/o/out_8Hk2/?lang=zh#top", "out_8Hk2"),
        ("(https://acme-ai.example/s/F8kQ2z)。", "lnk_f8"),
        ("acme-ai.example/m/foxspirit-v3%402", "foxspirit-v3@2"),
        ("/p/pg_fox", "pg_fox"),
    ],
)
def test_a_locator_is_resolved_as_people_paste_it(
    client: PlatformClient, locator: str, found: str
) -> None:
    assert client.resolve(locator).id == found


def test_the_page_address_in_the_record_resolves_back(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    url = client.artefact("out_9Tq4").url
    assert url.startswith(sandbox.url)
    assert client.resolve(url).id == "out_9Tq4"
    assert client.resolve(url.replace("127.0.0.1", "localhost")).id == "out_9Tq4"


@pytest.mark.parametrize(
    "locator",
    [
        "https://elsewhere.example/o/out_8Hk2",
        "https://acme-ai.example.evil.example/o/out_8Hk2",
        "nothing",
        "。",
        "http://[",
        "/",
        "x" * 2001,
        "狐" * 1900,
        " ",
    ],
)
def test_foreign_and_senseless_locators_are_not_found_here(
    client: PlatformClient, locator: str
) -> None:
    with pytest.raises(TargetNotFound):
        client.resolve(locator)


def test_an_empty_locator_is_named_as_the_malformed_field(sandbox: SandboxProcess) -> None:
    answer = check(sandbox.ask("GET", "/v1/resolve"))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/locator"


def test_a_wrong_key_is_a_permanent_refusal(sandbox: SandboxProcess) -> None:
    with pytest.raises(PlatformError, match="401") as caught:
        PlatformClient(sandbox.url, "wrong").artefact("out_8Hk2")
    assert caught.value.permanent
    for path in (
        "/v1/artefacts/out_8Hk2",
        "/sandbox/effects",
        "/sandbox/requests",
        "/sandbox/faults",
    ):
        assert (
            sandbox.ask(
                "GET",
                path,
                headers={
                    "Authorization": "Bearer wröng".encode("latin-1")
                    .decode("latin-1")
                    .replace("ö", "o")
                },
            ).status_code
            == 401
        )


def test_an_unknown_route_is_a_problem_document(sandbox: SandboxProcess) -> None:
    answer = sandbox.ask("GET", "/v1/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert sandbox.ask("POST", "/v1/resolve").status_code == 405
