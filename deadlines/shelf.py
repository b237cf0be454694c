"""The calendars that clocks are counted by: the shipped years, with the years an operator loaded laid over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from deadlines.calendars.days import Calendar, YearTable
from deadlines.calendars.registry import CN, EU, calendar
from deadlines.calendars.year_file import parse_year
from deadlines.models import CalendarYear

LOADABLE = (CN, EU)
"""Calendars made of published lists; the others follow from a rule and need no data."""


@dataclass(frozen=True)
class Shelf:
    """The calendars as they stood after the loaded year number `position` (0: nothing loaded).

    Called with a calendar's id it gives the calendar. Raises UnknownCalendar.
    """

    position: int
    last: UUID | None

    def __call__(self, calendar_id: str) -> Calendar:
        if self.last is None or calendar_id not in LOADABLE:
            return calendar(calendar_id)
        return _laid_over(calendar_id, self.last)


@dataclass(frozen=True)
class Trial(Shelf):
    """The calendars in force, with one of them as it would be."""

    changed: Calendar

    def __call__(self, calendar_id: str) -> Calendar:
        return self.changed if calendar_id == self.changed.id else super().__call__(calendar_id)


def trial(current: Shelf, calendar_id: str, table: YearTable) -> Trial:
    """The calendars as they would be with this year in force."""
    loaded = dict(tables_in_force(calendar_id, current.last)) if current.last else {}
    changed = calendar(calendar_id, {**loaded, table.year: table}.values())
    return Trial(current.position, current.last, changed)


def shelf() -> Shelf:
    """The calendars in force. One small query; the years behind it are read once per process.

    Ask once for each piece of work and hand it down: no clock asks for itself.
    """
    last = CalendarYear.objects.order_by("-position").values_list("position", "id").first()
    return Shelf(*last) if last else Shelf(0, None)


def tables_in_force(calendar_id: str, last: UUID) -> Mapping[int, YearTable]:
    """The loaded tables of a calendar by year, up to the loaded year `last`; of one year the latest."""
    limit = CalendarYear.objects.values("position").filter(id=last)
    rows = CalendarYear.objects.filter(calendar=calendar_id, position__lte=limit)
    texts = rows.order_by("position").values_list("year", "toml")
    return {year: parse_year(text, f"{calendar_id}/{year}") for year, text in texts}


@lru_cache(maxsize=32)
def _laid_over(calendar_id: str, last: UUID) -> Calendar:
    return calendar(calendar_id, tables_in_force(calendar_id, last).values())
