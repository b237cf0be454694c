"""What happened, as one party is told it: sentences drawn from the case's ledger.

Only events of SENTENCES are told; what staff do among themselves, and what concerns the other
side alone, is not. Events that come once per item are told once with their number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evidence.chain import case_chain
from evidence.selectors import entries

SENTENCES: Final[dict[str, str | Promise]] = {
    "notice.filed": _("You filed the notice"),
    "notice.received_by_staff": _("Your notice was received and entered by our staff"),
    "receipt.issued": _("The receipt was issued"),
    "case.review_started": _("Review began"),
    "information.requested": _("We asked you for what is missing"),
    "information.received": _("Your answer was received; review goes on"),
    "notice.lapsed": _("The notice was not completed in time; you may file it anew"),
    "notice.accepted": _("The notice was accepted, in whole or in part"),
    "notice.declined": _("The notice was declined; the reasons were sent to you"),
    "notice.withdrawn": _("You withdrew the notice"),
    "notice.forwarded": _("The notice was forwarded to the user concerned"),
    "regime.contested": _("The user concerned answered with a counter-notice"),
    "counter_notice.forwarded": _("The counter-notice was forwarded to you"),
    "counter_notice.arrived": _("The counter-notice reached you"),
    "counter_notice.withdrawn": _("The user concerned took the counter-notice back"),
    "regime.waiting_started": _("The waiting period began: you may complain or sue"),
    "suit_proof.filed": _("You filed proof of suit or complaint"),
    "suit_proof.late": _("Proof of suit or complaint came after the waiting period"),
    "regime.suit_recorded": _("Suit or complaint is on record; the measures stay"),
    "regime.measures_stand": _("No counter-notice is open any more; the measures stay"),
    "regime.restored": _("The measures ended"),
    "case.closed": _("The case was closed"),
    "case.reopened": _("The case was opened again"),
}

# Without plural forms on purpose: the number stands after a colon.
COUNTED: Final[dict[str, str | Promise]] = {
    "evidence.frozen": _("Evidence fetched and sealed: %(count)d"),
    "item.resolved": _("Items found on the service: %(count)d"),
    "item.not_found": _("Items not found on the service: %(count)d"),
    "measure.applied": _("Measures in force: %(count)d"),
    "measure.lifted": _("Measures lifted: %(count)d"),
}


@dataclass
class Happening:
    """One line of the timeline. `at` is UTC, the last of several; `count` is how many there were."""

    event: str
    at: datetime
    count: int = 1

    @property
    def sentence(self) -> str:
        """The line in the active language."""
        if self.event in COUNTED:
            return str(COUNTED[self.event]) % {"count": self.count}
        return str(SENTENCES[self.event])


def for_filer(case_id: UUID) -> list[Happening]:
    """The filer's timeline, in the order of the ledger. One query, whatever the number of items."""
    told = [*SENTENCES, *COUNTED]
    rows = entries(case_chain(case_id)).filter(event__in=told)
    return _gather(rows.values_list("event", "at"))


def _gather(rows: Iterable[tuple[str, datetime]]) -> list[Happening]:
    """Counted events become one line each between two others."""
    lines: list[Happening] = []
    running: dict[str, Happening] = {}
    for event, at in rows:
        line = running.get(event)
        if line is not None:
            line.at, line.count = at, line.count + 1
            continue
        if event not in COUNTED:
            running.clear()
        lines.append(Happening(event, at))
        if event in COUNTED:
            running[event] = lines[-1]
    return lines
