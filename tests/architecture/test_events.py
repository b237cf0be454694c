"""Every event that is listed happens somewhere, and every event that a page tells of is listed."""

from pathlib import Path

import pytest

from counternotices.presenters.standing import HAPPENINGS
from evidence.events import EVENTS
from notices.presenters.timeline import COUNTED, SENTENCES
from tests.architecture.house import sources

# Where events are listed or told, which makes none of them happen.
TELLING = {"evidence/events.py", "notices/presenters/timeline.py"}
TELLING |= {"counternotices/presenters/standing.py"}


def appended(name: str, files: list[Path]) -> bool:
    """Whether any of these files names the event as code does, in double quotes."""
    return any(f'"{name}"' in path.read_text() for path in files)


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_that_is_listed_is_appended_somewhere(name: str) -> None:
    files = [path for path in sources() if not str(path).endswith(tuple(TELLING))]
    assert appended(name, files)
    assert not appended("notice.lost", files)


@pytest.mark.parametrize("told", [SENTENCES, COUNTED, HAPPENINGS])
def test_an_event_that_a_page_tells_of_is_listed(told: dict[str, object]) -> None:
    assert told.keys() - EVENTS.keys() == set()
