"""Lineage and reach, through the client, every word held against the contract."""

import pytest

from platforms.client import PlatformClient
from platforms.contract import NotOffered, PlatformError, TargetNotFound
from tests.sandbox.contract_check import check
from tests.sandbox.fake_guard import FakeGuard
from tests.sandbox.orders import order, removal, ticket
from tests.sandbox_process import SandboxProcess

OF_THE_LORA = {
    "base_model": {"acme-ink-1"},
    "version": {"foxspirit-v3@1", "foxspirit-v3@2"},
    "merge": {"foxlantern-mix"},
    "quantisation": {"foxspirit-v3-q4"},
    "example": {"out_1Ex1", "out_1Ex2"},
    "output": {"out_8Hk2", "out_9Tq4", "out_2Lm7", "out_7Lc1"},
    "share_link": {"lnk_m1"},
    "collection": {"pg_fox"},
    "placement": {"plc_rec_fox", "plc_char_fox"},
    "training_picture": {"trn_fox_01", "trn_fox_02"},
    "mirror": {"mir_fox"},
}


def kin(client: PlatformClient, name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in client.kin(name):
        found.setdefault(one.relation, set()).add(one.artefact.id)
    return found


def test_a_lora_reaches_everything_of_its_kind_over_several_pages(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    assert kin(client, "foxspirit-v3") == OF_THE_LORA
    pages = [one for one in sandbox.requests() if one["path"].endswith("/foxspirit-v3/kin")]
    assert len(pages) == 3


@pytest.mark.parametrize(
    ("name", "relation", "expected"),
    [
        ("out_8Hk2", "base_model", {"acme-ink-1", "foxspirit-v3@2"}),
        ("out_8Hk2", "share_link", {"lnk_f8"}),
        ("out_8Hk2", "placement", {"plc_banner"}),
        ("foxlantern-mix", "base_model", {"acme-ink-1", "foxspirit-v3@2", "doudou_xl@1"}),
        ("foxlantern-mix", "output", {"out_7Mx1"}),
        ("foxspirit-v3@1", "output", {"out_2Lm7"}),
        ("foxspirit-v3@1", "base_model", {"foxspirit-v3"}),
        ("lnk_f8", "output", {"out_8Hk2"}),
        ("lnk_m1", "base_model", {"foxspirit-v3"}),
        ("upstream-draw", "output", {"out_4Rv6", "out_4Rf7"}),
    ],
)
def test_everything_tells_what_it_is_related_to(
    client: PlatformClient, name: str, relation: str, expected: set[str]
) -> None:
    assert kin(client, name)[relation] == expected


def test_what_is_related_to_nothing_has_no_kin(client: PlatformClient) -> None:
    assert kin(client, "trn_dou_01") == {}


def test_kin_stays_readable_after_a_takedown(client: PlatformClient) -> None:
    client.apply(order("m-1", "model_takedown", "foxspirit-v3"), "key-1")
    assert kin(client, "foxspirit-v3") == OF_THE_LORA


def test_a_mirror_is_outside_and_stands_alone(client: PlatformClient) -> None:
    mirror = client.artefact("mir_fox")
    assert mirror.url.startswith("https://mirror.elsewhere.example/")
    assert client.resolve(mirror.url).id == "mir_fox"
    client.apply(order("m-1", "model_takedown", "foxspirit-v3"), "key-1")
    assert client.artefact("mir_fox").state == "available"


def test_an_unknown_artefact_and_an_invented_cursor_are_told_apart(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    with pytest.raises(TargetNotFound):
        list(client.kin("out_0000"))
    answer = check(sandbox.ask("GET", "/v1/artefacts/foxspirit-v3/kin?cursor=nonsense"))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/cursor")


def test_a_platform_of_the_old_contract_does_not_say(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    for ask in (
        lambda: list(client.kin("foxspirit-v3")),
        lambda: client.preview("content_removal", "artefact", "out_8Hk2"),
    ):
        sandbox.fault(old_contract={"times": 1})
        with pytest.raises(NotOffered):
            ask()


def test_a_takedown_says_beforehand_what_it_would_touch_and_touches_nothing(
    client: PlatformClient, sandbox: SandboxProcess
) -> None:
    reach = client.preview("model_takedown", "artefact", "foxspirit-v3")
    assert (reach.versions, reach.licensed_uses, reach.placements) == (4, 1, 3)
    assert (reach.outputs, reach.users, reach.links) == (8, 5, 4)
    assert sandbox.effects() == []
    assert client.artefact("foxspirit-v3").state == "available"


def test_a_small_measure_touches_little_and_less_once_it_is_done(client: PlatformClient) -> None:
    before = client.preview("content_removal", "artefact", "out_8Hk2")
    assert (before.outputs, before.links, before.placements, before.users) == (1, 1, 1, 2)
    client.apply(removal("m-1"), "key-1")
    after = client.preview("content_removal", "artefact", "out_8Hk2")
    assert (after.outputs, after.links, after.placements) == (0, 0, 0)


def test_a_sanction_touches_what_the_user_has(client: PlatformClient) -> None:
    reach = client.preview("user_sanction", "user", "u_7001")
    assert (reach.versions, reach.outputs) == (2, 3)


@pytest.mark.parametrize(
    ("kind", "type_", "name", "missing"),
    [
        ("content_removal", "artefact", "out_0000", True),
        ("user_sanction", "user", "u_0", True),
        ("content_removal", "artefact", "foxspirit-v3", False),
        ("content_removal", "user", "u_5512", False),
        ("everything", "artefact", "out_8Hk2", False),
    ],
)
def test_a_preview_of_nonsense_is_refused(
    sandbox: SandboxProcess, kind: str, type_: str, name: str, missing: bool
) -> None:
    with pytest.raises(PlatformError) as caught:
        PlatformClient(sandbox.url, sandbox.key).preview(kind, type_, name)
    assert isinstance(caught.value, TargetNotFound) is missing
    assert caught.value.permanent


def test_a_model_tells_its_build_and_another_once_a_ticket_is_finished_or_undone(
    client: PlatformClient, sandbox: SandboxProcess, guard: FakeGuard
) -> None:
    def builds() -> list[str | None]:
        return [client.artefact(name).build for name in ("foxspirit-v3", "foxspirit-v3@2")]

    seen = [builds()]
    client.apply(ticket("m-1"), "key-1")
    assert builds() == seen[0]
    for control in ("finish", "regress"):
        sandbox.ask("POST", f"/sandbox/tickets/m-1/{control}").raise_for_status()
        seen.append(builds())
    assert len({build[0] for build in seen}) == 3
    assert len({build[1] for build in seen}) == 3
    assert client.artefact("out_8Hk2").build is None
    assert client.measure("m-1").state == "applied"


def test_files_tell_how_they_are_marked(client: PlatformClient) -> None:
    labels = {n: client.artefact(n).label for n in ("out_8Hk2", "trn_fox_01", "foxspirit-v3")}
    assert labels == {
        "out_8Hk2": "explicit_and_implicit",
        "trn_fox_01": "none",
        "foxspirit-v3": None,
    }
