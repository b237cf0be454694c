"""Reading one year's data file, or an operator's upload of one, into a checked `YearTable`."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from deadlines.calendars.days import SATURDAY, Name, YearTable
from deadlines.calendars.errors import BadCalendarData

LANGUAGES = ("en", "zh-Hans")
DECEMBER = 12
CONFIDENCE = ("read", "high", "medium", "low")


def read_year(path: Path) -> YearTable:
    """The table in a data file. Raises BadCalendarData naming the file and what to mend."""
    return parse_year(path.read_text(encoding="utf-8"), path.name)


def parse_year(text: str, named: str) -> YearTable:
    """The table in TOML text; `named` says where it came from in errors. Raises BadCalendarData."""
    try:
        table = _table(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadCalendarData(f"{named}: not valid TOML ({error}).") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise BadCalendarData(
            f"{named}: {_what(error)}; a year needs year, version, source, confidence, [[rest]] with from, to and name, "
            "and [[make_up]] with date and name."
        ) from error
    problems = list(_problems(table))
    if problems:
        raise BadCalendarData(f"{named}: " + " ".join(problems))
    return table


def _what(error: Exception) -> str:
    """The word of what is missing, or what was said of a value."""
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def _table(data: Mapping[str, object]) -> YearTable:
    year, source = data["year"], data["source"]
    if not isinstance(year, int) or not isinstance(source, dict):
        raise TypeError("year must be a whole number and source a text in both languages")
    rest: dict[date, Name] = {}
    for entry in _entries(data, "rest"):
        rest.update(dict.fromkeys(_days(entry["from"], entry["to"]), entry["name"]))
    make_up = {entry["date"]: entry["name"] for entry in _entries(data, "make_up")}
    return YearTable(year, str(data["version"]), rest, make_up, source, str(data["confidence"]))


def _entries(data: Mapping[str, object], key: str) -> list[dict[str, Any]]:
    entries = data.get(key, [])
    if not isinstance(entries, list):
        raise TypeError(f"{key} must be a list of tables")
    return entries


def _days(first: object, last: object) -> Iterator[date]:
    if not isinstance(first, date) or not isinstance(last, date) or last < first:
        raise TypeError(f"from {first} to {last} is not a stretch of days")
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _problems(table: YearTable) -> Iterator[str]:
    if table.confidence not in CONFIDENCE:
        yield f"confidence must be one of {', '.join(CONFIDENCE)}."
    for day in [*table.rest, *table.make_up]:
        if day.year != table.year and (day.year, day.month) != (table.year - 1, DECEMBER):
            yield f"{day} is not in {table.year} or the December before: put it in that year's file."
    for day in table.make_up:
        if day.weekday() < SATURDAY:
            yield f"{day} is a weekday: only a Saturday or Sunday can be a make-up working day."
        if day in table.rest:
            yield f"{day} is both a rest day and a make-up working day."
    for name in [table.source, *table.rest.values(), *table.make_up.values()]:
        if any(not name.get(language) for language in LANGUAGES):
            yield f"every name needs both {' and '.join(LANGUAGES)}: {dict(name)}."
            return
