"""Running clocks as the two sides of a counter-notice are told them: which, until when, why then."""

from collections.abc import Iterable
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counternotices.rules import ANSWER_COMPLAINT, PUT_BACK, REVIEW, SUE, WAIT, WINDOW
from deadlines.models import Deadline
from deadlines.states import State
from notices.presenters.clocks import Clock, drawn
from notices.rules import CLOSE_FILE

TO_RESPONDENT: Final[dict[str, str | Promise]] = {
    REVIEW: _("We check your counter-notice by"),
    WAIT: _("The filer may show suit or complaint until"),
    PUT_BACK: _("Everything has to be back by"),
    WINDOW: _("You may complain about the decision until"),
    SUE: _("Whoever asked the court must show suit or arbitration by"),
    CLOSE_FILE: _("If you do not answer, we put the file away on"),
}
TO_FILER: Final[dict[str, str | Promise]] = {
    WAIT: _("You may show that you complained or sued by"),
    WINDOW: _("You may complain about the decision until"),
    SUE: _("Whoever asked the court must show suit or arbitration by"),
    ANSWER_COMPLAINT: _("We answer your complaint by"),
}


def told(rows: Iterable[Deadline], words: dict[str, str | Promise]) -> list[Clock]:
    """The clocks that this side is told of, in the order given."""
    return [_clock(row, words[row.kind]) for row in rows if row.kind in words]


def _clock(row: Deadline, label: str | Promise) -> Clock:
    if row.state == State.PAUSED:
        return drawn(row, label, "paused", "paused")
    look, icon = (
        ("", "clock") if row.kind in {REVIEW, PUT_BACK, ANSWER_COMPLAINT} else ("window", "window")
    )
    return drawn(row, label, look, icon)
