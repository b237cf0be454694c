"""The generated document of events."""

from pathlib import Path

import pytest

from evidence.documents import events_markdown
from evidence.events import EVENTS, UnknownEvent, known


def test_the_document_is_what_the_code_says() -> None:
    assert Path("docs/events.md").read_text(encoding="utf-8") == events_markdown()


def test_every_event_is_a_noun_and_a_verb_with_a_sentence() -> None:
    for name, sentence in EVENTS.items():
        assert name.replace("_", "").replace(".", "", 1).isalpha()
        assert sentence.endswith(".")
        assert f"| `{name}` | {sentence} |" in events_markdown()
    with pytest.raises(UnknownEvent):
        known("notice.lost")
