"""`manage.py packs`: a lawyer's and an operator's way to the packs, with exit codes a script can use."""

from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from notices.models import CaseRegime
from regimes.shelf import SHIPPED
from tests.counternotices.conftest import stage as stage  # the fixture
from tests.counternotices.stage import Stage

PACK = SHIPPED / "cn-civil-code" / "2026.1.toml"


def run(*words: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("packs", *words, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


def test_the_shipped_packs_are_sound_and_no_database_is_asked() -> None:
    assert run("check") == (0, "sound\n", "")
    assert run("check", str(PACK)) == (0, "sound\n", "")


def test_a_bad_file_is_named_with_key_and_mending(tmp_path: Path) -> None:
    bad = tmp_path / "draft.toml"
    text = PACK.read_text(encoding="utf-8").replace('"court_driven"', '"hope"')
    bad.write_text(text.replace("renotice_bar = false\n", ""), encoding="utf-8")
    code, out, err = run("check", str(bad))
    assert (code, out) == (1, "")
    assert f"{bad}: clocks[cn.court_hold].kind: 'hope' is not one of" in err
    assert "Write one of these words." in err
    assert "2 to mend." in err


def test_an_operators_folder_is_checked_too(tmp_path: Path, settings: LazySettings) -> None:
    settings.PACKS_DIR = str(tmp_path / "gone")
    code, _out, err = run("check")
    assert code == 1
    assert "is not a folder" in err


@pytest.mark.parametrize(
    "words",
    [
        ["check", "/nowhere/pack.toml"],
        ["show", "xx-nowhere"],
        ["show", "cn-civil-code", "--version", "1999.1"],
        ["diff", "one.toml"],
        ["diff", "cn-civil-code", "2026.1", "2099.1"],
        ["diff", "/nowhere/a.toml", "/nowhere/b.toml"],
    ],
)
def test_what_cannot_be_done_ends_with_two(words: Sequence[str]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err


def test_a_pack_is_shown_in_both_languages() -> None:
    assert run("show", "us-dmca-512")[1].startswith("# US DMCA: 17 USC 512")
    assert "平台自定时限" in run("show", "us-dmca-512", "--language", "zh-hans")[1]
    assert run("show", "us-dmca-512", "--version", "2026.1")[0] == 0


def test_two_files_are_compared(tmp_path: Path) -> None:
    newer = tmp_path / "newer.toml"
    text = PACK.read_text(encoding="utf-8")
    newer.write_text(text.replace("length = 48", "length = 24"), encoding="utf-8")
    code, out, _err = run("diff", str(PACK), str(newer))
    assert (code, out) == (1, "~ clocks[cn.court_urgent_ruling].length: 48 -> 24\n")
    assert run("diff", "cn-civil-code", "2026.1", "2026.1") == (0, "the same\n", "")


def test_a_case_explains_its_packs_clocks_and_gaps(stage: Stage) -> None:
    case = stage.upheld(stage.artefact("out_1"))
    code, out, _err = run("explain", case.reference.lower())
    assert code == 0
    assert f"# {case.reference} · accepted" in out
    assert "## cn-civil-code 2026.1 · measures" in out
    assert CaseRegime.objects.get(case=case).pack_sha256 in out
    assert "The measures stay while a waiting period runs" in out
    assert "Decide on the notice `cn.house.decide` · provider · 3 working days" in out
    assert "house figure · met" in out
    assert "the day of the event, is not counted" in out
    assert "Proof of right `right_proof`: missing. No file was attached." in out


def test_a_case_explains_itself_in_chinese(stage: Stage) -> None:
    case = stage.upheld(stage.artefact("out_1"))
    out = run("explain", case.reference, "--language", "zh-hans")[1]
    assert "平台自定时限" in out
    assert "不计入" in out
    assert "权属证明 `right_proof`：缺少" in out.replace(": ", "：")


def test_a_case_whose_house_rules_changed_since_says_so(
    stage: Stage, settings: LazySettings
) -> None:
    case = stage.upheld(stage.artefact("out_1"))
    settings.REGIME_OVERRIDES = {"cn-civil-code": {"wait": "working_days_20"}}
    assert "The house's choices have changed since" in run("explain", case.reference)[1]


def test_a_case_whose_pack_is_gone_says_so_and_nothing_breaks(stage: Stage) -> None:
    case = stage.upheld(stage.artefact("out_1"))
    CaseRegime.objects.filter(case=case).update(pack_version="2020.1")
    assert (
        "The pack cannot be read: Pack cn-civil-code has no version '2020.1'"
        in run("explain", case.reference)[1]
    )


def test_no_such_case_ends_with_two(stage: Stage) -> None:
    assert run("explain", "N-2026-999999")[0] == 2
    assert run("explain", "nonsense")[0] == 2
