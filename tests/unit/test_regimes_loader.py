"""Packs are found, checked, hashed and overridden; what is wrong is said so that it can be mended."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from regimes import loader, shelf
from regimes.errors import BadPack, OverrideRefused, UnknownKey, UnknownPack
from regimes.loader import all_packs, load, override_problems, pack, parse
from regimes.questions import (
    clock,
    hold,
    house_clock,
    house_clocks,
    how_shown,
    put_back_mode,
    shows,
    standards,
    statutory_figures,
    waiting_clock,
    what_each_side_sees,
    window_end_clock,
)
from regimes.shelf import SHIPPED
from regimes.vocabulary import Need, PutBackMode, Show, Unit

CN, US, EU = "cn-civil-code", "us-dmca-512", "eu-dsa-hosting"
BODY = (SHIPPED / CN / "2026.1.toml").read_text(encoding="utf-8")
TWENTY = {"wait": "working_days_20"}


@pytest.fixture
def shelf_with_two_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / CN
    folder.mkdir()
    for version in ("2026.2", "2026.10"):
        text = BODY.replace('version = "2026.1"', f'version = "{version}"')
        (folder / f"{version}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(shelf, "SHIPPED", tmp_path)
    return tmp_path


def test_the_latest_version_is_the_highest_number_and_a_case_can_name_an_older_one(
    shelf_with_two_versions: Path,
) -> None:
    assert load(CN).version == "2026.10"
    assert load(CN, "2026.2").version == "2026.2"
    with pytest.raises(UnknownPack, match=r"2026\.2, 2026\.10"):
        load(CN, "2025.1")


def test_an_unknown_pack_names_the_known_ones() -> None:
    with pytest.raises(UnknownPack, match="us-dmca-512"):
        load("xx-nowhere")
    with pytest.raises(UnknownPack, match="No pack"):
        load("../packs")


def test_the_hash_is_the_files_until_the_operator_chooses_something() -> None:
    plain, chosen = load(CN), load(CN, overrides=TWENTY)
    assert plain.sha256 == plain.file_sha256 == chosen.file_sha256
    assert chosen.sha256 != plain.sha256
    assert chosen.overrides == '{"wait": "working_days_20"}'
    assert load(CN) is plain


def test_a_changed_file_is_read_again(shelf_with_two_versions: Path) -> None:
    path = shelf_with_two_versions / CN / "2026.2.toml"
    before = load(CN, "2026.2")
    path.write_text(path.read_text(encoding="utf-8") + "\n# looked at\n", encoding="utf-8")
    assert load(CN, "2026.2").sha256 != before.sha256


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('put_back_mode = "wait_then_end"', 'put_back_mode = "hope"', "put_back_mode"),
        ("length = 20", "length = 0", "minimum"),
        ('source = ["cc-188"]', "source = []", "source"),
        ('source = ["cc-188"]', 'source = ["cc-999"]', "cc-999 is cited but not listed"),
        ('standard_of = "cn.end_measures"', 'standard_of = "cn.gone"', "cn.gone is referred to"),
        ('key = "cn.house.cure"', 'key = "cn.house.decide"', "is there 2 times"),
        ('version = "2026.1"', 'version = "2026.3"', "rename"),
        ("title = {", "title = [", "not valid TOML"),
    ],
)
def test_a_bad_pack_is_refused_with_what_to_mend(old: str, new: str, complaint: str) -> None:
    assert old in BODY
    with pytest.raises(BadPack, match=complaint):
        parse(BODY.replace(old, new).encode(), f"{CN}/2026.1.toml")


def test_the_operator_may_choose_the_longest_waiting_period() -> None:
    chosen = load(CN, overrides=TWENTY)
    wait = waiting_clock(chosen)
    assert wait is not None
    assert (wait.length, wait.unit) == (20, Unit.WORKING_DAYS)
    assert chosen.wait is not None
    assert chosen.wait.setting == "working_days_20"


def test_the_operator_may_set_a_house_sla_and_nothing_else_of_the_law() -> None:
    sooner = load(CN, overrides={"clocks": {"cn.house.decide": {"length": 2}}})
    assert clock(sooner, "cn.house.decide").length == 2
    for overrides, complaint in (
        ({"clocks": {"cn.sue_after_presuit": {"length": 60}}}, "not a house SLA"),
        ({"clocks": {"cn.house.decide": {"length": 0}}}, "whole number from 1"),
        ({"clocks": {"cn.house.decide": {"source": []}}}, "nothing else"),
        ({"wait": "forever"}, "house_default, working_days_20"),
        ({"put_back_mode": "none"}, "cannot be overridden"),
    ):
        with pytest.raises(OverrideRefused, match=complaint):
            load(CN, overrides=overrides)
    with pytest.raises(OverrideRefused, match="no waiting period"):
        load(EU, overrides=TWENTY)
    with pytest.raises(OverrideRefused, match="leaves no choice"):
        load(US, overrides=TWENTY)


def test_a_waiting_period_longer_than_the_cap_is_refused() -> None:
    key = "cn.await_action.general"
    with pytest.raises(OverrideRefused, match="longer than the cap"):
        load(CN, overrides={"clocks": {key: {"length": 21, "unit": "working_days"}}})
    own = load(CN, overrides={"clocks": {key: {"length": 10, "unit": "working_days"}}})
    assert own.wait is not None
    assert (own.wait.setting, clock(own, key).length) == ("own", 10)


def test_the_house_runs_its_packs_with_the_settings_overrides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loader.settings, "REGIME_OVERRIDES", {CN: TWENTY}, raising=False)
    assert pack(CN).sha256 == load(CN, overrides=TWENTY).sha256
    as_text = '{"cn-civil-code": {"wait": "working_days_20"}}'
    monkeypatch.setattr(loader.settings, "REGIME_OVERRIDES", as_text)
    assert pack(CN) is load(CN, overrides=TWENTY)
    monkeypatch.setattr(loader.settings, "REGIME_OVERRIDES", "")
    assert pack(CN) is load(CN)
    assert pack(US) is load(US)
    assert [one.id for one in all_packs()] == sorted(one.id for one in all_packs())


def test_a_mistaken_override_in_the_settings_is_named() -> None:
    assert override_problems({CN: TWENTY}) == []
    assert "not valid JSON" in override_problems("wait=20")[0]
    assert "for each pack id" in override_problems('{"cn-civil-code": "wait"}')[0]
    problems = override_problems({"cn-civil": TWENTY, CN: {"wait": "forever"}})
    assert len(problems) == 2
    assert "cn-civil-code" in problems[0]
    assert "house_default" in problems[1]


def test_a_soft_standard_is_served_by_the_houses_figures() -> None:
    assert "cn.take_measures" in {one.key for one in standards(load(CN))}
    served = house_clocks(load(CN), "cn.take_measures")
    assert [(one.length, one.unit) for one in served] == [(24, Unit.HOURS)]
    assert house_clocks(load(CN), "cn.court_hold") == ()


def test_a_clock_of_the_house_is_found_by_its_name() -> None:
    served = house_clock(load(CN), "take_measures")
    assert served is not None
    assert served.standard_of == "cn.take_measures"
    assert house_clock(load(CN), "nothing_of_the_kind") is None


def test_the_laws_own_figures_are_the_statutory_ones() -> None:
    figures = {one.key for one in statutory_figures(load(US))}
    assert figures == {"us.putback_not_before", "us.putback_not_after", "us.agent_renewal"}


def test_each_regime_has_its_own_way_back() -> None:
    assert put_back_mode(load(CN)) is PutBackMode.WAIT_THEN_END
    assert put_back_mode(load(EU)) is PutBackMode.REVERSE_ON_MERITS
    assert waiting_clock(load(EU)) is None
    assert window_end_clock(load(CN)) is None
    end = window_end_clock(load(US))
    assert end is not None
    assert end.key == "us.putback_not_after"


def test_proof_of_suit_counts_only_while_the_wait_runs_and_a_court_order_always() -> None:
    suit, order = hold(load(CN), "suit_proof.filed"), hold(load(CN), "court_order.received")
    assert suit is not None
    assert suit.must_come_before_end
    assert order is not None
    assert not order.must_come_before_end
    assert hold(load(CN), "weather.changed") is None


def test_the_filers_name_is_masked_until_the_counter_notice() -> None:
    chinese = load(CN)
    assert not shows(chinese, "respondent", "filer_name")
    assert shows(chinese, "respondent", "filer_name", ["counter_notice.accepted"])
    assert how_shown(chinese, "respondent", "filer_name") is Show.MASKED
    assert how_shown(load(EU), "respondent", "filer_name") is Show.HIDDEN
    assert how_shown(chinese, "respondent", "nothing of the kind") is Show.HIDDEN
    assert shows(chinese, "respondent", "notice_content")
    assert not shows(chinese, "respondent", "identity_documents", ["counter_notice.accepted", ""])
    assert not shows(chinese, "filer", "something_new")
    assert {one.side for one in what_each_side_sees(chinese, "filer")} == {"filer"}
    with pytest.raises(UnknownKey, match="respondent"):
        what_each_side_sees(chinese, "neighbour")


def test_a_clock_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownKey, match="no clock"):
        clock(load(EU), "eu.tea")


def test_only_the_agents_authority_depends_on_something() -> None:
    conditional = [e.key for e in load(CN).notice_elements if e.need is Need.REQUIRED_IF]
    assert conditional == ["agent_authority"]
