"""A pack as a page for lawyers, and two packs side by side."""

import json
import re

import pytest

from regimes import page_words as words
from regimes.check import SCHEMA
from regimes.compare import differences
from regimes.loader import load, parse
from regimes.pack import Pack
from regimes.page import LANGUAGES, page
from regimes.shelf import SHIPPED, pack_ids
from regimes.vocabulary import (
    Bound,
    CaseKind,
    ClockKind,
    CompletenessRule,
    Need,
    PutBackMode,
    Show,
    Surface,
    TransitionRule,
    Unit,
)

CN = "cn-civil-code"
BODY = (SHIPPED / CN / "2026.1.toml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> Pack:
    assert old in BODY
    return parse(BODY.replace(old, new, 1).encode(), f"{CN}/2026.1.toml")


@pytest.mark.parametrize("pack_id", pack_ids())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_holds_every_clock_element_source_and_question(pack_id: str, language: str) -> None:
    pack, text = load(pack_id), page(load(pack_id), language)
    for one in pack.clocks:
        assert f"`{one.key}`" in text
    said = [e.description for e in (*pack.notice_elements, *pack.counter_elements)]
    said += [q.text for q in pack.open_questions] + [source.norm for source in pack.sources]
    said += [pack.right_to_sue_text, pack.transition.text, pack.completeness.text]
    said += [d.text for d in (*pack.exemption_conditions, *pack.refusal_grounds, *pack.reports)]
    assert [one.en for one in said if one.in_language(language) not in text] == []


def test_a_house_figure_is_marked_as_one_and_names_what_it_stands_for() -> None:
    text = page(load(CN), "en")
    law, house = text.split("## House figures")
    row = next(line for line in house.splitlines() if "`cn.house.decide`" in line)
    assert "3 working days (PRC calendar)" in row
    assert "| house figure |" in row
    assert "timely; the provider must publish its own limit" in row
    assert "house figure" not in law


def test_the_waiting_period_says_its_length_its_cap_and_that_it_is_the_houses() -> None:
    row = next(line for line in page(load(CN), "zh-Hans").splitlines() if "await_action" in line)
    assert "15个自然日（中国工作日历）" in row
    assert "最长不超过20个工作日" in row
    assert "平台自定时限" in row


def test_a_norm_that_was_not_read_says_so_wherever_it_is_cited() -> None:
    row = next(line for line in page(load(CN), "en").splitlines() if "damages_limitation" in line)
    assert "PRC Civil Code art. 188 [not read, high]" in row


def test_an_operators_choice_is_on_the_page_with_its_own_hash() -> None:
    chosen = load(CN, overrides={"wait": "working_days_20"})
    text = page(chosen, "en")
    assert '{"wait": "working_days_20"}' in text
    assert chosen.sha256 in text
    assert "house choices in force" not in page(load(CN), "en")


def test_a_chinese_page_has_no_english_sentence_of_ours() -> None:
    for pack_id in pack_ids():
        for line in page(load(pack_id), "zh-Hans").splitlines():
            assert line.startswith("# ") or re.search(r"[\u3400-\u9fff]|^$|^\|[-|]+$", line), line


def test_every_word_a_pack_may_use_has_a_word_on_the_page() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    clock = schema["$defs"]["clock"]["properties"]
    assert set(words.KINDS) == set(ClockKind)
    assert set(words.UNITS) | {"none"} == set(Unit)
    assert set(words.BOUNDS) == set(Bound)
    assert set(words.MODES) == set(PutBackMode)
    assert set(words.NEEDS) == set(Need)
    assert set(words.SHOWS) == set(Show)
    assert set(words.RULES) == set(CompletenessRule)
    assert set(words.SURFACES) == set(Surface)
    assert set(words.CASE_KINDS) == set(CaseKind)
    assert set(words.TRANSITIONS) == set(TransitionRule)
    assert set(words.CALENDARS) == set(clock["calendar"]["enum"])
    assert set(clock["owes"]["enum"]) <= set(words.PARTIES)


def test_an_event_without_words_of_ours_is_shown_by_its_name() -> None:
    pack = changed('trigger = "log.written"', 'trigger = "log.rolled"')
    assert "| log.rolled |" in page(pack, "en")


def test_the_same_pack_has_no_differences() -> None:
    assert differences(load(CN), load(CN)) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("length = 48", "length = 24", "~ clocks[cn.court_urgent_ruling].length: 48 -> 24"),
        (
            'source = ["cc-188"]\n\n[[clocks]]',
            'source = ["cc-1197"]\n\n[[clocks]]',
            "~ clocks[cn.damages_limitation].source: ['cc-188'] -> ['cc-1197']",
        ),
        ('key = "work_title"', 'key = "work_name"', "- notice_elements[work_title]: Title of the"),
        ('key = "work_title"', 'key = "work_name"', "+ notice_elements[work_name]: Title of the"),
        (
            'timing = { en = "with the measure"',
            'timing = { en = "before the measure"',
            "~ forward_rules[measure.applied respondent].timing.en: with the measure -> before",
        ),
        (
            'show = "masked"\nuntil = "counter_notice.accepted"',
            'show = "hidden"\nuntil = "counter_notice.accepted"',
            "~ disclosures[respondent filer_name].show: masked -> hidden",
        ),
    ],
)
def test_a_difference_names_its_key_and_both_sides(old: str, new: str, line: str) -> None:
    found = differences(load(CN), changed(old, new))
    assert any(one.startswith(line) for one in found), found


def test_what_one_pack_has_and_the_other_has_not_is_named() -> None:
    found = differences(load("eu-dsa-hosting"), load("eu-dsa-platform"))
    assert "+ clocks[eu.complaint_window]: Complaint window stays open" in found
    assert not any("sha256" in line for line in found)
