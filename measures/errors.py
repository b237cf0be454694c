"""What can go wrong with a measure, in words a person can act on."""

from common.errors import Conflict, Forbidden, RedressError


class BadOrder(RedressError):
    """The order does not fit its target; the message says what to change."""

    code = "bad-order"


class OwnMeasure(Forbidden):
    """Approving takes somebody who neither ordered the measure nor decided a case behind it."""

    code = "own-measure"


class StillLifting(Conflict):
    """The target's earlier measure is just being lifted; order again when that is done."""

    code = "still-lifting"


class MovedOn(Conflict):
    """A further case joined in the same moment; the next try sees it."""

    code = "moved-on"


class NotWarned(Conflict):
    """A law of the case wants a warning first; warn now, and go further on a later occasion."""

    code = "user-not-warned"


class OwnDecision(Forbidden):
    """An appeal is answered by somebody who neither ordered nor approved the sanction nor decided its case."""

    code = "own-decision"
