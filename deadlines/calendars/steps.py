"""The derivation of a date: an ordered list of facts about how it was reached, stored with the clock as data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from deadlines.calendars.days import WEEKEND, Calendar, Day, DayKind, Name, YearTable

DOUBTFUL = ("medium", "low")
Value = str | int | Name
"""What a step may hold: JSON only. Dates are ISO 8601 text, names are in both languages."""


@dataclass(frozen=True)
class Step:
    """One thing that was done to reach the date: a code of `explain.CATALOGUE` and the values it needs."""

    code: str
    values: Mapping[str, Value]

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
    steps: list[Step] = []
    for (code, name), group in groupby(days, key=lambda day: _passing(day, stopped)):
        if code:
            dates = [day.date for day in group]
            values: dict[str, Value] = {**_span(dates), "days": len(dates), "name": dict(name)}
            steps.append(Step(code, values))
    return steps


def basis(calendar: Calendar, days: Iterable[Day]) -> list[Step]:
    """What the days rest on: each year's published list, or that there is none (provisional) or none was read."""
    seen = list(days)
    unknown = {day.date.year for day in seen if not day.known}
    steps = [_without_data(calendar, year) for year in sorted(unknown)]
    for year in sorted({day.date.year for day in seen} - unknown):
        table = calendar.table(year)
        if table is not None and calendar.last_year is not None:
            steps.append(_published(table))
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
    return "", {}


def _span(dates: list[date]) -> dict[str, Value]:
    return {"from": dates[0].isoformat(), "to": dates[-1].isoformat()}


def _norm(calendar: Calendar, key: str) -> dict[str, Value]:
    return {"norm": dict(calendar.norms.get(key, {}))}
