"""A rule is tried on recent prompts before it lives."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from screening.selectors import drawn_by_lot
from screening.widening import Asked, Width, engine_rule, width

MOST: Final = 3_000  # recorded prompts: a second or so


def try_terms(
    terms: Iterable[str], allow: Iterable[str], fields: Iterable[str], now: datetime
) -> Width:
    """Try these terms on the prompts that were drawn by lot of late, and on our own where they are too few."""
    rule = engine_rule(terms, allow, fields)
    rows = drawn_by_lot(now).values_list("id", "prompt")[:MOST]
    return width(rule, [Asked(prompt, id) for id, prompt in rows if prompt], now)
