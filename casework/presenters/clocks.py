"""Running clocks as the desk shows them: which clock, until when, how urgent, and why then."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.functional import Promise

from casework.rules import LABELS
from counternotices.rules import RULING, SUE, WAIT, WINDOW
from deadlines.models import Deadline
from deadlines.selectors import explain, running_for_case, whole_last_day
from deadlines.states import State
from measures.services.closing import what_holds_up
from notices.rules import ANSWER, CLOSE_FILE

# A period that runs for a party, not for us: its end is nobody's failure.
WINDOWS: Final = frozenset({ANSWER, WAIT, CLOSE_FILE, WINDOW, SUE, RULING})
_URGENT: Final = timedelta(hours=4)


@dataclass(frozen=True)
class Clock:
    """One clock. `look` is its class in tokens.css, `why` a sentence for each step of its date.

    `now` is the moment it is shown at, by the database: what is left is counted from there.
    """

    id: UUID
    now: datetime
    label: str | Promise
    pack: str
    due_at: datetime
    last_day: date | None
    look: str
    icon: str
    over: bool
    paused: bool
    provisional: bool
    warned_at: datetime | None
    stuck: bool
    why: list[str]


def for_case(case_id: UUID, *, now: datetime) -> list[Clock]:
    """Every open clock of a case, the next to end first. One query."""
    return [present(row, now=now, why=True) for row in running_for_case(case_id)]


def _why(row: Deadline) -> list[str]:
    """The steps of its date; first, where its end is held up, by what."""
    if row.kind != CLOSE_FILE or row.attempts == 0:
        return explain(row)
    return [why for why in (what_holds_up(row.subject_id), *explain(row)) if why]


def present(row: Deadline, *, now: datetime, why: bool = False) -> Clock:
    """One clock; the reasons only where they are shown."""
    look, icon = _look(row, now)
    return Clock(
        id=row.id,
        now=now,
        label=LABELS.get(row.kind, row.kind),
        pack=row.pack_id,
        due_at=row.due_at,
        last_day=whole_last_day(row),
        look=f"{look} provisional" if row.provisional else look,
        icon=f"icons/{icon}.html",
        over=row.due_at <= now,
        paused=row.state == State.PAUSED,
        provisional=row.provisional,
        warned_at=row.warned_at,
        stuck=row.alarmed_at is not None,
        why=_why(row) if why else [],
    )


def _look(row: Deadline, now: datetime) -> tuple[str, str]:
    if row.state == State.PAUSED:
        return "paused", "paused"
    if row.kind in WINDOWS:
        return "window", "window"
    left, whole = row.due_at - now, row.due_at - row.triggered_at
    if left <= timedelta(0):
        return "breached", "over"
    if left <= max(whole / 10, _URGENT):
        return "urgent", "warning"
    return ("soon", "clock") if left <= whole / 4 else ("", "clock")
