"""The figures of webhooks, by Standard Webhooks 1.0.0. Pure."""

import hashlib
from datetime import timedelta
from typing import Final

SCHEDULE: Final = (
    timedelta(seconds=0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long after the failure before each try comes: ten tries over about three days."""
JITTER: Final = 0.1
"""Up to so much of the wait is added, so that what failed together does not return together."""
LONGEST_RETRY_AFTER: Final = timedelta(hours=24)
OVERLAP: Final = timedelta(hours=24)
"""How long the old secret still signs beside the new one."""
ATTEMPT_SECONDS: Final = 15.0
LARGEST_BODY: Final = 20_000
"""Bytes; a body is smaller than this."""
LARGEST_ANSWER: Final = 65_536
KEPT_OF_ANSWER: Final = 2_000
LANES: Final = 4
"""At most so many requests are on their way to one endpoint: a slow one leaves workers for the others."""
LANE_SECONDS: Final = 20.0
"""After so long a task ends and lets the sweep start the next, so that no endpoint keeps a worker for ever."""
GONE: Final = 410


def wait_after(failures: int, seed: str) -> timedelta | None:
    """How long to wait after so many failures in a row, or None when the schedule is at its end.

    `seed` decides the jitter: the same delivery waits equally long when asked twice.
    """
    if failures >= len(SCHEDULE):
        return None
    digest = hashlib.sha256(f"{seed}/{failures}".encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    return SCHEDULE[failures] * (1 + JITTER * share)


def delivered(status: int) -> bool:
    """2xx; a redirect is a failure and is never followed."""
    return 200 <= status < 300
