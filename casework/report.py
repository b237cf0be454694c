"""The readable report of a case file: what happened, in both languages, as a PDF."""

from datetime import datetime

from casework.case_file import CaseFile
from casework.rules import LABELS
from deadlines.calendars.explain import explain
from deadlines.calendars.steps import Step
from evidence.events import EVENTS
from evidence.pdf import render

_BOTH = ("en", "zh-Hans")


def report(whole: CaseFile, *, at: datetime) -> bytes:
    """The PDF. The same case and the same `at` give the same bytes."""
    context = {
        "file": whole,
        "at": at,
        "reference": whole.case.reference,
        "clocks": [_clock(row) for row in whole.deadlines],
        "events": [(entry, EVENTS.get(entry.event, entry.event)) for entry in whole.chain],
    }
    return render("evidence/case_file.html", context, language=whole.case.language)


def _clock(row: object) -> dict[str, object]:
    steps = [Step.from_json(step) for step in row.derivation]
    return {
        "row": row,
        "label": LABELS.get(row.kind, row.kind),
        "why": [(language, explain(steps, language)) for language in _BOTH],
    }
