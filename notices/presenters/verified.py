"""How many measures of a case tests have shown to hold, for the filer. Read from the ledger: measures lie above."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from evidence.chain import case_chain
from evidence.selectors import entries

# What each of these says of a measure from then on; '' is: it is in force no more.
_SAYS: Final[dict[str, str]] = {
    "measure.applied": "pending",
    "measure.recalled": "pending",
    "measure.verified": "verified",
    "measure.held_again": "verified",
    "measure.check_failed": "broken",
    "measure.lift_ordered": "",
    "measure.lifted": "",
    "measure.cancelled": "",
}
# The case came to stand behind a measure of another; its chain did not see what went before.
_JOINED: Final = "measure.ground_added"
_IN_FORCE: Final = "in_force"
# A ticket that was taken on has changed nothing yet.
_TICKET: Final = "model_optimisation"


@dataclass(frozen=True)
class Tally:
    """How many measures are in force by what was told us, and how they divide by their tests.

    `last` is the latest moment (UTC) at which one was shown to hold. No measure is named.
    """

    verified: int
    pending: int
    broken: int
    last: datetime | None

    @property
    def in_force(self) -> int:
        """All of them."""
        return self.verified + self.pending + self.broken


def tally(case_id: UUID) -> Tally:
    """The tally of one case. One query."""
    rows = entries(case_chain(case_id)).filter(event__in=[*_SAYS, _JOINED])
    standing: dict[str, str] = {}
    last: datetime | None = None
    for event, at, facts in rows.values_list("event", "at", "facts"):
        if facts.get("family") == _TICKET:
            continue
        says = _joined(facts) if event == _JOINED else _SAYS[event]
        standing[facts["measure"]] = says
        last = at if event != _JOINED and says == "verified" else last
    counted = Counter(standing.values())
    return Tally(counted["verified"], counted["pending"], counted["broken"], last)


def _joined(facts: Mapping[str, Any]) -> str:
    if facts.get("state") != _IN_FORCE:
        return ""
    return "verified" if facts.get("verified") else "pending"
