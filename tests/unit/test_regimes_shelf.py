"""An operator adds packs in a folder of their own; what we shipped stays what it was."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from django.core.checks import CheckMessage, run_checks
from pytest_django import Settings

from regimes import shelf
from regimes.errors import BadPack
from regimes.loader import in_force, load, override_problems, pack_problems, source_of
from regimes.shelf import SHIPPED, pack_ids, versions

CN = "cn-civil-code"
BODY = (SHIPPED / CN / "2026.1.toml").read_text(encoding="utf-8")


def newer(version: str, **changes: str) -> str:
    text = BODY.replace('version = "2026.1"', f'version = "{version}"')
    for key, value in changes.items():
        old = next(line for line in text.splitlines() if line.startswith(f"{key} = "))
        text = text.replace(old, f'{key} = "{value}"', 1)
    return text


def put(folder: Path, pack_id: str, version: str, text: str) -> Path:
    (folder / pack_id).mkdir(exist_ok=True)
    path = folder / pack_id / f"{version}.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path: Path, settings: Settings) -> Path:
    settings.PACKS_DIR = str(tmp_path)
    return tmp_path


def messages() -> list[CheckMessage]:
    return [one for one in run_checks() if one.id == "redress.E004"]


def test_the_packs_we_ship_are_the_ones_that_were_listed() -> None:
    assert pack_problems() == []


def test_a_changed_shipped_version_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(SHIPPED, tmp_path / "packs")
    monkeypatch.setattr(shelf, "SHIPPED", tmp_path / "packs")
    path = tmp_path / "packs" / CN / "2026.1.toml"
    path.write_text(BODY.replace("length = 20", "length = 25"), encoding="utf-8")
    put(tmp_path / "packs", CN, "2026.2", newer("2026.2"))
    (tmp_path / "packs" / "us-dmca-512" / "2026.1.toml").unlink()
    assert [problem.partition(".toml: ")[2].split(" ")[0] for problem in pack_problems()] == [
        "changed",
        "not",
        "listed",
    ]
    assert "new version" in pack_problems()[0]


def test_an_operator_adds_a_pack_and_a_newer_version(own: Path) -> None:
    put(own, CN, "2027.1", newer("2027.1"))
    put(own, "cn-house-rules", "2026.1", BODY.replace(f'id = "{CN}"', 'id = "cn-house-rules"', 1))
    assert pack_problems() == []
    assert messages() == []
    assert versions(CN) == ("2026.1", "2027.1")
    assert load(CN).version == "2027.1"
    assert "cn-house-rules" in pack_ids()
    assert source_of(load(CN)) == (own / CN / "2027.1.toml").read_bytes()


def test_an_operator_may_not_replace_a_version_we_ship(own: Path) -> None:
    put(own, CN, "2026.1", BODY + "\n# ours now\n")
    assert load(CN).sha256 == load(CN, "2026.1").sha256
    assert source_of(load(CN)) == (SHIPPED / CN / "2026.1.toml").read_bytes()
    assert "cannot be replaced" in pack_problems()[0]
    assert ["cannot be replaced" in one.msg for one in messages()] == [True]


def test_every_problem_of_an_operators_pack_is_reported_with_file_key_and_mending(
    own: Path,
) -> None:
    text = newer("2027.1").replace('kind = "court_driven"', 'kind = "hope"')
    text = text.replace("renotice_bar = false\n", "")
    put(own, CN, "2027.1", text)
    (own / "stray.toml").write_text("", encoding="utf-8")
    said = "\n".join(pack_problems())
    assert f"{own}/{CN}/2027.1.toml: clocks[cn.court_hold].kind: 'hope' is not one of" in said
    assert "'renotice_bar' is a required property. Add it" in said
    assert "stray.toml: lies outside a pack's folder" in said
    assert len(messages()) == len(pack_problems())


def test_a_folder_that_is_not_there_is_said_so(settings: Settings) -> None:
    settings.PACKS_DIR = "/nowhere/at/all"
    assert pack_problems() == [
        "PACKS_DIR: /nowhere/at/all is not a folder. Create it, or leave PACKS_DIR empty."
    ]
    assert load(CN).version == "2026.1"


def test_a_file_that_cannot_be_read_is_a_bad_pack(own: Path) -> None:
    path = put(own, CN, "2027.1", newer("2027.1"))
    path.unlink()
    path.mkdir()
    with pytest.raises(BadPack, match="cannot be read"):
        load(CN, "2027.1")
    assert len(pack_problems()) == 1


def test_a_new_case_runs_under_the_version_in_force_that_day(own: Path) -> None:
    put(own, CN, "2027.1", newer("2027.1", effective_from="2027-03-01"))
    last_evening = datetime(2027, 2, 28, 15, 59, tzinfo=UTC)
    midnight_in_shanghai = datetime(2027, 2, 28, 16, 0, tzinfo=UTC)
    assert in_force(CN, last_evening).version == "2026.1"
    assert in_force(CN, midnight_in_shanghai).version == "2027.1"


def test_a_version_that_has_ended_is_left_and_without_any_the_latest_is_taken(own: Path) -> None:
    put(own, CN, "2027.1", newer("2027.1", effective_to="2027-12-31"))
    at = datetime(2028, 1, 2, tzinfo=UTC)
    assert in_force(CN, at).version == "2026.1"
    assert in_force(CN, datetime(2001, 1, 1, tzinfo=UTC)).version == "2027.1"


def test_an_override_has_to_fit_every_version_that_cases_may_run_under(own: Path) -> None:
    overrides = {CN: {"clocks": {"cn.house.decide": {"length": 2}}}}
    assert override_problems(overrides) == []
    put(own, CN, "2027.1", newer("2027.1").replace("cn.house.decide", "cn.house.conclude"))
    assert "not a house SLA" in override_problems(overrides)[0]
