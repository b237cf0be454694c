"""The ladder's own page: what is in force, what is put forward, and what another one would have done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.functional import Promise

from measures.ladder_policy import STEPS, Policy, from_data
from measures.ladder_simulation import Simulation
from measures.models import LadderPolicy
from measures.presenters.ladder import Rung, rungs, step_name
from measures.services.policies import may_agree
from measures.standing_selectors import policies, policy_in_force
from measures.states import PolicyState
from platforms.models import PlatformUser
from users.models import User

SHOWN: Final = 200


@dataclass(frozen=True)
class Count:
    """How many users one step would have been proposed for."""

    step: str | Promise
    before: int
    after: int


@dataclass(frozen=True)
class Differs:
    """One user for whom the two differ, by the service's own id; nobody's name."""

    id: UUID
    external_id: str
    before: str | Promise
    after: str | Promise


@dataclass(frozen=True)
class Tried:
    """What a simulation found; `left_out` users differ beyond those that are listed."""

    users: int
    counts: list[Count]
    changed: list[Differs]
    left_out: int


@dataclass(frozen=True)
class Version:
    """One version, and whether this person can agree to it."""

    row: LadderPolicy
    rungs: list[Rung]
    counts: list[Count]
    waits: bool
    may_agree: bool


@dataclass(frozen=True)
class LadderPage:
    """The page."""

    version: int
    policy: Policy
    rungs: list[Rung]
    versions: list[Version]


def ladder_page(user: User) -> LadderPage:
    """What is in force and every version so far, in two queries."""
    version, policy = policy_in_force()
    return LadderPage(
        version=version,
        policy=policy,
        rungs=rungs(policy, set(), ""),
        versions=[_version(row, user) for row in policies()],
    )


def tried(found: Simulation) -> Tried:
    """A simulation in words, in one query."""
    listed = found.changed[:SHOWN]
    names = dict(
        PlatformUser.objects.filter(id__in=[one.user for one in listed]).values_list(
            "id", "external_id"
        )
    )
    changed = [
        Differs(id, names[id], step_name(one.before), step_name(one.after))
        for one in listed
        for id in [UUID(one.user)]
    ]
    return Tried(
        found.users,
        _counts(found.before, found.after),
        changed,
        len(found.changed) - len(listed),
    )


def _version(row: LadderPolicy, user: User) -> Version:
    waits = row.state == PolicyState.PROPOSED
    return Version(
        row=row,
        rungs=rungs(from_data(row.figures), set(), ""),
        counts=_counts(row.simulated["before"], row.simulated["after"]),
        waits=waits,
        may_agree=waits and may_agree(row, user),
    )


def _counts(before: Mapping[str, int], after: Mapping[str, int]) -> list[Count]:
    return [Count(step_name(step), before[step], after[step]) for step in ("", *STEPS)]
