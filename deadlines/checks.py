"""Mistakes that would leave a clock without a consequence, found before anything starts."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from deadlines.models import Deadline
from deadlines.registry import KINDS
from deadlines.states import OPEN

HINT = "Register it in the room's handlers.py, which apps.ready() imports, or bring that room back."


def open_kinds_have_handlers(
    databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """deadlines.E001: an open clock has a kind that nobody registered."""
    unknown: set[str] = set()
    for alias in databases or ():
        if Deadline._meta.db_table in connections[alias].introspection.table_names():
            rows = Deadline.objects.using(alias).filter(state__in=OPEN).order_by()
            unknown |= set(rows.exclude(kind__in=KINDS).values_list("kind", flat=True).distinct())
    return [
        Error(f"Open clocks of the kind {kind!r} have no handler.", hint=HINT, id="deadlines.E001")
        for kind in sorted(unknown)
    ]
