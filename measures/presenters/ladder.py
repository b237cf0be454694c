"""The ladder as people are shown it: the same to staff and to the user it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from measures.ladder import Law, Proposal, Standing, height, propose
from measures.ladder_policy import STEPS, Policy
from measures.models import Measure, StandingEntry
from measures.rules import Level
from measures.standing_selectors import (
    as_entry,
    entries_of,
    policy_in_force,
    sanctions_on,
    standings,
)
from measures.states import IN_EFFECT
from regimes.words import Text

TOP: Final = len(STEPS)
MARKS_SHOWN: Final = 200


@dataclass(frozen=True)
class Rung:
    """One step: where it begins, its suggested term in days (0: none), and whether the user stands on it."""

    number: int
    name: str
    threshold: int
    days: int
    reached: bool
    here: bool
    proposed: bool


@dataclass(frozen=True)
class Mark:
    """One entry, and whether it counts. `tint` is that of its badge; `counts` and `voided` as the words say."""

    row: StandingEntry
    words: str | Promise
    tint: str
    counts: bool
    voided: bool


@dataclass(frozen=True)
class Ladder:
    """Where one user stands: the sanction in force, and what the figures propose. `version` 0 is the built-in one."""

    person: UUID
    version: int
    policy: Policy
    standing: Standing
    proposal: Proposal
    reasons: list[str]
    marks: list[Mark]
    sanctions: list[Measure]
    rungs: list[Rung]
    now: datetime

    @property
    def step(self) -> int:
        """The number of the step whose sanction is in force, 0 for none."""
        return max((one.number for one in self.rungs if one.here), default=0)

    @property
    def ends(self) -> datetime | None:
        """When the sanction of that step ends by itself; None when there is none, or it has no term."""
        here = [one for one in self.sanctions if one.state in IN_EFFECT]
        top = [one for one in here if height(one.level) == self.step]
        return top[0].expires_at if top else None

    @property
    def left_out(self) -> int:
        """How many older entries are not among `marks`."""
        return len(self.standing.entries) - len(self.marks)

    @property
    def top(self) -> int:
        """How many steps there are."""
        return TOP

    @property
    def proposed(self) -> str | Promise:
        """The name of the proposed step in the active language."""
        return step_name(self.proposal.step)


def ladder_of(person: UUID, laws: Sequence[Law] = (), *, now: datetime) -> Ladder:
    """The ladder of one user, in the active language; a fixed number of queries."""
    version, policy = policy_in_force()
    standing = standings([person])[person]
    proposal = propose(standing, policy, laws, now=now)
    sanctions = list(sanctions_on(person))
    here = {one.level for one in sanctions if one.state in IN_EFFECT}
    return Ladder(
        person=person,
        version=version,
        policy=policy,
        standing=standing,
        proposal=proposal,
        reasons=said(proposal.reasons),
        marks=[_mark(row, now) for row in _latest(person)],
        sanctions=sanctions,
        rungs=rungs(policy, here, proposal.step),
        now=now,
    )


def rungs(policy: Policy, here: set[str], proposed: str) -> list[Rung]:
    """The steps from the lowest up; `here` are the levels of the sanctions in force."""
    top = max((height(step) for step in here), default=0)
    return [
        Rung(
            number=height(step),
            name=str(Level(step).label),
            threshold=policy.thresholds[step],
            days=policy.days[step],
            reached=height(step) <= top,
            here=height(step) == top,
            proposed=step == proposed,
        )
        for step in STEPS
    ]


def step_name(step: str) -> str | Promise:
    """The name of a step; of none, that it leaves no mark."""
    return Level(step).label if step else _("No step: the user is told, and nothing more")


def said(reasons: Sequence[Text]) -> list[str]:
    """The reasons in the active language."""
    language = get_language() or "en"
    return [one.in_language(language) for one in reasons]


def _latest(person: UUID) -> list[StandingEntry]:
    return list(entries_of([person]).order_by("-at", "item__number")[:MARKS_SHOWN])


def _mark(row: StandingEntry, now: datetime) -> Mark:
    one = as_entry(row)
    if one.voided:
        return Mark(row, _("Overturned: counts as never given"), "success", False, True)
    if one.expires_at <= now:
        return Mark(row, _("Expired: no longer counts"), "", False, False)
    if one.contested:
        return Mark(
            row, _("Counter-notice open: does not count meanwhile"), "waiting", False, False
        )
    return Mark(row, _("Counts"), "danger", True, False)
