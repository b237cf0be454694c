"""From a last day to an instant: when exactly it is too late.

A period ends at 24:00 of its last day in the law's zone (Civil Code 203(2)), that is at 00:00 of the next day, which is
no longer inside it: what arrives at 23:59:59.999 in Asia/Shanghai on the last day is in time, what arrives at
00:00:00 is not. A pack whose operator keeps business hours sets an earlier cut-off, exclusive in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from deadlines.calendars.arithmetic import Reckoning
from deadlines.calendars.errors import BadPeriod
from deadlines.calendars.steps import Step

MIDNIGHT = "24:00"
INSTANT = timedelta(microseconds=1)
LONGEST_HOURS = 24 * 366
MINUTES_AN_HOUR = 60


@dataclass(frozen=True)
class Due:
    """When a clock ends, and why.

    `due_at` is UTC and exclusive: an event at `due_at` is too late. `last_day` is the day in `zone` that the period ends
    with. `provisional` says that a day without calendar data was counted over, so the date may still move.
    """

    due_at: datetime
    last_day: date
    zone: str
    provisional: bool
    derivation: tuple[Step, ...]

    def in_time(self, moment: datetime) -> bool:
        """Whether something that happened at `moment` (aware) happened before the period ended."""
        return moment < self.due_at

    def derivation_json(self) -> list[dict[str, object]]:
        return [step.as_json() for step in self.derivation]


@dataclass(frozen=True)
class Halt:
    """A clock stopped from one instant to another (both aware), because somebody else owed an answer."""

    since: datetime
    until: datetime


def close(reckoning: Reckoning, zone: str, cutoff: str = MIDNIGHT) -> Due:
    """The end of the last day in `zone` as an instant. `cutoff` is HH:MM, 24:00 the end of the day. Raises BadPeriod."""
    hour, minute = _hour_and_minute(cutoff)
    day = reckoning.last_day
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
    due_at = datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)
    values = {"date": reckoning.last_day.isoformat(), "cutoff": cutoff, "zone": zone}
    norm = dict(reckoning.end_norm or {}) if cutoff == MIDNIGHT else {}
    ends = Step("ends", {**values, "due_at": due_at.isoformat(), "norm": norm})
    return Due(due_at, reckoning.last_day, zone, reckoning.provisional, (*reckoning.steps, ends))


def add_hours(start: datetime, length: int, zone: str, halts: Sequence[Halt] = ()) -> Due:
    """`length` hours of elapsed time after `start`: a change of clocks in between neither adds nor takes an hour.

    Time inside a halt is left out. `start` must be aware. Raises BadPeriod.
    """
    if start.tzinfo is None:
        raise BadPeriod("Hours run from an instant: give the start with its zone.")
    if not 1 <= length <= LONGEST_HOURS:
        raise BadPeriod(f"A period in hours has from 1 to {LONGEST_HOURS}; {length} was asked for.")
    begun = start.astimezone(UTC)
    due_at = begun + timedelta(hours=length)
    steps = [
        Step("period", {"unit": "hours", "length": length}),
        Step(
            "hours_run_from", {"moment": begun.astimezone(ZoneInfo(zone)).isoformat(), "zone": zone}
        ),
    ]
    for halt in sorted(halts, key=lambda halt: halt.since):
        stopped = _stopped(halt, begun, due_at)
        if stopped:
            due_at += stopped
            steps.append(Step("hours_paused", _halt_values(halt, zone, stopped)))
    last_day = (due_at - INSTANT).astimezone(ZoneInfo(zone)).date()
    local = due_at.astimezone(ZoneInfo(zone)).isoformat()
    steps.append(Step("ends_at", {"moment": local, "zone": zone, "due_at": due_at.isoformat()}))
    return Due(due_at, last_day, zone, provisional=False, derivation=tuple(steps))


def _stopped(halt: Halt, begun: datetime, due_at: datetime) -> timedelta:
    if halt.since >= due_at or halt.until <= begun:
        return timedelta(0)
    return halt.until.astimezone(UTC) - max(halt.since.astimezone(UTC), begun)


def _halt_values(halt: Halt, zone: str, stopped: timedelta) -> dict[str, str | int]:
    return {
        "from": halt.since.astimezone(ZoneInfo(zone)).isoformat(),
        "to": halt.until.astimezone(ZoneInfo(zone)).isoformat(),
        "minutes": int(stopped.total_seconds() // MINUTES_AN_HOUR),
    }


@lru_cache(maxsize=64)
def _hour_and_minute(cutoff: str) -> tuple[int, int]:
    try:
        hour, minute = (int(part) for part in cutoff.split(":"))
    except ValueError as error:
        raise BadPeriod(f"A cut-off is HH:MM, for instance 24:00; {cutoff!r} was given.") from error
    if not (0 <= hour <= 23 and 0 <= minute <= 59) and (hour, minute) != (24, 0):
        raise BadPeriod(f"A cut-off lies between 00:00 and 24:00; {cutoff!r} was given.")
    return hour, minute
