"""A pack's clock becomes a moment: both waiting periods of story 3, caps, extensions, pauses, standards without number."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.calendars.due import Halt
from deadlines.calendars.errors import BadPeriod, NoFigure
from deadlines.calendars.explain import explain
from deadlines.calendars.wording import EVENTS
from deadlines.compute import compute
from regimes.loader import all_packs, load
from regimes.pack import Clock
from regimes.questions import clock, waiting_clock, window_end_clock


def waiting(pack_id: str, **overrides: str) -> Clock:
    found = waiting_clock(load(pack_id, overrides=overrides))
    assert found is not None
    return found


HOUSE = waiting("cn-civil-code")
TWENTY = waiting("cn-civil-code", wait="working_days_20")
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
DECIDE = clock(load("cn-civil-code"), "cn.house.decide")


def shanghai(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC) - timedelta(hours=8)


def test_the_house_default_over_national_day_ends_on_8_october() -> None:
    due = compute(HOUSE, shanghai(2026, 9, 16))
    assert due.last_day == date(2026, 10, 8)
    assert due.due_at == datetime(2026, 10, 8, 16, 0, tzinfo=UTC)
    assert not due.provisional


def test_a_clock_names_its_rule_its_source_and_its_trigger_first() -> None:
    derivation = compute(HOUSE, shanghai(2026, 9, 16), extension=30).derivation
    rule, trigger, extended, *_ = explain(derivation, "en")
    assert rule.startswith(
        "Rule: Waiting for proof of complaint or suit (PRC Civil Code art. 1196(2)"
    )
    assert "the operator's own choice" in rule
    assert trigger == (
        "Triggered by arrival of the counter-notice with the right holder: "
        "Wed 16 Sep 2026 12:00 (Beijing time, Asia/Shanghai)."
    )
    assert extended == "Extended by 30 calendar days."
    chinese = explain(derivation, "zh-Hans")
    assert (
        chinese[1]
        == "起算事由：不侵权声明到达权利人，时间为2026年9月16日（星期三）12:00（北京时间，Asia/Shanghai）。"
    )


def test_every_event_that_starts_a_clock_has_a_name_in_both_languages() -> None:
    events = {one.trigger for pack in all_packs() for one in pack.clocks}
    assert events <= EVENTS["en"].keys()
    assert EVENTS["en"].keys() == EVENTS["zh-Hans"].keys()


def test_the_operators_twenty_working_days_end_on_22_october() -> None:
    due = compute(TWENTY, shanghai(2026, 9, 18))
    assert due.last_day == date(2026, 10, 22)
    assert due.in_time(datetime(2026, 10, 22, 15, 59, 59, tzinfo=UTC))
    assert not due.in_time(datetime(2026, 10, 22, 16, 0, tzinfo=UTC))


def test_the_day_of_arrival_is_the_day_in_the_laws_zone() -> None:
    late_evening_utc = datetime(2026, 9, 17, 16, 30, tzinfo=UTC)
    assert compute(TWENTY, late_evening_utc).last_day == date(2026, 10, 22)


def test_an_extension_is_held_within_the_cap_and_says_so() -> None:
    due = compute(HOUSE, shanghai(2026, 9, 16), extension=30)
    assert due.last_day == date(2026, 10, 20)
    lines = explain(due.derivation, "zh-Hans")
    assert lines[2] == "延长30日。"
    assert any("最长不超过20个工作日（法释〔2020〕9号第三条）" in line for line in lines)
    assert [line for line in lines if "截止" in line] == lines[-1:]


@given(
    st.integers(0, 24 * 1000).map(lambda hours: FIRST + timedelta(hours=hours)),
    st.integers(0, 60),
    st.integers(0, 400),
)
def test_the_cap_is_never_passed(arrived: datetime, extension: int, paused_hours: int) -> None:
    halt = Halt(arrived + timedelta(hours=1), arrived + timedelta(hours=1 + paused_hours))
    due = compute(HOUSE, arrived, extension=extension, halts=(halt,))
    assert due.due_at <= compute(TWENTY, arrived).due_at
    assert due.due_at >= compute(HOUSE, arrived).due_at


def test_a_pause_moves_the_end_by_the_working_days_it_held() -> None:
    filed = shanghai(2026, 9, 1)
    plain = compute(DECIDE, filed)
    assert plain.last_day == date(2026, 9, 4)
    halt = Halt(shanghai(2026, 9, 2), shanghai(2026, 9, 7))
    paused = compute(DECIDE, filed, halts=(halt,))
    assert paused.last_day == date(2026, 9, 9)
    assert any("clock was stopped" in line for line in explain(paused.derivation, "en"))


def test_house_hours_run_round_the_clock() -> None:
    acknowledge = clock(load("cn-civil-code"), "cn.house.acknowledge")
    filed = datetime(2026, 10, 2, 3, 4, tzinfo=UTC)
    assert compute(acknowledge, filed).due_at == filed + timedelta(hours=24)


def test_the_us_window_opens_after_ten_business_days_and_closes_after_fourteen() -> None:
    pack = load("us-dmca-512")
    received = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
    closing = window_end_clock(pack)
    assert closing is not None
    assert compute(waiting("us-dmca-512"), received).last_day == date(2026, 12, 1)
    assert compute(closing, received).last_day == date(2026, 12, 7)
    assert compute(closing, received).due_at == datetime(2026, 12, 8, 5, 0, tzinfo=UTC)


def test_the_eu_complaint_window_stays_open_through_the_later_day() -> None:
    window = clock(load("eu-dsa-platform"), "eu.complaint_window")
    told = datetime(2026, 8, 31, 10, 0, tzinfo=UTC)
    assert compute(window, told).last_day == date(2027, 3, 1)


def test_retention_is_not_moved_by_days_of_rest() -> None:
    logs = clock(load("cn-civil-code"), "cn.log_retention.network")
    assert compute(logs, shanghai(2026, 4, 1)).last_day == date(2026, 10, 1)


def test_a_standard_without_a_number_gives_no_date() -> None:
    with pytest.raises(NoFigure, match="timely"):
        compute(clock(load("cn-civil-code"), "cn.end_measures"), shanghai(2026, 9, 1))


def test_an_impossible_course_is_refused() -> None:
    urgent = clock(load("cn-civil-code"), "cn.court_urgent_ruling")
    logs = clock(load("cn-civil-code"), "cn.log_retention.network")
    start = shanghai(2026, 9, 1)
    halt = Halt(start, start + timedelta(days=2))
    with pytest.raises(BadPeriod, match="cannot be extended"):
        compute(urgent, start, extension=1)
    with pytest.raises(BadPeriod, match="never shorter"):
        compute(HOUSE, start, extension=-1)
    with pytest.raises(BadPeriod, match="cannot be paused"):
        compute(logs, start, halts=(halt,))
    with pytest.raises(BadPeriod, match="needs its zone"):
        compute(HOUSE, start.replace(tzinfo=None))
