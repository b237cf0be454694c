"""Files of a page that is not sent yet: each taken or refused by itself, and kept through errors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from notices.forms.base import Paper
from notices.views import answer_files
from notices.views.answer_files import Kept
from notices.views.draft_files import Problem


@dataclass(frozen=True)
class Shelf:
    """A paper field with the files it holds and what went wrong with the last ones."""

    paper: Paper
    kept: list[Kept]
    problems: list[Problem]


@dataclass(frozen=True)
class Papers:
    """Every file of the page so far, and one problem for each that could not be taken."""

    kept: list[Kept]
    problems: list[Problem]

    def by_element(self) -> dict[str, list[UUID]]:
        """Ids of the sealed files by the element they answer."""
        found: dict[str, list[UUID]] = {}
        for one in self.kept:
            found.setdefault(one.role, []).append(one.claim.file_id)
        return found

    def shelves(self, papers: Iterable[Paper]) -> list[Shelf]:
        """The paper fields as the page shows them."""
        return [
            Shelf(
                paper,
                [one for one in self.kept if one.role == paper.role],
                [problem for problem in self.problems if problem.anchor == paper.field],
            )
            for paper in papers
        ]


def take(papers: Iterable[Paper], request: HttpRequest, owner: UUID, now: datetime) -> Papers:
    """The files of this press and of the presses before. A file named in `remove` is let go."""
    wanted = list(papers)
    kept, problems = answer_files.take(wanted, request, owner, now=now)
    dropped = request.POST.get("remove", "")
    roles = {paper.role for paper in wanted}
    return Papers(
        [one for one in kept if one.role in roles and str(one.claim.file_id) != dropped], problems
    )
