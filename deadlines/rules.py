"""The figures of this room: when people are warned, how often a broken consequence is tried. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from deadlines.calendars.days import Calendar
from deadlines.calendars.due import Due
from deadlines.calendars.registry import PLAIN

FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=1)
ALARM_AFTER: Final = 5
"""Attempts after which staff are shown that a consequence does not come about."""

ON_THE_WAY: Final = timedelta(seconds=2)
"""How long after its end a clock is left alone: who acted in time may still be waiting for the case's lock."""

LAST_PART: Final = 4
"""The first warning comes when one part in this many of the period is left."""
DAY_BEGINS: Final = time(9)
DAY_ENDS: Final = time(18)
ONE_DAY: Final = timedelta(days=1)


OFFICE_DAYS: Final[Mapping[str, str]] = {
    "Asia/Shanghai": "cn",
    "Europe/Brussels": "eu",
    "America/New_York": "us-federal",
}
"""Whose working days hold where a clock counts plain days, by the clock's zone: warnings keep to them too."""


def office_calendar(clock_calendar: str, zone: str) -> str:
    """The calendar that tells the working days of those who are warned about a clock."""
    return clock_calendar if clock_calendar != PLAIN else OFFICE_DAYS.get(zone, PLAIN)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 30 s, doubled each time, an hour at most."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 12), LONGEST_WAIT)


def next_warning(begun: datetime, due: Due, calendar: Calendar, now: datetime) -> datetime | None:
    """The next moment after `now` at which the owner is to be warned, or None.

    Two warnings: at a quarter of the period left and at one working day left, both moved forward into
    working hours (9 to 18 o'clock in the clock's zone, on working days). One that would then come at
    or after the end is left out.
    """
    moments = [_into_working_hours(m, due.zone, calendar) for m in _moments(begun, due, calendar)]
    return min((m for m in moments if now < m < due.due_at), default=None)


def _moments(begun: datetime, due: Due, calendar: Calendar) -> Iterator[datetime]:
    yield due.due_at - (due.due_at - begun) / LAST_PART
    day = due.last_day
    while not calendar.day(day).works:
        day -= ONE_DAY
    yield datetime.combine(day, time(0), ZoneInfo(due.zone))


def _into_working_hours(moment: datetime, zone: str, calendar: Calendar) -> datetime:
    local = moment.astimezone(ZoneInfo(zone))
    if local.time() >= DAY_ENDS:
        local = datetime.combine(local.date() + ONE_DAY, DAY_BEGINS, local.tzinfo)
    while not calendar.day(local.date()).works:
        local = datetime.combine(local.date() + ONE_DAY, DAY_BEGINS, local.tzinfo)
    if local.time() < DAY_BEGINS:
        local = datetime.combine(local.date(), DAY_BEGINS, local.tzinfo)
    return local
