"""Questions and answers about periods as lines of JSON: what `manage.py clock` reads and writes.

A question is `{"calendar": "prc-working-days", "start": "2026-09-18", "length": 20}`. `start` is the day of the event, not
counted; `length` is in the calendar's unit. Other fields are left alone. The answer is `{"due": "2026-10-22",
"provisional": false, "explanation": "..."}`: `due` is the last day of the period in the calendar's zone, which ends at
24:00 of it. What cannot be answered gets `{"error": "..."}`, which says how to mend the question.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from reprlib import repr as shown

from deadlines.calendars.arithmetic import (
    Reckoning,
    add_calendar_days,
    add_months,
    add_working_days,
)
from deadlines.calendars.days import Calendar
from deadlines.calendars.due import Due, close
from deadlines.calendars.errors import BadPeriod, CalendarError, UnknownCalendar
from deadlines.calendars.explain import explain
from deadlines.calendars.registry import CN, EU, US_FEDERAL, calendar

EXAMPLE = '{"calendar": "prc-working-days", "start": "2026-09-18", "length": 20}'
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Way:
    """One way of counting: what is added, by which calendar, in whose zone the last day ends."""

    calendar: str
    add: Callable[[date, int, Calendar], Reckoning]
    zone: str


WAYS: Mapping[str, Way] = {
    "prc-working-days": Way(CN, add_working_days, "Asia/Shanghai"),
    "prc-calendar-days-rolled": Way(CN, add_calendar_days, "Asia/Shanghai"),
    "us-business-days": Way(US_FEDERAL, add_working_days, "America/New_York"),
    "eu-1182-71-days": Way(EU, add_calendar_days, "Europe/Brussels"),
    "eu-1182-71-months": Way(EU, add_months, "Europe/Brussels"),
}


def reckon(way: object, start: object, length: object) -> Due:
    """The end of a period by one of `WAYS`, its start as YYYY-MM-DD. Raises CalendarError saying what to mend."""
    found = WAYS.get(way) if isinstance(way, str) else None
    if found is None:
        raise UnknownCalendar(
            f'"calendar" must be one of {", ".join(WAYS)}; {shown(way)} was given.'
        )
    if isinstance(length, bool) or not isinstance(length, int):
        raise BadPeriod(f'"length" must be a whole number such as 20; {shown(length)} was given.')
    return close(found.add(_date(start), length, calendar(found.calendar)), found.zone)


def answer(due: Due, language: str) -> dict[str, object]:
    """What is said of a period: its last day, whether that may still move, and why, a sentence a line."""
    return {
        "due": due.last_day.isoformat(),
        "provisional": due.provisional,
        "explanation": "\n".join(explain(due.derivation, language)),
    }


def answers(lines: Iterable[bytes], language: str) -> Iterator[dict[str, object]]:
    """One answer for each line, in order; a line that cannot be answered gets an `error` and the rest go on."""
    for line in lines:
        try:
            asked = _question(line)
            due = reckon(*(asked.get(field) for field in ("calendar", "start", "length")))
            yield answer(due, language)
        except CalendarError as error:
            yield {"error": str(error)}


def _question(line: bytes) -> dict[str, object]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:  # bad UTF-8 and bad JSON are both ValueErrors
        raise BadPeriod(f"Not a line of JSON ({error}); write a line such as {EXAMPLE}") from error
    if not isinstance(asked, dict):
        raise BadPeriod(f"A line is one JSON object; write a line such as {EXAMPLE}")
    missing = [f'"{field}"' for field in ("calendar", "start", "length") if field not in asked]
    if missing:
        raise BadPeriod(f"{', '.join(missing)} missing; write a line such as {EXAMPLE}")
    return asked


def _date(start: object) -> date:
    try:
        if isinstance(start, str) and ISO_DATE.fullmatch(start):
            return date.fromisoformat(start)
    except ValueError as error:
        raise BadPeriod(f'"start": there is no {start} ({error}).') from error
    raise BadPeriod(f'"start" must be a day as YYYY-MM-DD; {shown(start)} was given.')
