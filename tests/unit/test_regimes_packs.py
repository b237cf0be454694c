"""Every shipped pack is sound: schema, sources, calendars, both languages, and the law's own figures."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from deadlines.calendars.registry import CALENDAR_IDS
from evidence.events import EVENTS
from platforms.models import SurfaceKind
from regimes.check import SCHEMA, check
from regimes.loader import load
from regimes.questions import clock
from regimes.shelf import SHIPPED, pack_ids, versions
from regimes.vocabulary import (
    Answer,
    Bound,
    CaseKind,
    ClockKind,
    Need,
    PutBackMode,
    Surface,
    TransitionRule,
    Unit,
)

FILES = sorted(SHIPPED.glob("*/*.toml"))
each_file = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
each_pack = pytest.mark.parametrize("pack_id", pack_ids())
NOT_RECORDED_YET = {
    "agent.registered",
    "ccb_claim.filed",
    "complaint_proof.filed",
    "court_application.accepted",
    "court_order.enforced",
    "court_order.received",
    "decision.told",
    "delivery.logged",
    "flagger_notice.filed",
    "forwarding.failed",
    "law.entered",
    "log.written",
    "misuse.found",
    "notice.decided",
    "ods_dispute.received",
    "report.published",
    "report_period.ended",
    "right_holder.informed",
    "sanction.applied",
    "transaction.completed",
    "user_numbers.published",
}
HAN = re.compile(r"[\u3400-\u9fff]")


def tables(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from tables(value)
    elif isinstance(data, list):
        for entry in data:
            yield from tables(entry)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_packs_of_the_first_release_are_there() -> None:
    assert set(pack_ids()) == {
        "cn-civil-code",
        "cn-reg-2013",
        "cn-ecommerce",
        "us-dmca-512",
        "eu-dsa-hosting",
        "eu-dsa-platform",
        "eu-gpai-complaint",
    }
    assert all(versions(pack_id) == ("2026.1",) for pack_id in pack_ids())


def test_the_published_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_schema_allows_exactly_the_words_the_code_knows() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    clocks, elements = schema["$defs"]["clock"]["properties"], schema["$defs"]["element"]
    assert clocks["kind"]["enum"] == list(ClockKind)
    assert clocks["unit"]["enum"] == list(Unit)
    assert clocks["bound"]["enum"] == list(Bound)
    assert clocks["calendar"]["enum"] == list(CALENDAR_IDS)
    assert elements["properties"]["answer"]["enum"] == list(Answer)
    assert elements["properties"]["need"]["enum"] == list(Need)
    assert schema["properties"]["put_back_mode"]["enum"] == list(PutBackMode)
    assert schema["properties"]["case_kind"]["enum"] == list(CaseKind)
    assert schema["$defs"]["transition"]["properties"]["rule"]["enum"] == list(TransitionRule)
    surfaces = schema["$defs"]["applies_to"]["properties"]["surfaces"]["items"]["enum"]
    assert surfaces == list(Surface)
    assert set(SurfaceKind.values) <= set(surfaces)


@each_file
def test_a_shipped_pack_follows_the_schema_and_does_not_contradict_itself(path: Path) -> None:
    assert check(read(path)) == []


@each_file
def test_every_figure_has_a_source(path: Path) -> None:
    figures = [table for table in tables(read(path)) if "length" in table]
    assert figures
    assert [table for table in figures if not table["source"]] == []


@each_file
def test_every_text_is_there_in_both_languages(path: Path) -> None:
    texts = [table for table in tables(read(path)) if "en" in table or "zh-Hans" in table]
    wrong = [text for text in texts if not text["en"].strip() or not HAN.search(text["zh-Hans"])]
    assert wrong == []


@each_file
def test_chinese_text_has_chinese_punctuation(path: Path) -> None:
    texts = [table["zh-Hans"] for table in tables(read(path)) if "zh-Hans" in table]
    assert [
        text for text in texts if re.search(r"[\u3400-\u9fff][,;:?!]|[\u3400-\u9fff]\.$", text)
    ] == []


@each_pack
def test_every_clocks_calendar_exists_and_its_zone_is_the_packs(pack_id: str) -> None:
    pack = load(pack_id)
    assert {one.calendar for one in pack.clocks} <= set(CALENDAR_IDS)
    assert {(one.zone, one.cutoff) for one in pack.clocks} == {(pack.zone, "24:00")}


@each_pack
def test_a_house_sla_says_that_it_is_one_and_names_the_standard_it_serves(pack_id: str) -> None:
    pack = load(pack_id)
    house = [one for one in pack.clocks if one.is_house_choice]
    assert house
    for one in house:
        assert clock(pack, one.standard_of).kind is ClockKind.SOFT_STANDARD
        assert clock(pack, one.standard_of).standard is not None


def test_the_prc_waiting_period_is_fifteen_days_under_a_cap_of_twenty_working_days() -> None:
    pack = load("cn-civil-code")
    wait = clock(pack, "cn.await_action.general")
    assert (wait.length, wait.unit, wait.kind) == (15, Unit.CALENDAR_DAYS, ClockKind.HOUSE_SLA)
    assert wait.cap is not None
    assert (wait.cap.length, wait.cap.unit) == (20, Unit.WORKING_DAYS)
    assert wait.trigger == "counter_notice.arrived"
    assert pack.put_back_mode is PutBackMode.WAIT_THEN_END


@pytest.mark.parametrize(
    ("pack_id", "key", "length", "unit"),
    [
        ("cn-civil-code", "cn.court_urgent_ruling", 48, Unit.HOURS),
        ("cn-civil-code", "cn.sue_after_presuit", 30, Unit.CALENDAR_DAYS),
        ("cn-civil-code", "cn.log_retention.network", 6, Unit.MONTHS),
        ("us-dmca-512", "us.putback_not_before", 10, Unit.WORKING_DAYS),
        ("us-dmca-512", "us.putback_not_after", 14, Unit.WORKING_DAYS),
        ("us-dmca-512", "us.agent_renewal", 36, Unit.MONTHS),
        ("eu-dsa-hosting", "eu.transparency_report", 2, Unit.MONTHS),
        ("eu-dsa-platform", "eu.complaint_window", 6, Unit.MONTHS),
        ("eu-dsa-platform", "eu.ods_decision", 90, Unit.CALENDAR_DAYS),
    ],
)
def test_the_laws_own_numbers_are_statutory(
    pack_id: str, key: str, length: int, unit: Unit
) -> None:
    one = clock(load(pack_id), key)
    assert (one.length, one.unit, one.kind) == (length, unit, ClockKind.STATUTORY_NUMBER)


@each_pack
def test_every_event_is_one_the_ledger_knows_or_is_listed_here_as_not_recorded_yet(
    pack_id: str,
) -> None:
    pack = load(pack_id)
    used = {rule.event for rule in pack.forward_rules} | {one.trigger for one in pack.clocks}
    used |= {one.event for one in pack.hold_events}
    used |= {one.until for one in pack.disclosures if one.until}
    used |= {one.relative_to for one in pack.clocks if one.relative_to}
    assert used - EVENTS.keys() <= NOT_RECORDED_YET


@each_pack
def test_every_pack_has_the_house_clocks_that_a_case_starts(pack_id: str) -> None:
    house = {one.key.rsplit(".", 1)[-1] for one in load(pack_id).clocks if one.is_house_choice}
    wanted = {"acknowledge", "decide", "cure", "close_file"}
    if load(pack_id).put_back_mode is not PutBackMode.NONE:
        wanted |= {"review_statement"}
    assert wanted <= house


def test_no_regime_gives_a_number_for_the_takedown_itself() -> None:
    takedowns = [
        clock(load("cn-civil-code"), "cn.take_measures"),
        clock(load("us-dmca-512"), "us.remove"),
        clock(load("eu-dsa-hosting"), "eu.decide"),
    ]
    assert {one.kind for one in takedowns} == {ClockKind.SOFT_STANDARD}
    assert not any(one.has_figure for one in takedowns)


def test_the_us_window_says_which_end_is_which() -> None:
    pack = load("us-dmca-512")
    assert clock(pack, "us.putback_not_before").bound is Bound.NOT_BEFORE
    assert clock(pack, "us.putback_not_after").bound is Bound.NO_LATER_THAN
