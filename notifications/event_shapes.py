"""The shapes a public fact may have, as JSON Schema with an example. What fits no shape never leaves the house.

A shape admits ids, codes, references, figures and times and no free text: so no personal text can slip through.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from jsonschema import Draft202012Validator


@dataclass(frozen=True)
class Shape:
    """`schema` is JSON Schema; `example` fits it."""

    schema: Mapping[str, Any]
    example: object

    def fits(self, value: object) -> bool:
        """Whether the value may leave the house as this."""
        return Draft202012Validator(self.schema).is_valid(value)


def _text(pattern: str, example: str) -> Shape:
    return Shape({"type": "string", "pattern": f"^(?:{pattern})$"}, example)


def _list(one: Shape, example: list[object]) -> Shape:
    return Shape({"type": "array", "items": one.schema, "maxItems": 1000}, example)


UUID: Final = _text(
    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "6f1a0c52-6a0e-4a55-9a0d-3c1f4b5f7a10",
)
CODE: Final = _text(r"[A-Za-z0-9][A-Za-z0-9._:@/-]{0,127}", "in_force")
BUILD: Final = _text(r"[A-Za-z0-9][A-Za-z0-9._:@/+-]{0,127}", "foxspirit-v3+1")
REFERENCE: Final = _text("[A-Z]-[0-9]{4}-[0-9]{6,}-[0-9A-HJ-NP-Z]", "N-2026-004417-K")
MOMENT: Final = _text(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", "2026-11-23T02:00:00+00:00"
)
DAY: Final = _text(r"\d{4}-\d\d-\d\d", "2026-12-14")
PACK: Final = _text(r"[a-z0-9-]+ [0-9][0-9A-Za-z.-]*", "cn-civil-code 2026.1")
DIGEST: Final = _text(
    "[0-9a-f]{64}", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
)
COUNT: Final = Shape({"type": "integer", "minimum": 0}, 2)
FLAG: Final = Shape({"type": "boolean"}, True)
CODES: Final = _list(CODE, ["prompt"])
UUIDS: Final = _list(UUID, [UUID.example])
ITEMS: Final = Shape({"anyOf": [COUNT.schema, {"type": "array", "items": COUNT.schema}]}, [1, 2])

FACTS: Final[Mapping[str, Shape]] = {
    **dict.fromkeys(("deadline", "subject", "message", "export", "conflict", "sanction", "letter"), UUID),
    **dict.fromkeys(("measure", "cause", "case", "match"), UUID),
    **dict.fromkeys(("counter_notice", "order", "complaint", "reference"), REFERENCE),
    **dict.fromkeys(("effective_at", "due_at", "due_before", "until", "back_at", "expires_at"), MOMENT),
    **dict.fromkeys(("runs_from", "old_ends_at"), MOMENT),
    **dict.fromkeys(("last_day", "last_day_before"), DAY),
    **dict.fromkeys(("releases", "holds", "policy"), PACK),
    **dict.fromkeys(("attempt", "attempts", "remaining", "item", "upheld", "length", "total"), COUNT),
    **dict.fromkeys(("year", "terms"), COUNT),
    **dict.fromkeys(("retry", "provisional", "before_suit", "shipped", "again", "recorded_by_hand"), FLAG),
    **dict.fromkeys(("elements", "regimes", "clocks", "fields"), CODES),
    **dict.fromkeys(("kept", "asked"), COUNT),
    "build": BUILD,
    "builds": _list(BUILD, [BUILD.example]),
    "items": ITEMS,
    "measures": UUIDS,
    "sha256": DIGEST,
}  # fmt: skip
"""What a fact of this name may look like. A name that is not listed here is a CODE."""

VERSION: Final = Shape({"anyOf": [COUNT.schema, CODE.schema]}, 3)
PACK_OR_ID: Final = Shape({"anyOf": [PACK.schema, CODE.schema]}, "cn-civil-code 2026.1")
OTHERS: Final[Mapping[str, Shape]] = {"version": VERSION, "pack": PACK_OR_ID, "instead_of": VERSION}


def shape_of(name: str) -> Shape:
    """The shape of the fact of this name."""
    return FACTS.get(name) or OTHERS.get(name) or CODE
