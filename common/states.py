"""The column that holds where a row stands in its state machine."""

from collections.abc import Sequence
from typing import Any

from django.db.models import CharField
from django_fsm import FSMField


class StateField(FSMField):
    """A state that only a transition may set: assigning to it raises AttributeError.

    In migrations it is the text column that it is in the database: there it has no transitions, and the
    library's field would listen to every model that is ever built, which takes most of the time to migrate.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"protected": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As a plain text column."""
        name, _path, args, kwargs = super().deconstruct()
        plain = f"django.db.models.{CharField.__name__}"
        return name, plain, args, {key: kwargs[key] for key in kwargs if key != "protected"}
