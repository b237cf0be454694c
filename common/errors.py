"""The one family of errors that people are shown."""

from collections.abc import Mapping


class RedressError(Exception):
    """Something a person can mend. Portal, desk, API and worker each tell it in their own way.

    `code` is stable and in kebab case, `message` is a translated sentence that says how to fix it,
    `fields` maps a field's name to its own sentence, `status` is the HTTP status of the answer.
    """

    code = "refused"
    status = 400

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})


class Conflict(RedressError):
    """The world moved on: reload, look again, repeat if it still makes sense."""

    code = "conflict"
    status = 409


class Forbidden(RedressError):
    """This person may not do this."""

    code = "forbidden"
    status = 403


class NotFound(RedressError):
    """There is no such thing, or this person may not know that there is."""

    code = "not-found"
    status = 404
