"""What a caller did wrong. That the guard gives no answer is no error here: it is a decision."""

from collections.abc import Mapping


class RedressError(Exception):
    """Every error of this package."""


class Refused(RedressError):
    """The guard refused the request itself: a wrong key, a wrong field. Nothing was decided; do not generate.

    `errors` maps the JSON pointer of a field to the sentence about it.
    """

    def __init__(self, status: int, detail: str, errors: Mapping[str, str]) -> None:
        super().__init__(f"{status}: {detail}")
        self.status = status
        self.detail = detail
        self.errors = dict(errors)


class NoAnswer(RedressError):
    """There is no answer that can be used; `on_timeout` decides. Never leaves this package."""


class FeedError(RedressError):
    """The rule feed was not taken up. What was held before is held still, and grows older."""


class DamagedFeed(FeedError):
    """The feed, or the file that keeps it, is not what the house wrote, or cannot be read."""


class OlderFeed(FeedError):
    """The house tells of an older version than the one held."""

    def __init__(self, held: int, told: int) -> None:
        super().__init__(
            f"The feed is older than what is held: version {told} after version {held}. Nothing was changed. If the"
            " house was restored from a backup, call `forget()` on the feed, or remove its file and start again."
        )


class FeedUnreachable(FeedError):
    """The house gave no answer that can be used."""
