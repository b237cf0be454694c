"""docs/webhook-events.md, from the table of public events."""

import json
from typing import Final

from notifications.event_types import TYPES, EventType

_INTRODUCTION: Final = """# Webhook events

Every type that an endpoint may hear of, with an example of its body ([webhooks](webhooks.md)). Generated from
`notifications/event_types.py` by `manage.py generate_docs`; the JSON Schema of each: `GET /api/v1/event-types/`.
"""


def webhook_events_markdown() -> str:
    """The text of docs/webhook-events.md: each type with its sentence and a body, one line each."""
    return _INTRODUCTION + "".join(map(_section, TYPES.values()))


def _section(kind: EventType) -> str:
    example = json.dumps(kind.example, ensure_ascii=False)
    return f"\n### `{kind.type}`\n\n{kind.sentence}\n\n```json\n{example}\n```\n"
