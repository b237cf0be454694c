"""What can go wrong with a counter-notice."""

from common.errors import Conflict, Forbidden, RedressError


class DecidedByYou(Forbidden):
    """Nobody reviews what they decided."""

    code = "decided-by-you"


class ArrivalOutOfOrder(RedressError):
    """Arrival lies between forwarding and now."""

    code = "arrival-out-of-order"


class NotAsked(RedressError):
    """Only what was asked for can be answered."""

    code = "not-asked"


class AlreadyProved(Conflict):
    """The same paper, or the same proceedings, are on record already; nothing was written or sent."""

    code = "already-proved"
