"""Running clocks as people outside are told them: whose turn, until when, and why then."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deadlines.models import Deadline
from deadlines.selectors import explain, running_for_case, whole_last_day
from deadlines.states import State
from notices.rules import ANSWER, DECIDE

# Clocks of rooms above are named here by their kind alone: the page must tell of them, no more.
# The time to complain or sue is told with the counter-notice it belongs to, and nowhere else.
TOLD: Final[dict[str, str | Promise]] = {
    DECIDE: _("We decide by"),
    ANSWER: _("You answer by"),
    "counternotices.review": _("We review the counter-notice by"),
}


@dataclass(frozen=True)
class Clock:
    """One clock. `look` is its class in tokens.css; `why` is a sentence for each step of its date.

    `last_day` is set when the period ends with that whole day in the law's zone; people read
    "by 30 November" rather than "by 1 December, 00:00".
    """

    label: str | Promise
    due_at: datetime
    last_day: date | None
    look: str
    icon: str
    paused: bool
    why: list[str]
    zone: str  # the law's


def for_filer(case_id: UUID, *, now: datetime) -> list[Clock]:
    """The clocks the filer is told of, those that end first in front. One query.

    Where several regimes have a clock of one kind, the one that ends first is told.
    """
    running = running_for_case(case_id).filter(kind__in=list(TOLD))
    told: dict[str, Deadline] = {}
    for deadline in running:
        told.setdefault(deadline.kind, deadline)
    return [drawn(one, TOLD[one.kind], *_look(one, now)) for one in told.values()]


def drawn(deadline: Deadline, label: str | Promise, look: str, icon: str) -> Clock:
    """A running clock under these words, with a class of tokens.css and the name of an icon."""
    return Clock(
        label=label,
        due_at=deadline.due_at,
        last_day=whole_last_day(deadline),
        look=f"{look} provisional" if deadline.provisional else look,
        icon=f"icons/{icon}.html",
        paused=deadline.state == State.PAUSED,
        why=explain(deadline),
        zone=deadline.clock["zone"],
    )


def _look(deadline: Deadline, now: datetime) -> tuple[str, str]:
    """The class and the icon: paused, over, a window of the filer's own, soon, or on track."""
    if deadline.state == State.PAUSED:
        return "paused", "paused"
    if deadline.due_at <= now:
        return "breached", "over"
    if deadline.kind == ANSWER:
        return "window", "window"
    whole = deadline.due_at - deadline.triggered_at
    return ("soon", "clock") if deadline.due_at - now <= whole / 4 else ("", "clock")
