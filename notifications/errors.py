"""What this room refuses."""

from common.errors import Conflict, RedressError


class BadAddress(RedressError):
    """This is no e-mail address."""

    code = "bad-address"


class NotPossibleNow(Conflict):
    """The message is in a state that does not allow this."""

    code = "message-not-possible-now"


class TransportError(Exception):
    """The message did not get through. `permanent`: the same again would fail again.

    The text is for staff; it may hold the address, so it stays out of the ledger and the log. `code` is the
    SMTP status, or 0 where there is none.
    """

    def __init__(self, text: str, *, permanent: bool, code: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.permanent = permanent
        self.code = code


class BadEndpoint(RedressError):
    """A webhook endpoint cannot be like this."""

    code = "bad-endpoint"


class EndpointMovedOn(Conflict):
    """The endpoint or delivery is in a state that does not allow this."""

    code = "webhook-not-possible-now"
