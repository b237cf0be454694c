"""Files of an answer: sealed as they come, and remembered by a signed word while the page has errors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.core import signing
from django.http import HttpRequest

from common.errors import RedressError
from evidence.files import seal
from notices.filing import PaperClaim
from notices.forms.base import Paper
from notices.views.draft_files import Problem


@dataclass(frozen=True)
class Kept:
    """A file that was taken already; `word` brings it back with the next press."""

    name: str
    role: str
    claim: PaperClaim
    word: str


def take(
    papers: Iterable[Paper], request: HttpRequest, case_id: UUID, *, now: datetime
) -> tuple[list[Kept], list[Problem]]:
    """Every file of the answer so far, and one problem for each that cannot be taken."""
    kept, problems = _remembered(request, case_id), []
    for paper in papers:
        for sent in request.FILES.getlist(paper.field):
            try:
                sealed = seal(cast(BinaryIO, sent.file), name=sent.name or "", at=now)
            except RedressError as error:
                problems.append(Problem(error.message, paper.field))
            else:
                kept.append(_kept(sealed.id, paper.role, sealed.name, case_id))
    return kept, problems


def _remembered(request: HttpRequest, case_id: UUID) -> list[Kept]:
    """The files of earlier presses; a word that was changed or belongs elsewhere is dropped."""
    found = []
    for word in request.POST.getlist("kept"):
        try:
            file_id, role, name = signing.loads(word, salt=_salt(case_id))
        except signing.BadSignature:
            continue
        found.append(_kept(UUID(file_id), role, name, case_id))
    return found


def _kept(file_id: UUID, role: str, name: str, case_id: UUID) -> Kept:
    word = signing.dumps([str(file_id), role, name], salt=_salt(case_id))
    return Kept(name, role, PaperClaim(file_id, role), word)


def _salt(case_id: UUID) -> str:
    return f"answer/{case_id}"
