"""What happened, as one party is told it: sentences drawn from the case's ledger.

Only events of SENTENCES are told; what staff do among themselves, and what concerns the other
side alone, is not. Events that come once per item are told once with their number.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
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
    "information.not_received": _(
        "No answer came in time; we decide on what the notice says, and review goes on"
    ),
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
    "regime.restored": _("Under the law concerned the measures end"),
    "regime_conflict.opened": _("Two laws disagree about the measures; a person decides"),
    "regime_conflict.decided": _(
        "A person decided between the two laws; the reasons were sent to you"
    ),
    "regime_conflict.closed": _("The law that still held the measures let go"),
    "ticket.role_tested": _("We answered you on the training data of a model"),
    "ticket.probe_proposed": _("You proposed a prompt by which a model is tested"),
    "ticket.verified": _("Tests showed that a changed model holds on its build"),
    "ticket.regressed": _("Tests found that a later build lost the change of a model"),
    "filer.warned": _("You were warned because of wrong notices; the reasons were sent to you"),
    "filer.suspended": _("Filing of notices was suspended for you; the reasons were sent to you"),
    "filer.suspension_ended": _("The suspension ended: you may file notices"),
    "filer.sanction_lifted": _("A decision about your filing was taken back"),
    "case.closed": _("The case was closed"),
    "case.reopened": _("The case was opened again"),
}

# Without plural forms on purpose: the number stands after a colon.
COUNTED: Final[dict[str, str | Promise]] = {
    "evidence.frozen": _("Evidence fetched and sealed: %(count)d"),
    "item.resolved": _("Items found on the service: %(count)d"),
    "item.not_found": _("Items not found on the service: %(count)d"),
    "measure.applied": _("Measures acknowledged as carried out: %(count)d"),
    "measure.verified": _("Measures shown by test to hold: %(count)d"),
    "measure.check_failed": _("Measures found by test not to hold; we see to it: %(count)d"),
    "measure.held_again": _("Measures shown by a later test to hold: %(count)d"),
    "measure.lifted": _("Measures acknowledged as lifted: %(count)d"),
    "measure.lift_verified": _("Measures shown by test to be lifted: %(count)d"),
    "match.imposed": _("Further copies by the same user, taken down by themselves: %(count)d"),
    "match.withheld": _("Further copies by the same user whose delivery was refused: %(count)d"),
    "match.upheld": _("Further outputs that a person found to take over the work: %(count)d"),
}


@dataclass
class Happening:
    """One line of the timeline. `at` is UTC, the last of several; `count` is how many there were."""

    event: str
    at: datetime
    words: str | Promise
    count: int = 1

    @property
    def sentence(self) -> str:
        """The line in the active language."""
        words = str(self.words)
        return words % {"count": self.count} if "%(count)d" in words else words


Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """One side's view of the one timeline: which events it is told of, in which words, and what concerns it.

    What is not in `sentences` or `counted` is hidden from this side, and so is an event whose facts
    do not concern it. Only the event and its moment are ever shown, never a fact.
    """

    sentences: Mapping[str, str | Promise]
    counted: Mapping[str, str | Promise]
    concerns: Callable[[Facts], bool]


FILER: Final = Side(SENTENCES, COUNTED, lambda facts: True)


def for_filer(case_id: UUID) -> list[Happening]:
    """The filer's timeline."""
    return for_side(case_id, FILER)


def for_side(case_id: UUID, side: Side) -> list[Happening]:
    """The case's one timeline as this side is told it, in the order of the ledger. One query."""
    told = [*side.sentences, *side.counted]
    rows = entries(case_chain(case_id)).filter(event__in=told)
    seen = rows.values_list("event", "at", "facts")
    return _gather(((event, at) for event, at, facts in seen if side.concerns(facts)), side)


def _gather(rows: Iterable[tuple[str, datetime]], side: Side) -> list[Happening]:
    """Counted events become one line each between two others; what came under two laws at once is said once."""
    lines: list[Happening] = []
    running: dict[str, Happening] = {}
    words = {**side.sentences, **side.counted}
    for event, at in rows:
        line = running.get(event)
        if line is not None:
            line.at, line.count = at, line.count + 1
            continue
        if lines and (lines[-1].event, lines[-1].at) == (event, at):
            continue
        if event not in side.counted:
            running.clear()
        lines.append(Happening(event, at, words[event]))
        if event in side.counted:
            running[event] = lines[-1]
    return lines
