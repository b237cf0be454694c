"""From what stands in the files of a case to the generation session behind it.

Files are read and the platform is asked outside any transaction, paper by paper; what is learnt is kept in short ones.
A number in a file may have been copied there: nothing follows from it by itself but where to look.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from common.actors import WORKER
from common.jobs import enqueue
from common.transactions import lock_case
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from evidence.models import FileTrace
from evidence.tracing import look_further, trace
from notices.models import (
    TRACED,
    Case,
    FileRole,
    NoticeFile,
    TracedSession,
)
from notices.services.freezing import Found, freeze, with_content
from notices.services.likeness import NOTHING_TO_COMPARE, Likeness, likeness
from notices.services.output_labels import record_label
from notices.services.trace_items import item_of
from notices.states import TraceAnswer
from platforms.contract import PlatformError
from platforms.models import Artefact, Platform
from platforms.services import find

PIECE: Final = 20
MOST_ASKED: Final = 6


@dataclass(frozen=True)
class Named:
    """One number of a file and what the platform said to it."""

    locator: str
    answer: TraceAnswer
    found: Found | None = None
    likeness: Likeness = NOTHING_TO_COMPARE


def trace_files(case_id: UUID, *, now: datetime) -> int:
    """Search the files of a case that were not searched yet; how many were.

    Every number of a label is asked for at the platform. Raises PlatformError when it does not answer; what was learnt
    of the files before stays, and the sweep goes on with the rest.
    """
    platform = Case.objects.select_related("platform").get(id=case_id).platform
    papers = untraced(case_id)[:PIECE]
    for paper in papers:
        read = look_further(trace(paper.file, now=now))
        named = [] if paper.role == FileRole.FROZEN else _ask_all(platform, paper, read, now)
        _record(case_id, paper, read, named, now)
    if papers and untraced(case_id):
        enqueue("notices.trace_files", case_id)
    return len(papers)


def untraced(case_id: UUID) -> list[NoticeFile]:
    """The next papers to be searched. What the platform told as a record is no file that says how it was made."""
    waiting = NoticeFile.objects.filter(notice__case_id=case_id, role__in=TRACED, traced_at=None)
    waiting = waiting.exclude(role=FileRole.FROZEN, file__media_type="application/json")
    return list(waiting.select_related("file", "item__artefact__owner")[: PIECE + 1])


def _ask_all(platform: Platform, paper: NoticeFile, read: FileTrace, now: datetime) -> list[Named]:
    asked: list[Named] = []
    for locator in read.told.locators[:MOST_ASKED]:
        one = _ask(platform, paper, locator, now)
        known = [earlier.found.artefact for earlier in asked if earlier.found]
        # A label names its output twice: by the producer's number and by the propagator's.
        if one.found is None or one.found.artefact not in known:
            asked.append(one)
    return asked


def _ask(platform: Platform, paper: NoticeFile, locator: str, now: datetime) -> Named:
    try:
        artefact = find(platform, locator, now)
    except PlatformError as error:
        if error.permanent:
            return Named(locator, TraceAnswer.REFUSED)
        raise
    if artefact is None:
        return Named(locator, TraceAnswer.UNKNOWN)
    found = with_content(artefact)
    return Named(locator, TraceAnswer.FOUND, found, likeness(paper.file, found.content))


@transaction.atomic
def _record(
    case_id: UUID, paper: NoticeFile, read: FileTrace, named: list[Named], now: datetime
) -> None:
    """Keep what was learnt of one paper, unless somebody else has meanwhile."""
    lock_case(case_id)
    if not NoticeFile.objects.filter(id=paper.id, traced_at=None).update(traced_at=now):
        return
    append(case_chain(case_id), "file.traced", actor=WORKER, at=now, facts=_facts(paper, read))
    for one in named:
        _keep(case_id, paper, one, now)
    if paper.role == FileRole.FROZEN:
        record_label(case_id, paper, read, now=now)


def _keep(case_id: UUID, paper: NoticeFile, one: Named, now: datetime) -> None:
    session = TracedSession(
        paper=paper,
        locator=one.locator,
        answer=one.answer,
        asked_at=now,
        same_bytes=one.likeness.same_bytes,
        looks_alike=one.likeness.looks_alike,
        distance=one.likeness.distance,
    )
    facts: dict[str, Fact] = {"file": paper.file.sha256, "answer": one.answer.value}
    if one.found is not None:
        session.artefact = one.found.artefact
        facts |= _about(one.found.artefact, one.likeness)
        facts["item"] = item_of(case_id, session, now=now)
        facts["files"] = [*_frozen(session, one.found, now)]
    session.save(force_insert=True)
    append(case_chain(case_id), "session.traced", actor=WORKER, at=now, facts=facts)


def _frozen(session: TracedSession, found: Found, now: datetime) -> list[str]:
    """The hashes of what was sealed: nothing where the same artefact was frozen before."""
    notice_id = session.paper.notice_id
    frozen = NoticeFile.objects.filter(notice_id=notice_id, role=FileRole.FROZEN)
    if frozen.filter(file__name=f"{found.artefact.external_id}.json").exists():
        return []
    return freeze(notice_id, session.item, found, now)


def _about(artefact: Artefact, alike: Likeness) -> dict[str, Fact]:
    return {
        "artefact": artefact.external_id,
        "same_bytes": alike.same_bytes,
        "looks_alike": alike.looks_alike,
        "distance": alike.distance,
    }


def _facts(paper: NoticeFile, read: FileTrace) -> dict[str, Fact]:
    """How much was found and how odd it is. What it says stays out: it is a stranger's text."""
    told, manifest = read.told, read.credentials
    odd = sorted({str(one) for label in told.labels for one in label.odd})
    return {
        "file": paper.file.sha256,
        "detector": told.detector,
        "labels": len(told.labels),
        "runs": [str(run.tool) for run in told.runs],
        "manifest": str(manifest.answer) if manifest else None,
        "manifest_reader": manifest.reader if manifest else "",
        "odd": [*odd],
        "notes": [str(note) for note in told.notes],
    }
