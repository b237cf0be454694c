"""What the developers' page shows: snippets, and every event type with an example."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from notifications.event_types import TYPES

FOLDER: Final = Path(__file__).resolve().parent.parent / "snippets"
SNIPPETS: Final = (
    ("verify_python", gettext_noop("Verify a webhook in Python")),
    ("endpoint_curl", gettext_noop("Make an endpoint and test it with curl")),
    ("verify_node", gettext_noop("Verify a webhook in Node")),
)


@dataclass(frozen=True)
class TypeLine:
    """One event type: what it means, and a body laid out for reading."""

    type: str
    meaning: str
    example: str


@cache
def snippet(name: str) -> str:
    """The text of a snippet, as it lies in casework/snippets/."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def snippets() -> list[tuple[str, str, str]]:
    """Name, title and text of each snippet."""
    return [(name, _(title), snippet(name)) for name, title in SNIPPETS]


def type_lines() -> list[TypeLine]:
    """Every public event type."""
    return [
        TypeLine(one.type, _(one.sentence), json.dumps(one.example, indent=2, ensure_ascii=False))
        for one in TYPES.values()
    ]
