"""What loading a year would do, before it is done: which open clocks would move, and to when."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from deadlines.models import Deadline
from deadlines.selectors import counting_over
from deadlines.services.loading import Candidate
from deadlines.services.reckoning import facts_of, reckon
from deadlines.shelf import Shelf, shelf, trial
from regimes.vocabulary import Unit

MOST_LOOKED_AT: Final = 20_000
MOST_SHOWN: Final = 200


@dataclass(frozen=True)
class Move:
    """A clock whose date would move. `due_at` (UTC) and `last_day` are what they would become."""

    row: Deadline
    due_at: datetime
    last_day: date


@dataclass
class Preview:
    """What would happen. `moves` holds the first `MOST_SHOWN` of `moving`; with `more` not all were looked at."""

    moves: list[Move] = field(default_factory=list)
    moving: int = 0
    certain: int = 0
    looked_at: int = 0
    more: bool = False


def preview(candidate: Candidate, now: datetime) -> Preview:
    """How the open clocks would end if this year were in force. Writes nothing.

    `certain` counts the dates that are provisional now and would no longer be. At most `MOST_LOOKED_AT`
    clocks are looked at.
    """
    found = Preview()
    calendars = trial(shelf(), candidate.calendar, candidate.table)
    known: dict[str, dict[str, Any]] = {}
    rows = counting_over(candidate.calendar, candidate.table.year, now).order_by("due_at", "id")
    for row in rows[: MOST_LOOKED_AT + 1].iterator(chunk_size=1_000):
        if found.looked_at == MOST_LOOKED_AT:
            found.more = True
            break
        _look(found, row, _fields(row, known, now, calendars))
    return found


def _look(found: Preview, row: Deadline, fields: dict[str, Any]) -> None:
    found.looked_at += 1
    found.certain += row.provisional and not fields["provisional"]
    if fields["due_at"] != row.due_at:
        found.moving += 1
        if len(found.moves) < MOST_SHOWN:
            found.moves.append(Move(row, fields["due_at"], fields["last_day"]))


def _fields(
    row: Deadline, known: dict[str, dict[str, Any]], now: datetime, calendars: Shelf
) -> dict[str, Any]:
    """Clocks with the same terms that began on the same day end alike: counted once."""
    begun = row.triggered_at.astimezone(ZoneInfo(row.clock["zone"]))
    start = begun.isoformat() if row.clock["unit"] == Unit.HOURS else begun.date().isoformat()
    key = json.dumps([row.clock, start, row.pauses, row.extension], sort_keys=True)
    if key not in known:
        known[key] = reckon(facts_of(row), now, calendars)
    return known[key]
