"""The readable report of a case file: what happened, as a PDF in either language."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.assessment.sheet import Part, parts
from casework.case_file import CaseFile
from casework.granted import unit_in
from casework.kin import cut
from casework.rules import LABELS, ROLES, SOURCES
from casework.trace_board import board
from counternotices.models import CounterNotice, CourtOrder
from deadlines.calendars.steps import Step
from deadlines.derivation import explain
from deadlines.models import Deadline, Extension
from deadlines.states import SENTENCES, State
from evidence.pdf import render
from measures.services.shown import tested
from notices.models import ClaimedItem
from notices.services.regimes import pack_of
from notices.states import ItemOutcome
from regimes.questions import counter_labels

_PICTURES: Final = ("image/png", "image/jpeg", "image/webp")
_MOST_PICTURES: Final = 40
_MOST_REASONED: Final = 60
_MOST_KIN: Final = 1_000
# A row of a table costs thirty times what a line of text costs: longer lists are set as lines.
_MOST_ROWS: Final = 150
Labels = Mapping[UUID | None, str]


def report(whole: CaseFile, language: str, *, at: datetime) -> bytes:
    """The PDF in `en` or `zh-Hans`. The same case and the same `at` give the same bytes."""
    pictures = [one for one in whole.exhibits if one.file.media_type in _PICTURES]
    labels: Labels = {one.file.id: one.label for one in whole.exhibits}
    names = {one.id: one for one in whole.measures}
    context = {
        "title": whole.case.title,
        "file": whole,
        "issued_at": at,
        "reference": whole.case.reference,
        "clocks": [_clock(row, language) for row in whole.deadlines[:_MOST_REASONED]],
        "answers": [(one, _answers(one, language)) for one in whole.counter_notices],
        "exhibits": [(one, ROLES[one.role], SOURCES[one.source]) for one in whole.exhibits],
        "items": [(one, _place(one)) for one in whole.items],
        "kin": cut(whole.kin, _MOST_KIN),
        # Called by the template, in the language of the report.
        "traces": partial(board, whole.traces, most=_MOST_ROWS),
        "orders": [_order(one, labels) for one in whole.course.orders],
        "ends": [(one, labels.get(one.file_id, "")) for one in whole.course.ends],
        "awards": [(one, labels.get(one.file_id, "")) for one in whole.course.awards],
        "extensions": [_extension(*one, labels, language) for one in whole.course.extensions],
        "letters": [(one, labels.get(one.arrival_paper_id, "")) for one in whole.messages],
        "upstream": [(one, labels.get(one.proof_id, "")) for one in whole.upstream],
        "tests": [(names[one.measure_id], tested(one)) for one in whole.tests[-_MOST_ROWS:]],
        "tests_left_out": max(0, len(whole.tests) - _MOST_ROWS),
        "texts": [(one, one.shown[language], seen) for one, seen in whole.texts.on_case],
        "seen_texts": whole.texts.seen[:_MOST_ROWS],
        "many_items": len(whole.items) > _MOST_ROWS,
        "many_entries": len(whole.chain) > _MOST_ROWS,
        "sheet": _sheet(whole, language),
        "pictures": pictures[:_MOST_PICTURES],
    }
    return render("evidence/case_file.html", context, language=language)


def _sheet(whole: CaseFile, language: str) -> list[Part]:
    """The last version of the assessment; earlier ones lie in the ZIP."""
    with translation.override(language.lower()):
        return parts(whole.assessments[-1]) if whole.assessments else []


def _place(item: ClaimedItem) -> str | Promise:
    """Where the item is on the service. That it is not there is its outcome, and is said once."""
    if item.artefact:
        return item.artefact.external_id
    return (
        "–"
        if item.outcome == ItemOutcome.NOT_FOUND or not item.looked_up_at
        else _("not found here")
    )


def _order(order: CourtOrder, labels: Labels) -> dict[str, object]:
    papers = [(paper, labels.get(paper.file_id, "")) for paper in order.papers.all()]
    return {"row": order, "papers": papers, "measures": order.measures.all()}


def _extension(row: Extension, name: str, labels: Labels, language: str) -> dict[str, object]:
    kind = row.deadline.kind
    return {
        "row": row,
        "label": LABELS.get(kind, kind),
        "unit": unit_in(row.unit, language),
        "name": name,
        "paper": labels.get(row.paper_id, ""),
    }


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
