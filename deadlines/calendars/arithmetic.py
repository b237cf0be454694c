"""Counting a period forward from the day of an event. The day of the event is never counted.

PRC Civil Code 200-204, Regulation 1182/71 art. 3, 17 USC 512(g). Each function returns the last day of the period and
the steps that led to it; `due.close` turns the last day into an instant in the law's zone.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter

from deadlines.calendars.days import Calendar, Day, DayKind, Name
from deadlines.calendars.errors import BadPeriod
from deadlines.calendars.steps import PROVISIONAL, Step, Stretch, basis, opening, rolled, walked

LONGEST = 36_600
"""The longest period in days, about a century: longer is a mistake, and dates end in the year 9999."""
LONGEST_MONTHS = 1_200
LAST_START = date(9000, 1, 1)
MONTHS_A_YEAR = 12
WORKS: Callable[[Day], bool] = attrgetter("works")


@dataclass(frozen=True)
class Reckoning:
    """The last day of a period and how it was reached.

    `provisional`: a day without calendar data was looked at. `end_norm`: the norm by which the last day lasts to its end.
    """

    last_day: date
    provisional: bool
    steps: tuple[Step, ...]
    end_norm: Name | None = None


def add_working_days(
    start: date, length: int, calendar: Calendar, pauses: Sequence[Stretch] = ()
) -> Reckoning:
    """The `length`-th working day after `start`, days inside a pause left out. Raises BadPeriod."""
    _check(start, length)
    if not calendar.knows_rest:
        raise BadPeriod(f"Calendar {calendar.id!r} knows no working days; name a law's calendar.")
    counts = (lambda day: day.works and _runs(day.date, pauses)) if pauses else WORKS
    days = _count(start, length, calendar, counts)
    last = days[-1].date
    steps = [*opening(calendar, start, "working_days", length), *walked(days, pauses)]
    steps.append(Step("last_working_day", {"length": length, "date": last.isoformat()}))
    return _reckon(calendar, last, steps, days)


def add_calendar_days(
    start: date,
    length: int,
    calendar: Calendar,
    roll: bool = True,
    pauses: Sequence[Stretch] = (),
) -> Reckoning:
    """`length` days after `start`, days inside a pause left out; a last day of rest moves to the next working day.

    With `roll` false, or on the plain calendar, the last day stays where it falls. Raises BadPeriod.
    """
    _check(start, length)
    steps = opening(calendar, start, "calendar_days", length)
    if pauses:
        days = _count(start, length, calendar, lambda day: _runs(day.date, pauses))
        steps += [step for step in walked(days, pauses) if step.code == "paused"]
    else:
        days = list(islice(calendar.after(start), length))
    steps.append(Step("last_calendar_day", {"length": length, "date": days[-1].date.isoformat()}))
    return _settle(calendar, days, steps, roll=roll)


def add_months(start: date, length: int, calendar: Calendar, roll: bool = True) -> Reckoning:
    """The day of the same number `length` months on, or that month's last day (Civil Code 202, 1182/71 art. 3(2)(c)).

    A last day of rest moves as with `add_calendar_days`. Raises BadPeriod.
    """
    _check(start, length, LONGEST_MONTHS, "months")
    month = start.month - 1 + length
    year, month = start.year + month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1
    last = date(year, month, min(start.day, monthrange(year, month)[1]))
    steps = opening(calendar, start, "months", length)
    norm = dict(calendar.norms.get("month", {}))
    if last.day != start.day:
        steps.append(Step("month_end", {"date": last.isoformat(), "norm": norm}))
    else:
        steps.append(Step("same_day", {"date": last.isoformat(), "norm": norm}))
    return _settle(calendar, [calendar.day(last)], steps, roll=roll)


def _settle(calendar: Calendar, days: list[Day], steps: list[Step], *, roll: bool) -> Reckoning:
    seen = days[-1:]
    if roll and calendar.knows_rest:
        added = _with_minimum(calendar, days)
        steps += _settling(calendar, [*seen, *added])
        seen += added
    return _reckon(calendar, seen[-1].date, steps, seen)


def _with_minimum(calendar: Calendar, days: list[Day]) -> list[Day]:
    """The days to add so that the period ends on a working day and holds as many of them as the law wants."""
    wanted = calendar.minimum_working_days if len(days) > 1 else 0
    working = sum(day.works for day in days) if wanted else 0
    added: list[Day] = []
    following = calendar.after(days[-1].date)
    while not [*days[-1:], *added][-1].works or working < wanted:
        added.append(next(following))
        working += added[-1].works
    return added


def _settling(calendar: Calendar, days: list[Day]) -> list[Step]:
    """Why the last day moved from the first of `days` to their last: out of the rest, then on to the minimum."""
    last = days[0]
    if len(days) == 1 and last.kind is DayKind.MAKE_UP:
        return [Step("not_rolled", {"date": last.date.isoformat(), "name": dict(last.name or {})})]
    first_working = next(place for place, day in enumerate(days) if day.works)
    steps = [rolled(calendar, days[: first_working + 1])] if first_working else []
    if first_working < len(days) - 1:
        span = {"from": days[first_working].date.isoformat(), "to": days[-1].date.isoformat()}
        norm = dict(calendar.norms.get("minimum", {}))
        steps += [Step("minimum", {**span, "norm": norm}), *walked(days[first_working:])]
    return steps


def _count(
    start: date, length: int, calendar: Calendar, counts: Callable[[Day], bool]
) -> list[Day]:
    days: list[Day] = []
    left = length
    for day in calendar.after(start):
        days.append(day)
        left -= counts(day)
        if not left:
            break
    return days


def _runs(day: date, pauses: Sequence[Stretch]) -> bool:
    return not pauses or not any(pause.holds(day) for pause in pauses)


def _reckon(calendar: Calendar, last: date, steps: list[Step], seen: list[Day]) -> Reckoning:
    years = basis(calendar, seen[0].date.year, seen[-1].date.year)
    provisional = any(step.code in PROVISIONAL for step in years)
    return Reckoning(last, provisional, (*steps, *years), calendar.norms.get("end"))


def _check(start: date, length: int, longest: int = LONGEST, unit: str = "days") -> None:
    if not 1 <= length <= longest:
        raise BadPeriod(f"A period has from 1 to {longest} {unit}; {length} was asked for.")
    if start >= LAST_START:
        raise BadPeriod(f"A period starts before {LAST_START.isoformat()}; {start} was asked for.")
