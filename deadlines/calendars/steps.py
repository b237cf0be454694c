"""The derivation of a date: an ordered list of facts about how it was reached, stored with the clock as data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from deadlines.calendars.days import WEEKEND, Calendar, Day, DayKind, Name, YearTable

ONE_DAY = timedelta(days=1)
COUNTED: tuple[str, Name] = ("", {})
PROVISIONAL = ("provisional", "provisional_before")
DOUBTFUL = ("medium", "low")
Value = str | int | Name
"""What a step may hold: JSON only. Dates are ISO 8601 text, names are in both languages."""


@dataclass(frozen=True)
class Step:
    """One thing that was done to reach the date: a code of `explain.CATALOGUE` and the values it needs."""

    code: str
    values: Mapping[str, Value]
    said: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)
    """The sentences made of it so far, by language: the same weekend is told of again and again."""

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, **self.values}

    @staticmethod
    def from_json(data: Mapping[str, Value]) -> "Step":
        """The step that `as_json` wrote. Raises KeyError when there is no code."""
        values = {key: value for key, value in data.items() if key != "code"}
        return Step(str(data["code"]), values)


@dataclass(frozen=True)
class Stretch:
    """Days that stay out of a count because the clock was stopped: after `since`, up to and including `until`."""

    since: date
    until: date

    def holds(self, day: date) -> bool:
        return self.since < day <= self.until


def opening(calendar: Calendar, start: date, unit: str, length: int) -> list[Step]:
    """How every count begins: what is counted, by which calendar and data, from which day (not counted)."""
    return [
        Step("period", {"unit": unit, "length": length}),
        Step(
            "calendar",
            {
                "calendar": calendar.id,
                "version": calendar.version,
                "last_year": calendar.last_year or 0,
                "norm": dict(calendar.norms.get("calendar", {})),
            },
        ),
        Step("start_not_counted", {"date": start.isoformat(), **_norm(calendar, "start")}),
    ]


def walked(days: Iterable[Day], pauses: Iterable[Stretch] = ()) -> list[Step]:
    """Every rest day passed over, every make-up day counted and every pause, in order of date."""
    stopped = list(pauses)
    notable = days if stopped else [day for day in days if day.kind is not DayKind.WORKING]
    runs: list[tuple[tuple[str, Name], list[date]]] = []
    for day in notable:
        passing = _passing(day, stopped)
        if runs and runs[-1][0] == passing and day.date - runs[-1][1][-1] == ONE_DAY:
            runs[-1][1].append(day.date)
        elif passing != COUNTED:
            runs.append((passing, [day.date]))
    return [_run(code, tuple(name.items()), dates[0], dates[-1]) for (code, name), dates in runs]


@lru_cache(maxsize=20_000)
def _run(code: str, name: tuple[tuple[str, str], ...], first: date, last: date) -> Step:
    span = {"from": first.isoformat(), "to": last.isoformat()}
    return Step(code, {**span, "days": (last - first).days + 1, "name": dict(name)})


def basis(calendar: Calendar, first: int, last: int) -> list[Step]:
    """What the days from one year to another rest on: no list at all (provisional) first, then each year's list."""
    tables = {year: calendar.table(year) for year in range(first, last + 1)}
    steps = [_without_data(calendar, year) for year, table in tables.items() if table is None]
    if calendar.last_year is not None:
        steps += [_published(table) for table in tables.values() if table is not None]
    return steps


def rolled(calendar: Calendar, passed: Sequence[Day]) -> Step:
    """The last day rested, so the period ends on the working day after the rest: the last of `passed`."""
    names: list[Name] = []
    for day in passed[:-1]:
        name = day.name or WEEKEND
        if name not in names:
            names.append(name)
    return Step(
        "rolled",
        {
            "from": passed[0].date.isoformat(),
            "to": passed[-1].date.isoformat(),
            "name": _joined(names),
            **_norm(calendar, "roll"),
        },
    )


def _without_data(calendar: Calendar, year: int) -> Step:
    if calendar.first_year is not None and year < calendar.first_year:
        return Step("provisional_before", {"year": year, "first_year": calendar.first_year})
    return Step("provisional", {"year": year, "last_year": calendar.last_year or 0})


def _published(table: YearTable) -> Step:
    values: dict[str, Value] = {"year": table.year, "source": dict(table.source)}
    if table.confidence in DOUBTFUL:
        return Step("unconfirmed", {**values, "confidence": table.confidence})
    return Step("published", values)


def _joined(names: Sequence[Name]) -> Name:
    return {
        "en": ", ".join(name["en"] for name in names),
        "zh-Hans": "、".join(name["zh-Hans"] for name in names),
    }


def _passing(day: Day, pauses: list[Stretch]) -> tuple[str, Name]:
    if day.works and any(pause.holds(day.date) for pause in pauses):
        return "paused", {}
    if day.kind is DayKind.MAKE_UP:
        return "make_up_counted", day.name or {}
    if not day.works:
        return "skipped", day.name or WEEKEND
    return COUNTED


def _norm(calendar: Calendar, key: str) -> dict[str, Value]:
    return {"norm": dict(calendar.norms.get(key, {}))}
