"""The ladder against users: which step the figures propose, and why. Pure: no database, no clock.

It proposes; a person decides. What was voided counts as never given, so that voiding never raises the step; the
order in which entries came in does not matter; nothing weighs less than nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from measures import ladder_words as words
from measures.ladder_policy import GOOD_FAITH, NOT_ASSESSED, PER_MILLE, STEPS, Policy
from regimes.words import Text

NOTHING: Final = ""
"""No step: the user is told, and nothing more."""


@dataclass(frozen=True)
class Entry:
    """One upheld item of a user. `contested`: a counter-notice about it is open. All moments UTC."""

    id: str
    case: str
    kind: str
    weight: int
    filed_at: datetime
    at: datetime
    expires_at: datetime
    intent: str = NOT_ASSESSED
    voided: bool = False
    contested: bool = False


@dataclass(frozen=True)
class Standing:
    """All that is known of one user.

    `told`: when warnings that were not taken back reached them; `items`: how many things the platform says they
    have, None when it does not say.
    """

    entries: tuple[Entry, ...] = ()
    told: tuple[datetime, ...] = ()
    items: int | None = None


@dataclass(frozen=True)
class Law:
    """What one law of the case says of repeat infringers: the steps it names, and whether a warning comes first."""

    title: Text
    ladder: tuple[str, ...]
    prior_warning: bool


@dataclass(frozen=True)
class Proposal:
    """The step that is proposed, NOTHING or one of STEPS, and why.

    `lapses_at`: when it would be a lower one if nothing further happens.
    """

    step: str
    score: int
    cases: int
    reasons: tuple[Text, ...]
    lapses_at: datetime | None


def weigh(kind: str, intent: str, policy: Policy) -> int:
    """What an upheld item weighs. A kind or intent that the policy does not name weighs 1, or adds nothing."""
    return max(0, policy.weights.get(kind, 1) + policy.intents.get(intent, 0))


def expiry(at: datetime, policy: Policy) -> datetime:
    """Until when an entry of that moment counts."""
    return at + timedelta(days=policy.expiry_days)


def counting(standing: Standing, now: datetime) -> list[Entry]:
    """The entries that count now: neither voided, nor contested, nor expired."""
    return [
        one
        for one in standing.entries
        if not one.voided and not one.contested and one.at <= now < one.expires_at
    ]


def occasions(standing: Standing, policy: Policy, now: datetime) -> dict[str, int]:
    """What each case weighs: as much as its heaviest entry, for it is one occasion however many items it has.

    Without the user's first case, where the policy forgives that and all of it was good faith.
    """
    found: dict[str, int] = {}
    for one in counting(standing, now):
        found[one.case] = max(found.get(one.case, 0), one.weight)
    found.pop(forgiven(standing, policy) or "", None)
    return found


def forgiven(standing: Standing, policy: Policy) -> str | None:
    """The case that leaves no mark because it was the user's first, and in good faith; None if there is none.

    A case keeps its place among the others while anything of it stands: voiding one of its entries must not
    make another case the first.
    """
    stood = [one for one in standing.entries if not one.voided]
    if not policy.first_good_faith or not stood:
        return None
    cases = {one.case for one in stood}
    begun = [one for one in standing.entries if one.case in cases]
    first = min(begun, key=lambda one: (one.at, one.case)).case
    honest = all(one.intent == GOOD_FAITH for one in stood if one.case == first)
    return first if honest else None


def propose(
    standing: Standing, policy: Policy, laws: Sequence[Law] = (), *, now: datetime
) -> Proposal:
    """The step that the figures propose at this moment, and why, in both languages."""
    found = occasions(standing, policy, now)
    step, reasons = _walk(standing, policy, laws, now)
    return Proposal(
        step=step,
        score=sum(found.values()),
        cases=len(found),
        reasons=tuple(reasons),
        lapses_at=_lapses_at(step, standing, policy, laws, now),
    )


def step_at(standing: Standing, policy: Policy, laws: Sequence[Law], now: datetime) -> str:
    """The step alone, NOTHING or one of STEPS."""
    return _walk(standing, policy, laws, now)[0]


def was_warned(standing: Standing, policy: Policy, now: datetime) -> bool:
    """Whether a warning that still counts was told before one of the notices that count was filed."""
    kept = timedelta(days=policy.expiry_days)
    fresh = [told for told in standing.told if now < told + kept]
    cases = occasions(standing, policy, now)
    filed = [one.filed_at for one in counting(standing, now) if one.case in cases]
    return any(told < later for told in fresh for later in filed)


def height(step: str) -> int:
    """0 for no step, 1 for a warning, up to 4 for the end of the service."""
    return STEPS.index(step) + 1 if step in STEPS else 0


def _walk(
    standing: Standing, policy: Policy, laws: Sequence[Law], now: datetime
) -> tuple[str, list[Text]]:
    found = occasions(standing, policy, now)
    score = sum(found.values())
    step = _reached(score, policy.thresholds)
    reasons = [words.score(score, len(found)), words.threshold(step, policy.thresholds)]
    if forgiven(standing, policy) in {one.case for one in counting(standing, now)}:
        reasons.append(words.first_in_good_faith())
    reasons += _left_out(standing, now)
    for soften in (_for_share, _for_warning, _for_law):
        lower, why = soften(step, standing, policy, laws, now)
        reasons += why
        step = lower
    if step == STEPS[-1]:
        reasons.append(words.appropriate_circumstances())
    return step, reasons


_Softened = tuple[str, list[Text]]


def _for_share(
    step: str, standing: Standing, policy: Policy, _laws: Sequence[Law], now: datetime
) -> _Softened:
    """One step less for whoever has very much else; a warning stays a warning (DSA 23(3)(b))."""
    upheld = len(counting(standing, now))
    if standing.items is None:
        return step, [words.share_unknown()]
    small = upheld * PER_MILLE < policy.small_share * standing.items
    if not small or height(step) <= 1:
        return step, [words.share(upheld, standing.items)] if standing.items else []
    return STEPS[height(step) - 2], [words.small_share(upheld, standing.items)]


def _for_warning(
    step: str, standing: Standing, policy: Policy, laws: Sequence[Law], now: datetime
) -> _Softened:
    """Nothing above a warning without one that was told (DSA 23(1))."""
    wanted = policy.prior_warning or any(law.prior_warning for law in laws)
    if not wanted or height(step) <= 1:
        return step, []
    if was_warned(standing, policy, now):
        return step, [words.warned()]
    return STEPS[0], [words.not_warned([law.title for law in laws if law.prior_warning])]


def _for_law(
    step: str, _standing: Standing, _policy: Policy, laws: Sequence[Law], _now: datetime
) -> _Softened:
    """The highest step not above this one that every law of the case names."""
    lower = step
    while lower and not all(lower in law.ladder for law in laws):
        lower = STEPS[height(lower) - 2] if height(lower) > 1 else NOTHING
    strict = [law.title for law in laws if step not in law.ladder]
    return lower, [words.no_such_step(step, strict)] if lower != step else []


def _reached(score: int, thresholds: Mapping[str, int]) -> str:
    return max((one for one in STEPS if score >= thresholds[one]), key=height, default=NOTHING)


def _left_out(standing: Standing, now: datetime) -> list[Text]:
    """What does not count, and why: a person who reads the sum should not look for it."""
    said = []
    voided = sum(one.voided for one in standing.entries)
    expired = sum(not one.voided and one.expires_at <= now for one in standing.entries)
    contested = sum(
        one.contested and not one.voided and now < one.expires_at for one in standing.entries
    )
    for number, text in (
        (voided, words.voided),
        (expired, words.expired),
        (contested, words.contested),
    ):
        if number:
            said.append(text(number))
    return said


def _lapses_at(
    step: str, standing: Standing, policy: Policy, laws: Sequence[Law], now: datetime
) -> datetime | None:
    if not step:
        return None
    for moment in _moments(standing, policy, now):
        later, _reasons = _walk(standing, policy, laws, moment)
        if height(later) < height(step):
            return moment
    return None


def _moments(standing: Standing, policy: Policy, now: datetime) -> Iterable[datetime]:
    """When something that counts now stops counting."""
    kept = timedelta(days=policy.expiry_days)
    ends = {one.expires_at for one in counting(standing, now)} | {t + kept for t in standing.told}
    return sorted(end for end in ends if end > now)
