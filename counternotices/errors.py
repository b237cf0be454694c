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


class WindowClosed(Conflict):
    """The time in which the law has complaints taken is over; the message names its last day."""

    code = "window-closed"


class ContestingSuspended(Conflict):
    """No counter-notices are taken from this user for a time; the message names its end and how to contest that."""

    code = "contesting-suspended"


class PaperOutOfOrder(RedressError):
    """What a court paper shows took effect by now, and not before what it follows."""

    code = "paper-out-of-order"
