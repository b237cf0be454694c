"""A calendar: which days work, which rest, and how far its data reach."""

import hashlib
import json
from calendar import isleap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

SATURDAY = 5
REMEMBERED = 150
"""How many years a calendar keeps laid out, so that counting over the same year again is quick."""

Name = Mapping[str, str]
"""What a day or a norm is called: {"en": ..., "zh-Hans": ...}."""

WEEKEND: Name = {"en": "weekend", "zh-Hans": "周休息日"}


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
    works: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "works", self.kind in (DayKind.WORKING, DayKind.MAKE_UP))


@dataclass(frozen=True)
class YearTable:
    """One year's exceptions to Monday to Friday, as published, with where they were published.

    `confidence` is `read` when the list was transcribed from a copy of the notice, otherwise `high`, `medium`
    or `low`: how sure the transcriber was without having read one. A list may settle days of the December before
    (the PRC notice for 2019 did so for 29 to 31 December 2018).
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

    `first_year` and `last_year` are the years the data reach from and to, `last_year` None when the law itself gives
    the rule for every later year. A day in a year without data falls back to Monday to Friday and is marked as not known: whoever counts over it
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
    first_year: int | None = None
    _years: dict[int, tuple[Day, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def day(self, day: date) -> Day:
        """What `day` is."""
        return self._year(day.year)[day.timetuple().tm_yday - 1]

    def after(self, day: date) -> Iterator[Day]:
        """Every day after `day`, in order, to the end of the year 9999."""
        yield from self._year(day.year)[day.timetuple().tm_yday :]
        for year in range(day.year + 1, MAXYEAR + 1):
            yield from self._year(year)

    def _year(self, year: int) -> tuple[Day, ...]:
        days = self._years.get(year)
        if days is None:
            if len(self._years) >= REMEMBERED:
                self._years.clear()
            first = date(year, 1, 1)
            length = 365 + isleap(year)
            days = tuple(self._looked_up(first + timedelta(days=n)) for n in range(length))
            self._years[year] = days
        return days

    def _looked_up(self, day: date) -> Day:
        table = self.table(day.year)
        if table is not None and day in table.make_up:
            return Day(day, DayKind.MAKE_UP, table.make_up[day], known=True)
        if table is not None and day in table.rest:
            return Day(day, DayKind.HOLIDAY, table.rest[day], known=True)
        kind = DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKING
        return Day(day, kind, None, known=table is not None)


def by_year(tables: Mapping[int, YearTable]) -> dict[int, YearTable]:
    """The tables with each day in the year it falls in: what a later list says of the December before goes there.

    The later list prevails. A year whose own list is not loaded stays without data.
    """
    settled: dict[int, YearTable] = {}
    for year in sorted(tables):
        table = tables[year]
        if year - 1 in settled:
            settled[year - 1] = _with_december(settled[year - 1], table)
        rest, make_up = _of_year(table.rest, year), _of_year(table.make_up, year)
        settled[year] = replace(table, rest=rest, make_up=make_up)
    return settled


def _with_december(table: YearTable, later: YearTable) -> YearTable:
    rest, make_up = _of_year(later.rest, table.year), _of_year(later.make_up, table.year)
    if not rest and not make_up:
        return table
    return replace(
        table,
        source={
            "en": f"{table.source['en']}; {later.source['en']}",
            "zh-Hans": f"{table.source['zh-Hans']}；{later.source['zh-Hans']}",
        },
        rest={**{day: name for day, name in table.rest.items() if day not in make_up}, **rest},
        make_up={
            **{day: name for day, name in table.make_up.items() if day not in rest},
            **make_up,
        },
    )


def _of_year(days: Mapping[date, Name], year: int) -> dict[date, Name]:
    return {day: name for day, name in days.items() if day.year == year}


def fingerprint(tables: Mapping[int, YearTable]) -> str:
    """The version of a calendar made of tables: last year and a hash of every exception in it."""
    body = json.dumps(
        [tables[year].canonical() for year in sorted(tables)],
        sort_keys=True,
        ensure_ascii=False,
    )
    return f"{max(tables)}-{hashlib.sha256(body.encode()).hexdigest()[:12]}"
