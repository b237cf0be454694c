"""Our data against independent packages, day by day and period by period; they are never the source of our data.

Every start day from 2015 is asked here with two lengths, in turn all from 1 to 60; `script/proof vectors` asks every start
with every length through the command line.
"""

from datetime import date

import chinese_calendar
import holidays
import pytest

from deadlines.calendars.batch import reckon
from deadlines.calendars.registry import CN, EU, US_FEDERAL, calendar
from tests.oracles import FIRST, LAST, WAYS, Oracle, days, eu, us

USUAL = 20
LOADED = list(days(FIRST, LAST))


def works(calendar_id: str, day: date) -> bool:
    return calendar(calendar_id).day(day).works


def test_every_prc_day_works_or_rests_as_chinesecalendar_says() -> None:
    # No disagreement on 4,383 days: the amended lists of 2015, 2019 and 2020 and the days of December that a next
    # year's notice settled (29 to 31 December 2018, 31 December 2022) included.
    assert [day for day in LOADED if works(CN, day) != chinese_calendar.is_workday(day)] == []
    assert all(calendar(CN).day(day).known for day in LOADED)


def test_every_prc_day_works_or_rests_as_holidays_says() -> None:
    # No disagreement either.
    others = holidays.CN(years=range(FIRST.year, LAST.year + 1))
    assert [day for day in LOADED if works(CN, day) != others.is_working_day(day)] == []


def test_every_us_day_works_or_rests_as_holidays_says() -> None:
    # No disagreement up to 2032: both leave out Inauguration Day and days off ordered for one year.
    oracle = us()
    ours = [day for day in days(FIRST, oracle.last) if works(US_FEDERAL, day)]
    assert ours == oracle.working


def test_every_eu_day_works_or_rests_as_the_rule_of_the_institutions_says() -> None:
    oracle = eu()
    assert [day for day in days(FIRST, oracle.last) if works(EU, day)] == oracle.working


def test_every_closing_day_of_the_central_bank_is_a_day_of_rest_in_the_eu() -> None:
    # The other way round it is not so: the ECB's list is that of the payment system TARGET, six days a year.
    closing = holidays.financial_holidays("ECB", years=range(FIRST.year, 2028))
    assert len(closing) == 6 * 13
    assert [day for day in closing if works(EU, day)] == []


@pytest.mark.parametrize("way", WAYS)
def test_every_start_day_ends_where_the_oracle_says_or_is_provisional(way: str) -> None:
    make, rule = WAYS[way]
    oracle = make()
    wrong = [
        (start, length)
        for place, start in enumerate(LOADED)
        for length in {place % 60 + 1, USUAL}
        if not agrees(way, oracle, rule(oracle, start, length), start, length)
    ]
    assert wrong == []


def agrees(way: str, oracle: Oracle, expected: date | None, start: date, length: int) -> bool:
    due = reckon(way, start.isoformat(), length)
    if expected is None:  # beyond what anybody has published
        return due.provisional and due.last_day > oracle.last
    return (due.last_day, due.provisional) == (expected, False)


@pytest.mark.parametrize("way", ["prc-working-days", "prc-calendar-days-rolled"])
def test_the_first_day_beyond_the_notices_makes_a_prc_date_provisional(way: str) -> None:
    assert not reckon(way, "2026-12-30", 1).provisional
    assert reckon(way, "2026-12-31", 1).provisional
    assert reckon(way, "2026-12-31", 1).last_day == date(2027, 1, 1)


def test_the_first_day_before_the_notices_makes_a_prc_date_provisional() -> None:
    assert not reckon("prc-working-days", "2014-12-31", 5).provisional
    assert reckon("prc-working-days", "2014-12-30", 5).provisional
