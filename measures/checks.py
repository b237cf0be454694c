"""Which tests show that a measure holds, and when each measure is tested again. No database, no clock.

A measure is tested soon after it takes effect, then after an hour, a day, a week and thirty days, and from
then on every thirty days while it is in force. After a lifting one test shows that what was taken is back.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy

from measures.rules import Family


class What(models.TextChoices):
    """What one test looks at."""

    ARTEFACT_STATE = "artefact_state", pgettext_lazy("check", "The platform's record")
    CONTENT_BYTES = "content_bytes", pgettext_lazy("check", "The same file elsewhere")
    PUBLIC_URL = "public_url", pgettext_lazy("check", "The public address")
    PROMPT = "prompt", pgettext_lazy("check", "The prompt at the guard")
    USER_STANDING = "user_standing", pgettext_lazy("check", "The user's standing")
    RULE = "rule", pgettext_lazy("check", "The rule in the guard")
    PROBES = "probes", pgettext_lazy("check", "The probe suites")


class Result(models.TextChoices):
    """What a test found."""

    HOLDS = "holds", pgettext_lazy("check", "Holds")
    BROKEN = "broken", pgettext_lazy("check", "Does not hold")
    UNREACHABLE = "unreachable", pgettext_lazy("check", "Could not be tested")


# A ticket is tested by its probe suites (services/probe_rounds.py), whenever there is a new build.
TESTS: Final[Mapping[str, tuple[What, ...]]] = {
    Family.CONTENT_REMOVAL: (What.ARTEFACT_STATE, What.CONTENT_BYTES, What.PUBLIC_URL),
    Family.MODEL_TAKEDOWN: (What.ARTEFACT_STATE, What.CONTENT_BYTES, What.PUBLIC_URL),
    Family.PROMPT_BLOCK: (What.RULE, What.PROMPT),
    Family.USER_SANCTION: (What.USER_STANDING,),
    Family.MODEL_OPTIMISATION: (),
}

# A new prompt rule reaches every guard within 2 s; a platform's own caches may take a little longer.
SOON: Final = timedelta(seconds=10)
AFTER: Final = (SOON, timedelta(hours=1), timedelta(days=1), timedelta(days=7), timedelta(days=30))
MONTH: Final = timedelta(days=30)
# What was found not to hold is looked at until it does.
WHILE_BROKEN: Final = timedelta(hours=1)
FIRST_MISS: Final = timedelta(minutes=1)
LONGEST_MISS: Final = timedelta(hours=1)


def planned_after(since: datetime, moment: datetime) -> datetime:
    """The first planned test, of a measure in force since `since`, that lies after `moment`.

    Tests that were missed while nobody worked are not made up for one by one.
    """
    for wait in AFTER:
        if since + wait > moment:
            return since + wait
    months = (moment - since) // MONTH
    return since + (months + 1) * MONTH


def sum_up(results: Iterable[str]) -> Result:
    """One answer for all tests of a round: it holds only where every test says so."""
    found = set(results)
    if Result.BROKEN in found:
        return Result.BROKEN
    return Result.HOLDS if found == {Result.HOLDS} else Result.UNREACHABLE


def miss_wait(misses: int) -> timedelta:
    """How long to wait after so many rounds in a row that could not be made: 1 min, doubling, up to 1 h."""
    return min(FIRST_MISS * 2 ** min(misses - 1, 10), LONGEST_MISS)


def next_test(
    result: str, *, since: datetime | None, now: datetime, misses: int
) -> datetime | None:
    """When to test again after a round at `now`; None when nothing is left to be shown.

    `since` is from when the measure has been in force; None once it was lifted, of which one test that
    holds is enough.
    """
    planned = planned_after(since, now) if since is not None else None
    if result == Result.UNREACHABLE:
        return now + miss_wait(max(misses, 1))
    if result == Result.BROKEN:
        again = now + WHILE_BROKEN
        return min(planned, again) if planned else again
    return planned
