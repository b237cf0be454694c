"""The dates of the law, computed by hand in the law's own table, against ours."""

from datetime import UTC, date, datetime, timedelta

import pytest

from deadlines.calendars.arithmetic import (
    Reckoning,
    add_calendar_days,
    add_months,
    add_working_days,
)
from deadlines.calendars.due import close
from deadlines.calendars.registry import calendar

CN, US, EU, PLAIN = (calendar(key) for key in ("cn", "us-federal", "eu", "plain"))


def codes(reckoning: Reckoning) -> list[str]:
    return [step.code for step in reckoning.steps]


@pytest.mark.parametrize(
    ("start", "last_day"),
    [
        (date(2026, 9, 18), date(2026, 10, 22)),
        (date(2026, 2, 10), date(2026, 3, 16)),
        (date(2025, 9, 26), date(2025, 10, 30)),
        (date(2026, 4, 28), date(2026, 5, 28)),
        (date(2026, 6, 1), date(2026, 6, 30)),
    ],
)
def test_twenty_prc_working_days_count_make_up_days_and_skip_holidays(
    start: date, last_day: date
) -> None:
    reckoning = add_working_days(start, 20, CN)
    assert reckoning.last_day == last_day
    assert not reckoning.provisional


@pytest.mark.parametrize(
    ("start", "last_day"),
    [
        (date(2026, 9, 16), date(2026, 10, 8)),
        (date(2026, 2, 3), date(2026, 2, 24)),
        (date(2025, 9, 13), date(2025, 9, 28)),
    ],
)
def test_fifteen_calendar_days_roll_past_a_holiday_but_not_past_a_make_up_sunday(
    start: date, last_day: date
) -> None:
    assert add_calendar_days(start, 15, CN).last_day == last_day


def test_a_last_day_that_stays_on_a_make_up_sunday_says_why() -> None:
    assert "not_rolled" in codes(add_calendar_days(date(2025, 9, 13), 15, CN))
    assert "not_rolled" not in codes(add_calendar_days(date(2026, 9, 16), 15, CN))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
        (2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
        (2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25"),
    ],
)
def test_federal_holidays_fall_on_the_weekdays_they_are_observed_on(year: int, days: str) -> None:
    every = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    resting = [day for day in every if day.weekday() < 5 and not US.day(day).works]
    assert [f"{day:%m-%d}" for day in resting] == days.split()


@pytest.mark.parametrize(
    ("received", "not_before", "not_after"),
    [
        (date(2026, 11, 16), date(2026, 12, 1), date(2026, 12, 7)),
        (date(2026, 12, 18), date(2027, 1, 5), date(2027, 1, 11)),
        (date(2026, 6, 15), date(2026, 6, 30), date(2026, 7, 7)),
    ],
)
def test_the_us_put_back_window_skips_federal_holidays_and_observed_days(
    received: date, not_before: date, not_after: date
) -> None:
    assert add_working_days(received, 10, US).last_day == not_before
    assert add_working_days(received, 14, US).last_day == not_after


@pytest.mark.parametrize(
    ("told", "open_through"),
    [
        (date(2026, 8, 31), date(2027, 3, 1)),
        (date(2026, 11, 23), date(2027, 5, 24)),
    ],
)
def test_six_months_under_eu_rules_end_on_a_working_day(told: date, open_through: date) -> None:
    assert add_months(told, 6, EU).last_day == open_through


def test_months_without_a_corresponding_day_end_on_the_last_of_the_month() -> None:
    leap = add_months(date(2028, 1, 31), 1, PLAIN)
    assert leap.last_day == date(2028, 2, 29)
    assert "month_end" in codes(leap)
    assert add_months(date(2024, 2, 29), 12, PLAIN).last_day == date(2025, 2, 28)


def test_an_eu_period_of_two_days_holds_two_working_days() -> None:
    friday = date(2026, 9, 4)
    short = add_calendar_days(friday, 2, EU)
    assert short.last_day == date(2026, 9, 8)
    assert add_calendar_days(friday, 1, EU).last_day == date(2026, 9, 7)
    monday = add_calendar_days(friday, 3, EU)
    assert monday.last_day == date(2026, 9, 8)
    assert "minimum" in codes(monday)


def test_plain_days_never_move() -> None:
    assert add_calendar_days(date(2026, 9, 16), 15, PLAIN).last_day == date(2026, 10, 1)
    assert add_calendar_days(date(2026, 9, 16), 15, CN, roll=False).last_day == date(2026, 10, 1)


def test_the_period_ends_with_the_last_day_in_the_laws_zone_not_a_minute_later() -> None:
    due = close(add_working_days(date(2026, 9, 18), 20, CN), "Asia/Shanghai")
    assert due.due_at == datetime(2026, 10, 22, 16, 0, tzinfo=UTC)
    assert due.last_day == date(2026, 10, 22)
    assert due.in_time(datetime(2026, 10, 22, 15, 59, tzinfo=UTC))
    assert not due.in_time(datetime(2026, 10, 22, 16, 0, tzinfo=UTC))


def test_business_hours_pull_the_end_to_the_cut_off() -> None:
    due = close(add_working_days(date(2026, 9, 18), 1, CN), "Asia/Shanghai", "17:30")
    assert due.due_at == datetime(2026, 9, 20, 9, 30, tzinfo=UTC)
