"""Signs that somebody tries again and again to get a protected work out of the service (law.md B7). Pure.

A sign is shown to a person. Nothing follows from it by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID


@dataclass(frozen=True)
class Attempt:
    """One prompt that a rule matched: when, which rule, whether the name was disguised, whether it got through."""

    at: datetime
    rule: UUID
    disguised: bool
    passed: bool


@dataclass(frozen=True)
class Policy:
    """So many prompts within so long are a sign."""

    prompts: int
    within: timedelta


@dataclass(frozen=True)
class Sign:
    """The busiest stretch of attempts at one rule that the policy calls a sign."""

    rule: UUID
    since: datetime
    until: datetime
    prompts: int
    disguised: int
    passed: int


def signs(attempts: Iterable[Attempt], policy: Policy) -> list[Sign]:
    """For each rule the stretch with most attempts, if there are enough; the busiest first.

    The order of `attempts` does not matter. A stretch holds both its ends.
    """
    of_rule: dict[UUID, list[Attempt]] = {}
    for attempt in sorted(attempts, key=lambda one: one.at):
        of_rule.setdefault(attempt.rule, []).append(attempt)
    busiest = [_busiest(rows, policy.within) for rows in of_rule.values()]
    found = [_sign(rows) for rows in busiest if len(rows) >= policy.prompts]
    return sorted(found, key=lambda sign: (-sign.prompts, sign.since, sign.rule))


def _busiest(rows: Sequence[Attempt], within: timedelta) -> Sequence[Attempt]:
    """The longest run of attempts that fits into the time; the latest of equals."""
    best: Sequence[Attempt] = ()
    first = 0
    for last, attempt in enumerate(rows):
        while attempt.at - rows[first].at > within:
            first += 1
        if last - first + 1 >= len(best):
            best = rows[first : last + 1]
    return best


def _sign(rows: Sequence[Attempt]) -> Sign:
    return Sign(
        rule=rows[0].rule,
        since=rows[0].at,
        until=rows[-1].at,
        prompts=len(rows),
        disguised=sum(one.disguised for one in rows),
        passed=sum(one.passed for one in rows),
    )
