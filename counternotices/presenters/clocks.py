"""Running clocks as the two sides of a counter-notice are told them: which, until when, why then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counternotices.rules import REVIEW, WAIT
from deadlines.models import Deadline
from deadlines.selectors import explain, whole_last_day
from deadlines.states import State
from notices.rules import CLOSE_FILE

TO_RESPONDENT: Final[dict[str, str | Promise]] = {
    REVIEW: _("We check your counter-notice by"),
    WAIT: _("The filer may show suit or complaint until"),
    CLOSE_FILE: _("If you do not answer, we put the file away on"),
}
TO_FILER: Final[dict[str, str | Promise]] = {
    WAIT: _("You may show that you complained or sued by"),
}


@dataclass(frozen=True)
class Clock:
    """One clock. `look` is its class in tokens.css; `why` is a sentence for each step of its date.

    `last_day` is set when the period ends with that whole day in the law's zone.
    """

    label: str | Promise
    due_at: datetime
    last_day: date | None
    look: str
    icon: str
    paused: bool
    why: list[str]


def told(rows: Iterable[Deadline], words: dict[str, str | Promise]) -> list[Clock]:
    """The clocks that this side is told of, in the order given."""
    return [_clock(row, words[row.kind]) for row in rows if row.kind in words]


def _clock(row: Deadline, label: str | Promise) -> Clock:
    paused = row.state == State.PAUSED
    look = "paused" if paused else ("" if row.kind == REVIEW else "window")
    icon = "paused" if paused else ("clock" if row.kind == REVIEW else "window")
    return Clock(
        label=label,
        due_at=row.due_at,
        last_day=whole_last_day(row),
        look=f"{look} provisional" if row.provisional else look,
        icon=f"icons/{icon}.html",
        paused=paused,
        why=explain(row),
    )
