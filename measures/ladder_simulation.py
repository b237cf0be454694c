"""Whom a ladder would have touched, had it been in force: counted, nothing is changed. Pure: no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from measures.ladder import Entry, Standing, expiry, height, step_at, weigh
from measures.ladder_policy import STEPS, Policy


@dataclass(frozen=True)
class Changed:
    """One user for whom the two policies differ: the highest step that each would have proposed."""

    user: str
    before: str
    after: str


@dataclass(frozen=True)
class Simulation:
    """How many users each step would have been proposed for, '' for none, under either policy, and who differs."""

    users: int
    before: Mapping[str, int]
    after: Mapping[str, int]
    changed: tuple[Changed, ...]


@dataclass(frozen=True)
class Span:
    """From when to when (UTC)."""

    since: datetime
    now: datetime


def compare(
    people: Mapping[str, Standing], before: Policy, after: Policy, span: Span
) -> Simulation:
    """The highest step that each policy would have proposed to each user at any decision within the span.

    Both are replayed alike, from the same entries, each weighed anew. What was voided by now never counts. A
    warning that a policy would itself have proposed earlier counts for it as told. What single laws add is left out.
    """
    found = {
        user: (highest(one, before, span), highest(one, after, span))
        for user, one in people.items()
        if _moments(one, span)
    }
    return Simulation(
        users=len(found),
        before=_counted([old for old, _new in found.values()]),
        after=_counted([new for _old, new in found.values()]),
        changed=tuple(
            Changed(user, old, new) for user, (old, new) in sorted(found.items()) if old != new
        ),
    )


def highest(standing: Standing, policy: Policy, span: Span) -> str:
    """The highest step that this policy would have proposed at any decision within the span."""
    weighed = replace(standing, entries=tuple(_weighed(one, policy) for one in standing.entries))
    told, top = weighed.told, ""
    for moment in _moments(standing, Span(datetime.min.replace(tzinfo=span.now.tzinfo), span.now)):
        step = step_at(replace(weighed, told=told), policy, (), moment)
        if step:
            told = (*told, moment)
        if moment >= span.since:
            top = max(top, step, key=height)
    return top


def _weighed(one: Entry, policy: Policy) -> Entry:
    return replace(
        one, weight=weigh(one.kind, one.intent, policy), expires_at=expiry(one.at, policy)
    )


def _moments(standing: Standing, span: Span) -> list[datetime]:
    """When something of this user's was decided, in order."""
    return sorted(
        {one.at for one in standing.entries if not one.voided and span.since <= one.at <= span.now}
    )


def _counted(steps: list[str]) -> dict[str, int]:
    return {step: steps.count(step) for step in ("", *STEPS)}
