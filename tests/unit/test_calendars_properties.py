"""What must hold for every period, whatever the day it starts: properties tried on hundreds of examples."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deadlines.calendars.arithmetic import (
    Reckoning,
    add_calendar_days,
    add_months,
    add_working_days,
)
from deadlines.calendars.days import Calendar
from deadlines.calendars.due import add_hours, close
from deadlines.calendars.explain import EN, ZH, explain
from deadlines.calendars.registry import calendar
from deadlines.calendars.steps import Step, Stretch

LAWS = st.sampled_from([calendar(key) for key in ("cn", "us-federal", "eu")])
DAYS = st.dates(date(2013, 1, 1), date(2028, 12, 31))
LENGTHS = st.integers(1, 80)
ZONES = st.sampled_from(["America/New_York", "Europe/Brussels"])
ONE_DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@given(LAWS, DAYS, LENGTHS)
def test_a_longer_period_never_ends_earlier(law: Calendar, start: date, length: int) -> None:
    for add in (add_working_days, add_calendar_days, add_months):
        assert add(start, length + 1, law).last_day >= add(start, length, law).last_day
    longer = add_working_days(start, length + 1, law).last_day
    assert longer > add_working_days(start, length, law).last_day


@given(LAWS, DAYS, LENGTHS)
def test_a_later_start_never_ends_earlier(law: Calendar, start: date, length: int) -> None:
    for add in (add_working_days, add_calendar_days, add_months):
        assert add(start + ONE_DAY, length, law).last_day >= add(start, length, law).last_day


@given(LAWS, DAYS, LENGTHS, st.integers(0, 30), st.integers(1, 20))
def test_pausing_n_working_days_moves_the_end_by_exactly_n(
    law: Calendar, start: date, length: int, after: int, n: int
) -> None:
    plain = add_working_days(start, length, law).last_day
    since = start + after * ONE_DAY
    assume(since < plain)
    until = add_working_days(since, n, law).last_day
    paused = add_working_days(start, length, law, [Stretch(since, until)])
    assert paused.last_day == add_working_days(plain, n, law).last_day
    assert any(step.code == "paused" for step in paused.steps)


@given(LAWS, DAYS, LENGTHS)
def test_no_roll_forward_lands_on_a_rest_day_or_passes_a_working_day(
    law: Calendar, start: date, length: int
) -> None:
    for add in (add_calendar_days, add_months):
        raw = add(start, length, law, roll=False).last_day
        ended = add(start, length, law).last_day
        assert law.day(ended).works
        passed = [raw + k * ONE_DAY for k in range((ended - raw).days)]
        # A working day is passed only to reach the two that Regulation 1182/71 art. 3(5) asks for.
        assert sum(law.day(day).works for day in passed) < max(1, law.minimum_working_days)


@given(LAWS, DAYS, LENGTHS)
def test_counting_again_gives_the_same_date_for_the_same_reasons(
    law: Calendar, start: date, length: int
) -> None:
    first = add_working_days(start, length, law)
    assert add_working_days(start, length, calendar(law.id)) == first
    assert [Step.from_json(step.as_json()) for step in first.steps] == list(first.steps)


@given(LAWS, DAYS, LENGTHS)
def test_every_day_passed_over_is_named(law: Calendar, start: date, length: int) -> None:
    reckoning = add_working_days(start, length, law)
    spans = [step.values for step in reckoning.steps if step.code == "skipped"]
    named = sum(int(str(span["days"])) for span in spans)
    assert named == (reckoning.last_day - start).days - length
    made_up = [step for step in reckoning.steps if step.code == "make_up_counted"]
    every = [start + k * ONE_DAY for k in range(1, (reckoning.last_day - start).days + 1)]
    weekend = [day for day in every if day.weekday() >= 5 and law.day(day).works]
    assert sum(int(str(step.values["days"])) for step in made_up) == len(weekend)


@given(LAWS, DAYS, LENGTHS, st.booleans())
def test_every_period_explains_itself_whole_in_both_languages(
    law: Calendar, start: date, length: int, days: bool
) -> None:
    add = add_working_days if days else add_calendar_days
    for tag in (EN, ZH):
        lines = explain(close(add(start, length, law), "Asia/Shanghai").derivation, tag)
        assert not [line for line in lines if "{" in line or "()" in line or "（）" in line]
        assert not [line for line in lines if "  " in line or ("，," in line)]


@given(LAWS, DAYS, LENGTHS)
def test_a_year_without_data_makes_the_date_provisional_and_only_that(
    law: Calendar, start: date, length: int
) -> None:
    reckoning: Reckoning = add_working_days(start, length, law)
    years = range((start + ONE_DAY).year, reckoning.last_day.year + 1)
    assert reckoning.provisional == any(law.table(year) is None for year in years)


@given(
    st.integers(0, 24 * 365 * 15).map(lambda n: datetime(2015, 1, 1, tzinfo=UTC) + n * HOUR),
    st.integers(1, 72),
    ZONES,
)
def test_hours_are_elapsed_hours_whatever_the_clocks_do(
    start: datetime, hours: int, zone: str
) -> None:
    due = add_hours(start.astimezone(ZoneInfo(zone)), hours, zone)
    assert due.due_at - start == hours * HOUR


@pytest.mark.parametrize(
    ("zone", "start", "ends"),
    [
        # The night has 23 hours in spring, 25 in autumn; 48 hours stay 48.
        ("America/New_York", "2026-03-07T12:00", "2026-03-09T13:00"),
        ("America/New_York", "2026-10-31T12:00", "2026-11-02T11:00"),
        ("Europe/Brussels", "2026-03-28T12:00", "2026-03-30T13:00"),
        ("Europe/Brussels", "2026-10-24T12:00", "2026-10-26T11:00"),
    ],
)
def test_forty_eight_hours_across_a_change_of_clocks(zone: str, start: str, ends: str) -> None:
    local = ZoneInfo(zone)
    begun, ended = (datetime.fromisoformat(t).replace(tzinfo=local) for t in (start, ends))
    assert add_hours(begun, 48, zone).due_at == ended


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Brussels"])
def test_a_day_of_a_change_of_clocks_still_ends_at_midnight(zone: str) -> None:
    for friday in (date(2026, 3, 6), date(2026, 3, 27), date(2026, 10, 23), date(2026, 10, 30)):
        due = close(add_calendar_days(friday, 2, calendar("plain")), zone)
        midnight = datetime(friday.year, friday.month, friday.day, tzinfo=ZoneInfo(zone))
        assert due.due_at == (midnight + 3 * ONE_DAY).astimezone(UTC)


@given(st.integers(2015, 2099), st.integers(1, 12), st.integers(1, 48))
def test_months_from_a_months_last_day_end_on_the_same_number_or_a_last_day(
    year: int, month: int, n: int
) -> None:
    start = date(year, month, monthrange(year, month)[1])
    ended = add_months(start, n, calendar("plain")).last_day
    length = monthrange(ended.year, ended.month)[1]
    assert ended.day == min(start.day, length)
    assert (ended.year - year) * 12 + ended.month - month == n


@pytest.mark.parametrize(
    ("start", "months", "ended"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
    ],
)
def test_the_29th_of_february_and_the_ends_of_months(start: date, months: int, ended: date) -> None:
    assert add_months(start, months, calendar("plain")).last_day == ended


def test_the_29th_of_february_is_a_day_like_others() -> None:
    assert add_working_days(date(2024, 2, 28), 1, calendar("cn")).last_day == date(2024, 2, 29)
    assert add_calendar_days(date(2024, 2, 28), 2, calendar("cn")).last_day == date(2024, 3, 1)
