"""What users were shown because of a case, and what its affected users were shown before: for the case file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from casework.course_data import row_of
from notices.models import ClaimedItem
from notices.states import ItemOutcome
from screening.display_selectors import Displays, Seen, displays, seen_by, texts_of_case
from screening.models import DisplayText

_KEPT_IN = ("written", "version")
"""What withheld names stand in never leaves the house with a case file."""


@dataclass(frozen=True)
class ShownTexts:
    """Every version that stood on the case with how often it was shown, and what the affected users saw of any text."""

    on_case: tuple[tuple[DisplayText, Displays], ...]
    seen: tuple[Seen, ...]


def shown_texts(case_id: UUID, items: Iterable[ClaimedItem]) -> ShownTexts:
    """For a case and its items, read whole. Four queries at most."""
    versions = list(texts_of_case(case_id))
    counted = displays(one.id for one in versions)
    people = {
        item.artefact.owner.external_id
        for item in items
        if item.outcome == ItemOutcome.UPHELD and item.artefact and item.artefact.owner
    }
    on_case = tuple((one, counted.get(one.id, Displays())) for one in versions)
    return ShownTexts(on_case, tuple(seen_by(people)))


def told_texts(shown: ShownTexts) -> dict[str, Any]:
    """As data for `case.json`: what was shown, never what was withheld."""
    return {
        "texts_shown_to_users": [
            _text(one)
            | {"times_shown": seen.times, "users": seen.users}
            | _span(seen.first, seen.last)
            for one, seen in shown.on_case
        ],
        "shown_to_affected_users": [
            {"user": one.user, "times_shown": one.times, "text": _text(one.text)}
            | _span(one.first, one.last)
            for one in shown.seen
        ],
    }


def _text(text: DisplayText) -> dict[str, Any]:
    return {name: value for name, value in row_of(text).items() if name not in _KEPT_IN}


def _span(first: datetime | None, last: datetime | None) -> dict[str, datetime | None]:
    return {"first_shown_at": first, "last_shown_at": last}
