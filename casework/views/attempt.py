"""What a service refuses is told in the form it was typed in: nobody types a reason twice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django import forms

from common.errors import NotFound, RedressError

INVALID: Final = 422
BAD_INPUT: Final = RedressError.status
"""A service that finds fault with what was typed says no more than the form does: both are INVALID."""


@dataclass(frozen=True)
class Unsent:
    """A form that has no place on its page any more: why it was refused, and each text with its label."""

    errors: list[str]
    texts: list[tuple[str, str]]


def attempt(form: forms.Form, act: Callable[[], object]) -> int:
    """Do `act` if the form is valid. 0 when it is done, else the status to show the form again with.

    What the service refuses becomes the form's own errors, so that the form keeps what was typed.
    Raises NotFound as it comes: there is no page left to show the form on.
    """
    if not form.is_valid():
        return INVALID
    try:
        act()
    except NotFound:
        raise
    except RedressError as error:
        _tell(form, error)
        return INVALID if error.status == BAD_INPUT else error.status
    return 0


def unsent(tried: Iterable[forms.Form], *, shown: bool) -> Unsent | None:
    """The form that was refused, when the page that moved on does not show it; None otherwise."""
    form = next(iter(tried), None)
    if form is None or shown:
        return None
    sentences = [str(sentence) for errors in form.errors.values() for sentence in errors]
    fields = [field for field in form if isinstance(field.field, _TYPED) and field.value()]
    return Unsent(sentences, [(str(field.label), str(field.value())) for field in fields])


_TYPED: Final = (forms.CharField, forms.DateTimeField)


def _tell(form: forms.Form, error: RedressError) -> None:
    beside = {name: one for name, one in error.fields.items() if one and name in form.fields}
    for name, sentence in beside.items():
        form.add_error(name, sentence)
    if error.message not in beside.values():
        form.add_error(None, error.message)
