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
