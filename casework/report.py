"""The readable report of a case file: what happened, as a PDF in either language."""

from datetime import datetime
from typing import Final

from casework.case_file import CaseFile
from casework.rules import LABELS, ROLES, SOURCES
from counternotices.models import CounterNotice
from deadlines.calendars.steps import Step
from deadlines.derivation import explain
from deadlines.models import Deadline
from deadlines.states import SENTENCES, State
from evidence.pdf import render
from notices.services.regimes import pack_of
from regimes.questions import counter_labels

_PICTURES: Final = ("image/png", "image/jpeg", "image/webp")
_MOST_PICTURES: Final = 40
_MOST_REASONED: Final = 60
# A row of a table costs thirty times what a line of text costs: longer lists are set as lines.
_MOST_ROWS: Final = 150


def report(whole: CaseFile, language: str, *, at: datetime) -> bytes:
    """The PDF in `en` or `zh-Hans`. The same case and the same `at` give the same bytes."""
    pictures = [one for one in whole.exhibits if one.file.media_type in _PICTURES]
    context = {
        "title": whole.case.title,
        "file": whole,
        "issued_at": at,
        "reference": whole.case.reference,
        "clocks": [_clock(row, language) for row in whole.deadlines[:_MOST_REASONED]],
        "answers": [(one, _answers(one, language)) for one in whole.counter_notices],
        "exhibits": [(one, ROLES[one.role], SOURCES[one.source]) for one in whole.exhibits],
        "many_items": len(whole.items) > _MOST_ROWS,
        "many_entries": len(whole.chain) > _MOST_ROWS,
        "pictures": pictures[:_MOST_PICTURES],
    }
    return render("evidence/case_file.html", context, language=language)


def _answers(one: CounterNotice, language: str) -> list[tuple[str, str]]:
    labels = counter_labels(pack_of(one.case_regime), language)
    return [(words, one.answers[key]) for key, words in labels.items() if one.answers.get(key)]


def _clock(row: Deadline, language: str) -> dict[str, object]:
    return {
        "row": row,
        "label": LABELS.get(row.kind, row.kind),
        "state": SENTENCES[State(row.state)],
        "why": explain([Step.from_json(step) for step in row.derivation], language),
    }
