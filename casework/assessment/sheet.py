"""A recorded sheet as bytes, and in words: what the ledger hashes, the case file carries and pages draw."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from casework.assessment.questions import LENSES, QUESTIONS, SECTIONS, Question, Section, Words
from casework.models import Assessment
from notices.languages import tag

Answers = Mapping[str, Mapping[str, str]]
Held = Mapping[str, Sequence[Mapping[str, Any]]]


def canonical(case: str, version: int, edition: str, answers: Answers, held: Held) -> bytes:
    """The one spelling of a sheet: JSON with sorted keys and no white space, in UTF-8.

    Who recorded it and when stand in the ledger's entry, whose payload these bytes are.
    """
    told = {"case": case, "version": version, "edition": edition, "answers": answers, "held": held}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest(content: bytes) -> str:
    """SHA-256, lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def content_of(row: Assessment) -> bytes:
    """The bytes of a recorded sheet; needs its case."""
    held, answers = row.held, row.answers
    return canonical(row.case.reference, row.version, row.edition, answers, held)


@dataclass(frozen=True)
class Told:
    """One thing the house knew, in the reader's language."""

    text: str
    source: str


@dataclass(frozen=True)
class Line:
    """One question of a sheet with what was found, noted and known; `finding` is empty where nobody answered."""

    question: Question
    finding: str
    words: Words
    note: str
    known: list[Told]
    changed: bool = False


@dataclass(frozen=True)
class Part:
    """The lines of one section."""

    section: Section
    lines: list[Line]


@dataclass(frozen=True)
class Standing:
    """How far a case is assessed: its latest sheet, how much of it is answered, and both conclusions."""

    row: Assessment
    answered: int
    questions: int
    lenses: list[Line]


def told(held: Sequence[Mapping[str, Any]]) -> list[Told]:
    """What the house knew about one question, in the language that is spoken."""
    language = tag(get_language())
    return [Told(one["text"][language], one["origin"][language]) for one in held]


def line(row: Assessment, question: Question, before: Assessment | None = None) -> Line:
    """One question as it was answered; `changed` against the sheet before it."""
    answer = row.answers.get(question.key, {})
    finding = answer.get("finding", "")
    return Line(
        question=question,
        finding=finding,
        words=question.findings.get(finding, finding),
        note=answer.get("note", ""),
        known=told(row.held.get(question.key, [])),
        changed=before is not None and before.answers.get(question.key, {}) != answer,
    )


def parts(row: Assessment, before: Assessment | None = None) -> list[Part]:
    """The whole sheet, section by section."""
    return [
        Part(section, [line(row, question, before) for question in section.questions])
        for section in SECTIONS
    ]


def standing(row: Assessment) -> Standing:
    """How far this sheet goes."""
    lenses = [line(row, QUESTIONS[key]) for key in LENSES]
    return Standing(row, len(row.answers), len(QUESTIONS), lenses)
