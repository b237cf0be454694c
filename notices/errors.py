"""What can go wrong with a notice, each with a sentence that says how to mend it."""

from common.errors import Conflict, Forbidden, RedressError


class NotYours(Forbidden):
    """Somebody else holds the case, or the role does not allow the step."""

    code = "not-yours"


class AlreadyClaimed(Conflict):
    """Somebody was quicker."""

    code = "already-claimed"


class NothingUpheld(RedressError):
    """Accepting needs at least one item that is upheld."""

    code = "nothing-upheld"


class UnknownElement(RedressError):
    """Only elements of the case's packs may be asked for."""

    code = "unknown-element"


class FilingSuspended(Forbidden):
    """The filer is barred from filing for a time; the message says until when and how to contest it."""

    code = "filing-suspended"


class NotWarned(Conflict):
    """The policy wants a warning first, and a notice filed in spite of it."""

    code = "not-warned"
