"""docs/events.md, from the list in code."""

from evidence.events import EVENTS

_INTRODUCTION = """# Events

Every event there is, `noun.verb_past`. Ledger, API and webhooks use these names. Generated from
`evidence/events.py` by `manage.py generate_docs`.
"""


def events_markdown() -> str:
    """The text of docs/events.md: one table for each noun, in the order of the list."""
    tables: dict[str, str] = {}
    for name, sentence in EVENTS.items():
        noun = name.split(".")[0]
        tables.setdefault(noun, f"\n## {noun}\n\n| event | meaning |\n|---|---|\n")
        tables[noun] += f"| `{name}` | {sentence} |\n"
    return _INTRODUCTION + "".join(tables.values())
