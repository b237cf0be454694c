"""Our PRC data against an independent package, day by day and period by period; never the source of our data."""

from datetime import date, timedelta

import chinese_calendar
from hypothesis import given
from hypothesis import strategies as st

from deadlines.calendars.arithmetic import add_calendar_days, add_working_days
from deadlines.calendars.registry import calendar
from deadlines.calendars.steps import Stretch

CN, US = calendar("cn"), calendar("us-federal")
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
DAYS = st.dates(FIRST, LAST)
LENGTHS = st.integers(1, 60)


def test_every_day_of_the_loaded_years_works_or_rests_as_the_oracle_says() -> None:
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    wrong = [day for day in days if CN.day(day).works != chinese_calendar.is_workday(day)]
    assert wrong == []
    assert all(CN.day(day).known for day in days)


def naive_working_days(start: date, length: int) -> date | None:
    current = start
    while length:
        current += timedelta(days=1)
        if current > LAST:
            return None
        length -= chinese_calendar.is_workday(current)
    return current


@given(DAYS, LENGTHS)
def test_working_days_agree_with_the_oracle_or_are_provisional(start: date, length: int) -> None:
    reckoning = add_working_days(start, length, CN)
    expected = naive_working_days(start, length)
    if expected is None:
        assert reckoning.provisional
        assert reckoning.last_day > LAST
    else:
        assert reckoning.last_day == expected
        assert not reckoning.provisional


@given(DAYS, LENGTHS)
def test_calendar_days_end_where_they_fall_or_on_the_next_working_day(
    start: date, length: int
) -> None:
    reckoning = add_calendar_days(start, length, CN)
    fallen = start + timedelta(days=length)
    assert CN.day(reckoning.last_day).works
    passed = [fallen + timedelta(days=n) for n in range((reckoning.last_day - fallen).days)]
    assert not any(CN.day(day).works for day in passed)
    assert reckoning.provisional == (reckoning.last_day > LAST)


@given(DAYS, LENGTHS)
def test_a_longer_period_never_ends_earlier(start: date, length: int) -> None:
    for shelf in (CN, US):
        shorter = add_working_days(start, length, shelf).last_day
        assert add_working_days(start, length + 1, shelf).last_day > shorter
        assert add_calendar_days(start, length + 1, shelf).last_day >= (
            add_calendar_days(start, length, shelf).last_day
        )


@given(DAYS, st.integers(1, 30), st.integers(0, 30), st.integers(0, 30))
def test_pausing_some_working_days_moves_the_end_by_exactly_those(
    start: date, length: int, offset: int, pause: int
) -> None:
    since = start + timedelta(days=offset)
    stretch = Stretch(since, since + timedelta(days=pause))
    plain = add_working_days(start, length, CN).last_day
    paused = add_working_days(start, length, CN, [stretch]).last_day
    days = [since + timedelta(days=n) for n in range(1, pause + 1)]
    stopped = sum(CN.day(day).works for day in days) if since < plain else 0
    expected = add_working_days(plain, stopped, CN).last_day if stopped else plain
    assert paused == expected


@given(DAYS, LENGTHS)
def test_counting_again_gives_the_same_date_for_the_same_reasons(start: date, length: int) -> None:
    again = add_working_days(start, length, calendar("cn"))
    assert again == add_working_days(start, length, CN)
