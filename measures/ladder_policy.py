"""The house's ladder as data: figures that say which step is proposed for what. Pure: no database, no clock.

No law names them. 17 U.S.C. 512(i) wants a policy for repeat infringers in appropriate circumstances, without a
number; Regulation 2022/2065 art. 23(3) names factors (number, share, gravity, intent); Interim Measures art. 14(2)
names the steps. Whoever changes a figure does so as a new version (measures/services/policies.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

STEPS: Final = ("warn", "restrict", "suspend", "terminate")
KINDS: Final = (
    "output",
    "page",
    "link",
    "training_picture",
    "model",
    "model_version",
    "prompt",
)
NOT_ASSESSED: Final = ""
GOOD_FAITH: Final = "good_faith"
INDUCEMENT: Final = "inducement"
WILFUL: Final = "wilful"
INTENTS: Final = (NOT_ASSESSED, GOOD_FAITH, INDUCEMENT, WILFUL)

LARGEST: Final = 1000
LONGEST_DAYS: Final = 3660
PER_MILLE: Final = 1000


class BadPolicy(ValueError):
    """The figures make no ladder; the message names the figure, in English."""


@dataclass(frozen=True)
class Policy:
    """Which step is proposed from which sum on, what an upheld item weighs, and what softens it.

    `thresholds`: the least sum for each of STEPS, rising. `weights`: what an item of a kind weighs; `intents`: what
    the user's intent, as a person assessed it, adds. `expiry_days`: how long a mark counts. `days`: the term that is
    suggested for a step, 0 for none. `first_good_faith`: a user's first case, in good faith, leaves no mark.
    `small_share`: below so many per mille of all that the user has, one step less, never less than a warning; 0: off.
    `prior_warning`: nothing above a warning without one that was told, also where no law wants it.
    """

    thresholds: Mapping[str, int]
    weights: Mapping[str, int]
    intents: Mapping[str, int]
    days: Mapping[str, int]
    expiry_days: int
    first_good_faith: bool
    small_share: int
    prior_warning: bool


BUILT_IN: Final = Policy(
    thresholds={"warn": 1, "restrict": 3, "suspend": 5, "terminate": 8},
    weights={kind: 2 if kind in {"model", "model_version"} else 1 for kind in KINDS},
    intents={NOT_ASSESSED: 0, GOOD_FAITH: 0, INDUCEMENT: 1, WILFUL: 2},
    days={"warn": 90, "restrict": 7, "suspend": 30, "terminate": 0},
    expiry_days=90,
    first_good_faith=True,
    small_share=10,
    prior_warning=True,
)


def as_data(policy: Policy) -> dict[str, Any]:
    """The policy as it is stored and written to the ledger: whole numbers, names and truth values only."""
    return {
        "thresholds": dict(policy.thresholds),
        "weights": dict(policy.weights),
        "intents": dict(policy.intents),
        "days": dict(policy.days),
        "expiry_days": policy.expiry_days,
        "first_good_faith": policy.first_good_faith,
        "small_share": policy.small_share,
        "prior_warning": policy.prior_warning,
    }


def from_data(data: Mapping[str, Any]) -> Policy:
    """The policy that `as_data` wrote. Raises BadPolicy as `check` does, and for a figure that is missing."""
    try:
        policy = Policy(**data)
    except TypeError as error:
        raise BadPolicy(str(error)) from error
    check(policy)
    return policy


def check(policy: Policy) -> None:
    """Raise BadPolicy unless every figure is there, whole, within bounds, and the thresholds rise."""
    _figures("thresholds", policy.thresholds, STEPS, least=1, most=LARGEST)
    _figures("weights", policy.weights, KINDS, least=0, most=LARGEST)
    _figures("intents", policy.intents, INTENTS, least=0, most=LARGEST)
    _figures("days", policy.days, STEPS, least=0, most=LONGEST_DAYS)
    rising = [policy.thresholds[step] for step in STEPS]
    if any(here >= after for here, after in pairwise(rising)):
        raise BadPolicy("thresholds: each step begins at a higher sum than the one below it")
    _figures("expiry_days", {"": policy.expiry_days}, ("",), least=1, most=LONGEST_DAYS)
    _figures("small_share", {"": policy.small_share}, ("",), least=0, most=PER_MILLE)


def _figures(
    name: str, given: Mapping[str, int], wanted: tuple[str, ...], *, least: int, most: int
) -> None:
    if set(given) != set(wanted):
        raise BadPolicy(f"{name}: one figure for each of {', '.join(wanted)}")
    for key, figure in given.items():
        if type(figure) is not int or not least <= figure <= most:
            raise BadPolicy(f"{name}: {key} is a whole number from {least} to {most}")
