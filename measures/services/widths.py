"""How wide a prompt block is: tried on recent prompts before it lives, and told to whoever must agree to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from measures.rules import Family
from measures.services.orders import Order
from screening.engine.rules import Mode
from screening.services.trying import try_terms
from screening.widening import Width

SHOWN: Final = 50  # prompts it would stop that are kept with the order


@dataclass(frozen=True)
class Trial:
    """What came of trying a block. `too_wide`: it needs a second person."""

    width: Width
    too_wide: bool


def tried(order: Order, now: datetime) -> Trial | None:
    """Try a block on recent prompts; None for other measures.

    One that only watches stops nobody, so it is never too wide.
    """
    if order.family != Family.PROMPT_BLOCK:
        return None
    told = order.parameters
    found = try_terms(
        [term["text"] for term in told.get("terms", ())],
        [phrase["text"] for phrase in told.get("allow", ())],
        told.get("fields", ("prompt",)),
        now,
    )
    watching = told.get("mode", Mode.BLOCK) == Mode.SHADOW
    too_wide = found.exceeds(settings.RULE_SECOND_PERSON_PER_MILLE)
    return Trial(found, too_wide and not watching)


def as_stored(found: Trial) -> dict[str, Any]:
    """What is kept with the order: numbers, and where each prompt lies. The text of a user's prompt is not copied."""
    width = found.width
    return {
        "recorded": width.recorded,
        "shipped": width.shipped,
        "met": len(width.met),
        "checks": [str(one.asked.check) for one in width.met if one.asked.check][:SHOWN],
        "prompts": [dict(one.asked.fields) for one in width.met if not one.asked.check][:SHOWN],
        "allow": list(width.allow),
    }
