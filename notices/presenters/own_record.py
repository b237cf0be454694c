"""A filer's own record, shown to themselves: how right they were, and how to come into the faster tier."""

from dataclasses import dataclass
from datetime import datetime

from notices.accuracy import accuracy_of
from notices.models import Notice
from notices.tiers import FASTER, LEAST_DECIDED, MOST_WRONG, PERIOD_DAYS, Accuracy, tier


@dataclass(frozen=True)
class OwnRecord:
    """The figures, and the tier they give now. `accuracy` is None without account."""

    accuracy: Accuracy | None
    faster: bool
    least: int = LEAST_DECIDED
    most_wrong: int = MOST_WRONG
    days: int = PERIOD_DAYS


def own_record(notice: Notice, *, now: datetime) -> OwnRecord:
    """The record of whoever filed this notice with an account, in two queries."""
    found = accuracy_of(notice.account_id, now=now) if notice.account_id else None
    faster = found is not None and tier(found) == FASTER
    return OwnRecord(found, faster)
