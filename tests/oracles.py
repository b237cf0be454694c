"""What others say about working days: packages and plain counting, none of which our data come from.

`chinesecalendar` (PRC) and `holidays` (PRC, US, Belgium) know the days; here they are only counted, by another method than
ours: the working days stand in one list, and a period of n of them ends n places further.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import chinese_calendar
import holidays
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

FIRST, LAST = date(2015, 1, 1), date(2026, 12, 31)
"""The start days asked about lie between these, and so do the days chinesecalendar knows."""
HORIZON = date(2032, 12, 31)
"""As far as anybody counts: 60 months from the last start."""
LENGTHS = range(1, 61)
ONE_DAY = timedelta(days=1)
SATURDAY = 5

Rule = Callable[["Oracle", date, int], date | None]


def days(first: date, last: date) -> Iterator[date]:
    """Every day from one to the other."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


class Oracle:
    """Somebody's list of working days up to a day, and periods counted over it."""

    def __init__(self, works: Callable[[date], bool], last: date) -> None:
        self.last = last
        self.working = [day for day in days(FIRST, last) if works(day)]

    def working_days(self, start: date, length: int) -> date | None:
        """The `length`-th working day after `start`; None when it lies beyond the list."""
        place = bisect_right(self.working, start) + length - 1
        return self.working[place] if place < len(self.working) else None

    def rolled(self, start: date, length: int) -> date | None:
        """`length` days on, or the next working day."""
        return self._at_rest_over(start + timedelta(days=length))

    def rolled_with_two(self, start: date, length: int) -> date | None:
        """As `rolled`, and a period of two days or more holds two working days (1182/71 art. 3(4), (5))."""
        end = self.rolled(start, length)
        second = self.working_days(start, 2)
        return end if length == 1 or end is None or second is None else max(end, second)

    def months(self, start: date, length: int) -> date | None:
        """The same day `length` months on, or the month's last, or the next working day."""
        return self._at_rest_over(start + relativedelta(months=length))

    def _at_rest_over(self, day: date) -> date | None:
        place = bisect_left(self.working, day)
        return self.working[place] if place < len(self.working) else None


def prc() -> Oracle:
    """The State Council's notices as chinesecalendar has them."""
    return Oracle(chinese_calendar.is_workday, LAST)


def us() -> Oracle:
    """Federal holidays and the days they are observed on, as `holidays` has them."""
    federal = holidays.US(years=range(FIRST.year, HORIZON.year + 2))
    return Oracle(lambda day: day.weekday() < SATURDAY and day not in federal, HORIZON)


def eu() -> Oracle:
    """Belgium's public holidays as `holidays` has them, changed where the EU institutions in Brussels differ.

    The two disagree on purpose, in no other way than this:
    - 11 November (Armistice Day) is a Belgian holiday, but on no list of the institutions;
    - 2 January, Maundy Thursday, Good Friday, 9 May (Schuman Declaration), the Friday after Ascension Day, 2 November
      and 24 to 31 December are free for the institutions, but are no Belgian holidays (but for Christmas Day).
    """
    years = range(FIRST.year, 2028)
    free = {day for day in holidays.BE(years=years) if (day.month, day.day) != (11, 11)}
    for year in years:
        free |= {date(year, 1, 2), date(year, 5, 9), date(year, 11, 2)}
        free |= {easter(year) + timedelta(days=n) for n in (-3, -2, 40)}
        free |= set(days(date(year, 12, 24), date(year, 12, 31)))
    return Oracle(lambda day: day.weekday() < SATURDAY and day not in free, date(2027, 12, 31))


WAYS: dict[str, tuple[Callable[[], Oracle], Rule]] = {
    "prc-working-days": (prc, Oracle.working_days),
    "prc-calendar-days-rolled": (prc, Oracle.rolled),
    "us-business-days": (us, Oracle.working_days),
    "eu-1182-71-days": (eu, Oracle.rolled_with_two),
    "eu-1182-71-months": (eu, Oracle.months),
}
"""For each calendar of the command line, who is asked and how they count."""
