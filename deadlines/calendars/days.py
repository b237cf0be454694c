"""A calendar: which days work, which rest, and how far its data reach."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

SATURDAY = 5

Name = Mapping[str, str]
"""What a day or a norm is called: {"en": ..., "zh-Hans": ...}."""

WEEKEND: Name = {"en": "weekend", "zh-Hans": "周末"}


class DayKind(StrEnum):
    """What a day is for the purpose of counting."""

    WORKING = "working"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class Day:
    """One day of a calendar. `known` is false where the calendar has no data for its year."""

    date: date
    kind: DayKind
    name: Name | None
    known: bool

    @property
    def works(self) -> bool:
        return self.kind in (DayKind.WORKING, DayKind.MAKE_UP)


@dataclass(frozen=True)
class YearTable:
    """One year's exceptions to Monday to Friday, as published, with where they were published.

    `confidence` is `read` when the list was transcribed from a copy of the notice, otherwise `high`, `medium`
    or `low`: how sure the transcriber was without having read one.
    """

    year: int
    version: str
    rest: Mapping[date, Name]
    make_up: Mapping[date, Name]
    source: Name
    confidence: str = "read"

    def canonical(self) -> dict[str, object]:
        return {
            "year": self.year,
            "version": self.version,
            "rest": {day.isoformat(): dict(name) for day, name in sorted(self.rest.items())},
            "make_up": {day.isoformat(): dict(name) for day, name in sorted(self.make_up.items())},
        }


@dataclass(frozen=True)
class Calendar:
    """Working and rest days under one law.

    `last_year` is the last year whose data are loaded, None when the law itself gives the rule for every year.
    A day in a year without data falls back to Monday to Friday and is marked as not known: whoever counts over it
    must call the result provisional.
    `minimum_working_days` is what a period of two days or more has to include (Regulation 1182/71 art. 3(5): two).
    `knows_rest` is false for plain days, where nothing rolls forward and working days cannot be counted.
    """

    id: str
    version: str
    last_year: int | None
    table: Callable[[int], YearTable | None]
    norms: Mapping[str, Name] = field(default_factory=dict)
    minimum_working_days: int = 0
    knows_rest: bool = True

    def day(self, day: date) -> Day:
        table = self.table(day.year)
        if table is not None and day in table.make_up:
            return Day(day, DayKind.MAKE_UP, table.make_up[day], known=True)
        if table is not None and day in table.rest:
            return Day(day, DayKind.HOLIDAY, table.rest[day], known=True)
        kind = DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKING
        return Day(day, kind, None, known=table is not None)


def fingerprint(tables: Mapping[int, YearTable]) -> str:
    """The version of a calendar made of tables: last year and a hash of every exception in it."""
    body = json.dumps(
        [tables[year].canonical() for year in sorted(tables)],
        sort_keys=True,
        ensure_ascii=False,
    )
    return f"{max(tables)}-{hashlib.sha256(body.encode()).hexdigest()[:12]}"
