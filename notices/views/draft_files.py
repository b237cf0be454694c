"""Files of a draft: each is taken or refused by itself, and the refusal is told beside its field."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest

from common.errors import RedressError
from notices.forms.base import Paper
from notices.models import Draft, DraftFile
from notices.presenters.traces import FileTold, told_by_file
from notices.services import drafts


@dataclass(frozen=True)
class Problem:
    """What is wrong with one file: the sentence, and the place of its field on the page."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Shelf:
    """A paper field with the files it holds and what went wrong with the last ones."""

    paper: Paper
    files: list[tuple[DraftFile, FileTold | None]]
    """Each with what was found in it, if anything was."""
    problems: list[Problem]


def take(
    draft: Draft, papers: Iterable[Paper], request: HttpRequest, *, now: datetime
) -> list[Problem]:
    """Keep every good file that was sent; one problem for each bad one."""
    problems = []
    for paper in papers:
        for sent in request.FILES.getlist(paper.field):
            try:
                drafts.add_file(
                    draft.id, paper.role, cast(BinaryIO, sent.file), name=sent.name or "", now=now
                )
            except RedressError as error:
                problems.append(Problem(error.message, paper.field))
    return problems


def remove(draft: Draft, wanted: str) -> None:
    """Take one file out; a name that is no id is ignored."""
    try:
        drafts.remove_file(draft.id, UUID(wanted))
    except ValueError:
        return


def shelves(draft: Draft, papers: Iterable[Paper], problems: list[Problem]) -> list[Shelf]:
    """The paper fields of a step as the page shows them."""
    files = list(draft.files.select_related("file"))
    found = told_by_file(one.file_id for one in files) if files else {}
    return [
        Shelf(
            paper,
            [(one, found.get(one.file_id)) for one in files if one.role == paper.role],
            [problem for problem in problems if problem.anchor == paper.field],
        )
        for paper in papers
    ]
