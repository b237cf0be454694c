"""The queue as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from casework.presenters import clocks
from casework.queues import VIEWS
from casework.selectors import Queue, Row


@dataclass(frozen=True)
class Entry:
    """One saved view in the side bar."""

    slug: str
    title: Promise
    count: int
    current: bool


def sidebar(counts: Mapping[str, int], current: str) -> list[Entry]:
    """Every saved view with its number."""
    return [Entry(slug, view.title, counts[slug], slug == current) for slug, view in VIEWS.items()]


def rows(queue: Queue, *, now: datetime) -> list[tuple[Row, clocks.Clock | None]]:
    """Each line with its nearest clock."""
    return [(row, clocks.present(row.clock, now=now) if row.clock else None) for row in queue.rows]
