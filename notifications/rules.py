"""The figures of this room: how often a message is tried and how long a try may take. Pure."""

from datetime import timedelta
from typing import Final

FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)
MOST_ATTEMPTS: Final = 12
"""About seven hours of trying; then staff are told and may put the message back."""
LEASE: Final = timedelta(minutes=6)
"""How long a claimed message is left alone: longer than a Celery task may live."""
TASK_LOST_AFTER: Final = timedelta(minutes=2)
"""A message handed to the broker this long ago and not yet tried is handed over again."""
SMTP_SECONDS: Final = 20.0


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: a minute, doubled each time, an hour at most."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 12), LONGEST_WAIT)
