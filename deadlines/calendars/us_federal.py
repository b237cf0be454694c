"""Federal holidays by rule, so that no year ever lacks data: 5 USC 6103(a) and (b).

A holiday on a Saturday is observed on the Friday before, one on a Sunday on the Monday after (6103(b); Executive Order
11582): so New Year's Day of 2022, a Saturday, was observed on Friday 31 December 2021.

Not included: Inauguration Day, 20 January of every fourth year, which 6103(c) makes a holiday only for employees in the
District of Columbia and the counties around it, not nationwide; days off ordered by the President for a single year,
which close federal offices but are no public holidays of 6103(a). Juneteenth counts from 2021 (Pub. L. 117-17).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from deadlines.calendars.days import SATURDAY, Calendar, Name, YearTable

FIRST_YEAR = 1986
JUNETEENTH_SINCE = 2021
MONDAY, THURSDAY, SUNDAY = 0, 3, 6

SOURCE: Name = {"en": "5 USC 6103", "zh-Hans": "《美国法典》第5编第6103条"}

_FIXED: tuple[tuple[int, int, Name], ...] = (
    (1, 1, {"en": "New Year's Day", "zh-Hans": "元旦"}),
    (6, 19, {"en": "Juneteenth National Independence Day", "zh-Hans": "六月节"}),
    (7, 4, {"en": "Independence Day", "zh-Hans": "独立日"}),
    (11, 11, {"en": "Veterans Day", "zh-Hans": "退伍军人节"}),
    (12, 25, {"en": "Christmas Day", "zh-Hans": "圣诞节"}),
)
# (month, weekday, which one; 0 means the last of the month)
_MOVING: tuple[tuple[int, int, int, Name], ...] = (
    (1, MONDAY, 3, {"en": "Birthday of Martin Luther King, Jr.", "zh-Hans": "马丁·路德·金纪念日"}),
    (2, MONDAY, 3, {"en": "Washington's Birthday", "zh-Hans": "华盛顿诞辰日"}),
    (5, MONDAY, 0, {"en": "Memorial Day", "zh-Hans": "阵亡将士纪念日"}),
    (9, MONDAY, 1, {"en": "Labor Day", "zh-Hans": "劳工节"}),
    (10, MONDAY, 2, {"en": "Columbus Day", "zh-Hans": "哥伦布日"}),
    (11, THURSDAY, 4, {"en": "Thanksgiving Day", "zh-Hans": "感恩节"}),
)


@lru_cache(maxsize=1)
def us_federal() -> Calendar:
    """Monday to Friday less federal holidays and the days they are observed on. Data for every year from 1986."""
    return Calendar(
        id="us-federal",
        version="5usc6103.1",
        first_year=FIRST_YEAR,
        last_year=None,
        table=_table,
        norms={
            "start": {
                "en": "usual counting: day of the event excluded",
                "zh-Hans": "通行算法：触发当日不计",
            },
            "calendar": SOURCE,
        },
    )


@lru_cache(maxsize=256)
def _table(year: int) -> YearTable | None:
    if year < FIRST_YEAR:
        return None
    # New Year's Day of the next year may be observed on 31 December of this one.
    days = [*_holidays(year), (date(year + 1, 1, 1), _FIXED[0][2])]
    rest = {day: name for day, name in days if day.year == year}
    for day, name in days:
        observed = _observed(day)
        if observed != day and observed.year == year:
            rest[observed] = {
                "en": f"{name['en']} (observed)",
                "zh-Hans": f"{name['zh-Hans']}（补休）",
            }
    return YearTable(year, "5usc6103.1", rest, {}, SOURCE)


def _holidays(year: int) -> Iterator[tuple[date, Name]]:
    for month, number, name in _FIXED:
        if month != 6 or year >= JUNETEENTH_SINCE:
            yield date(year, month, number), name
    for month, weekday, which, name in _MOVING:
        yield _nth(year, month, weekday, which), name


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    if which == 0:
        last = date(year, month + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def _observed(day: date) -> date:
    if day.weekday() == SATURDAY:
        return day - timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day
