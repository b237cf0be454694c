"""What turned the course of a case: courts, ends of proceedings, complaints, more time, and the laws themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain as chained
from typing import Final
from uuid import UUID

from casework.granted import granters
from casework.two_laws import Conflict, present
from counternotices.models import Award, Complaint, CourtOrder, ProceedingsEnd
from counternotices.selectors import awards_in, complaints_told, ends_in, orders_with_papers
from deadlines.models import Extension
from deadlines.selectors import extensions_in
from evidence.models import LedgerEntry, SealedFile
from evidence.selectors import Erased, payloads
from measures.conflict_selectors import conflicts_of_case
from notices.models import Case, CaseRegime, NotifierSanction
from notices.selectors import sanctions_decided_in
from notices.states import RegimeState

LAW_EVENTS: Final = frozenset(
    {"regime.added", "regime.removed", "regime.reinstated", "regime.version_changed"}
)
Paper = tuple[SealedFile, str, str, datetime]


@dataclass(frozen=True)
class LawChange:
    """One law added, taken off, put back on or moved to another version. `reason` is empty when a place was it."""

    entry: LedgerEntry
    reason: str
    erased: Erased | None


@dataclass(frozen=True)
class Course:
    """All of it, each in the order in which it came.

    `extensions` come with the name of who granted them; `removed` are the laws found not to apply.
    """

    orders: tuple[CourtOrder, ...]
    ends: tuple[ProceedingsEnd, ...]
    awards: tuple[Award, ...]
    complaints: tuple[Complaint, ...]
    extensions: tuple[tuple[Extension, str], ...]
    conflicts: tuple[Conflict, ...]
    sanctions: tuple[NotifierSanction, ...]
    removed: tuple[CaseRegime, ...]
    law_changes: tuple[LawChange, ...]

    def papers(self) -> Iterator[Paper]:
        """Every sealed paper of it: the file, what it is, where it came from, when it was received (UTC)."""
        return chained(
            (
                (paper.file, "court_paper", "staff", paper.recorded_at)
                for order in self.orders
                for paper in order.papers.all()
            ),
            ((end.file, "proceedings_end", "staff", end.recorded_at) for end in self.ends),
            # What came with an end of proceedings is that end's paper.
            (
                (one.file, "award_paper", "staff", one.recorded_at)
                for one in self.awards
                if one.end_id is None
            ),
            (
                (one.paper, "extension_paper", "staff", one.granted_at)
                for one, _name in self.extensions
                if one.paper
            ),
        )


def course_of(case: Case, chain: Sequence[LedgerEntry]) -> Course:
    """What turned this case's course, in a fixed number of queries; `chain` is the case's ledger."""
    extensions = list(extensions_in(case.id))
    names = granters(extensions)
    return Course(
        orders=tuple(orders_with_papers(case.id)),
        ends=tuple(ends_in(case.id)),
        awards=tuple(awards_in(case.id)),
        complaints=tuple(complaints_told(case.id)),
        extensions=tuple((one, names.get(one.granted_by, one.granted_by)) for one in extensions),
        conflicts=tuple(present(row) for row in conflicts_of_case(case.id)),
        sanctions=tuple(sanctions_decided_in(case.id)),
        removed=tuple(CaseRegime.every.filter(case=case, state=RegimeState.REMOVED)),
        law_changes=tuple(_law_changes(chain)),
    )


def _law_changes(chain: Sequence[LedgerEntry]) -> Iterator[LawChange]:
    changes = [entry for entry in chain if entry.event in LAW_EVENTS]
    reasons: dict[UUID, bytes | Erased] = payloads(changes)
    for entry in changes:
        told = reasons.get(entry.id, b"")
        erased = told if isinstance(told, Erased) else None
        yield LawChange(entry, "" if isinstance(told, Erased) else told.decode(), erased)
