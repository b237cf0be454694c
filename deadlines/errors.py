"""What this room refuses."""

from common.errors import Conflict, NotFound, RedressError


class PeriodOver(Conflict):
    """It came too late: the period had ended, and its consequence stands or follows."""

    code = "period-over"


class NotPossibleNow(Conflict):
    """The clock is in a state that does not allow this."""

    code = "deadline-not-possible-now"


class AlreadyRunning(Conflict):
    """One clock of this kind runs for this subject already."""

    code = "deadline-already-running"


class NoSuchDeadline(NotFound):
    """No open clock of this kind runs for this subject."""

    code = "no-such-deadline"


class HeldUp(Conflict):
    """A consequence that must wait until a person has finished something; it is tried again.

    Its sentence is kept with the row, unlike that of any other error: it may hold no personal text.
    """

    code = "deadline-held-up"


class YearRefused(RedressError):
    """The year of a calendar cannot be put in force as it is; the message says what to mend."""

    code = "calendar-year-refused"


class ExtensionRefused(RedressError):
    """The clock cannot be extended like this; the message says what is possible."""

    code = "extension-refused"
