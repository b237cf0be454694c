"""The faster tier: for filers who have been right for some time. Pure: no database, no clock.

It moves a notice forward only among those whose clocks end on the same later day; it never touches a clock.
"""

from dataclasses import dataclass
from typing import Final

ORDINARY: Final = ""
FASTER: Final = "faster"
TIERS: Final = (ORDINARY, FASTER)

# What counts lies within so many days; so many decided notices are needed; so many in a hundred may have been wrong.
PERIOD_DAYS: Final = 365
LEAST_DECIDED: Final = 5
MOST_WRONG: Final = 10


@dataclass(frozen=True)
class Accuracy:
    """A filer's own notices of the period: how many were decided, and how many of those were wrong.

    Wrong is what was declined, or upheld and then given back. `sanctioned`: a warning or suspension stands that
    was given within the period.
    """

    decided: int
    wrong: int
    sanctioned: bool

    @property
    def per_cent_wrong(self) -> int:
        """How many in a hundred were wrong, rounded up; 0 when nothing was decided."""
        return -(-100 * self.wrong // self.decided) if self.decided else 0

    @property
    def missing(self) -> int:
        """How many more decided notices the faster tier wants."""
        return max(0, LEAST_DECIDED - self.decided)


def tier(accuracy: Accuracy) -> str:
    """FASTER for whoever had enough notices decided, few of them wrong, and no sanction; else ORDINARY."""
    earned = not accuracy.missing and accuracy.per_cent_wrong <= MOST_WRONG
    return FASTER if earned and not accuracy.sanctioned else ORDINARY
