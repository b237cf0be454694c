"""The page on which a case is assessed: questions with their fields, and what the house knows about each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import get_language

from casework.assessment import facts
from casework.assessment.known import Known, known
from casework.assessment.questions import SECTIONS, Question, Section
from casework.assessment.sheet import Told
from casework.forms_assessment import NOTE, AssessmentForm
from notices.languages import tag
from notices.models import Case


@dataclass(frozen=True)
class Row:
    """One question with its fields."""

    question: Question
    finding: BoundField
    note: BoundField
    known: list[Told]


@dataclass(frozen=True)
class Block:
    """One section with its rows."""

    section: Section
    rows: list[Row]


def blocks(case: Case, form: AssessmentForm) -> list[Block]:
    """The whole form, with what is known at this moment."""
    held = known(facts.read(case))
    return [
        Block(section, [_row(question, form, held) for question in section.questions])
        for section in SECTIONS
    ]


def _row(question: Question, form: AssessmentForm, held: Mapping[str, list[Known]]) -> Row:
    language = tag(get_language())
    told = [Told(one.in_language(language), str(one.source)) for one in held.get(question.key, ())]
    return Row(question, form[question.key], form[question.key + NOTE], told)
