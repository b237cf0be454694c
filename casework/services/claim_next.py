"""Taking the most urgent case that nobody holds."""

from datetime import datetime

from casework.queues import VIEWS
from casework.selectors import free_cases
from notices.errors import AlreadyClaimed
from notices.models import Case
from notices.services.claims import claim
from users.models import User

_TRIES = 10


def claim_next(*, user: User, now: datetime) -> Case | None:
    """The free case whose clock ends first, claimed; None when there is none.

    Two people pressing at once get two cases: whoever loses the first one is given the next.
    """
    for case_id in free_cases(user, VIEWS["triage"], now=now)[:_TRIES]:
        try:
            return claim(case_id, user=user, now=now)
        except AlreadyClaimed:
            continue
    return None
