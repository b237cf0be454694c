"""What the files of a case say about their making and where that leads, as the desk and the case file show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from evidence.models import FileTrace
from evidence.tracing import traces_of
from notices.models import TRACED, ClaimedItem, FileRole, NoticeFile, TracedSession
from notices.services.output_labels import OUTPUT, LabelState, label_state

_RECORD: Final = "application/json"


@dataclass(frozen=True)
class PaperTraces:
    """One paper that was read, what was found in it, and the sessions that its numbers led to."""

    paper: NoticeFile
    found: FileTrace
    sessions: list[TracedSession]

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return self.found.told.empty and not self.sessions


@dataclass(frozen=True)
class OutputLabel:
    """An output of the case and how the service labelled it."""

    item: ClaimedItem
    state: LabelState


@dataclass(frozen=True)
class Traces:
    """Everything of one case. `waiting`: papers that nobody has read yet."""

    papers: tuple[PaperTraces, ...]
    outputs: tuple[OutputLabel, ...]
    waiting: int


def traces_in(items: Sequence[ClaimedItem], papers: Iterable[NoticeFile]) -> Traces:
    """The traces of a case, given its items with their artefacts and its papers with their files. Two queries."""
    traced = [one for one in papers if _is_traced(one)]
    found = traces_of(one.file_id for one in traced) if traced else {}
    sessions = _sessions([one.id for one in traced]) if found else {}
    read = [
        PaperTraces(one, found[one.file_id], sessions.get(one.id, []))
        for one in traced
        if one.file_id in found
    ]
    waiting = sum(one.traced_at is None for one in traced)
    return Traces(tuple(read), tuple(_outputs(items, read)), waiting)


def _is_traced(paper: NoticeFile) -> bool:
    told_as_record = paper.role == FileRole.FROZEN and paper.file.media_type == _RECORD
    return paper.role in TRACED and not told_as_record


def _sessions(papers: Sequence[UUID]) -> dict[UUID, list[TracedSession]]:
    rows = TracedSession.objects.filter(paper__in=papers).select_related("artefact__owner", "item")
    by_paper: dict[UUID, list[TracedSession]] = {}
    for row in rows:
        by_paper.setdefault(row.paper_id, []).append(row)
    return by_paper


def _outputs(items: Iterable[ClaimedItem], read: Iterable[PaperTraces]) -> Iterable[OutputLabel]:
    frozen = {
        one.paper.item_id: one.found.told for one in read if one.paper.role == FileRole.FROZEN
    }
    for item in items:
        if item.artefact and item.artefact.kind == OUTPUT:
            yield OutputLabel(item, label_state(item.artefact.record, frozen.get(item.id)))


def told_paper(one: PaperTraces) -> dict[str, Any]:
    """One paper for `case.json` and the API: the label's own writing, the detector, and every session."""
    return {
        "file": str(one.paper.file_id),
        "sha256": one.paper.file.sha256,
        "role": one.paper.role,
        "read_at": one.found.read_at,
        "report": one.found.report,
        "manifest": one.found.manifest,
        # Nobody looks for marks in the pixels themselves: that takes the detector of whoever put them there.
        "invisible_mark": "not_looked",
        "sessions": [told_session(session) for session in one.sessions],
    }


def told_session(row: TracedSession) -> dict[str, Any]:
    """One number, what the service said to it, and the generation behind it: for staff and the case file alone."""
    artefact = row.artefact
    return {
        "number": row.locator,
        "answer": row.answer,
        "asked_at": row.asked_at,
        "same_bytes": row.same_bytes,
        "looks_alike": row.looks_alike,
        "distance": row.distance,
        "item": row.item.number if row.item else None,
        "found_item": row.found_item,
        "artefact": artefact.external_id if artefact else None,
        "user": artefact.owner.external_id if artefact and artefact.owner else None,
        "generation": artefact.record.get("generation") if artefact else None,
    }


def told_output(one: OutputLabel) -> dict[str, Any]:
    """How the service labelled one output."""
    state = one.state
    return {
        "item": one.item.number,
        "artefact": one.item.artefact.external_id if one.item.artefact else None,
        "label": state.told or None,
        "hidden_label_in_file": state.in_file,
        "number_fits": state.number_fits,
        "contradicts": state.contradicts,
        "log_until": state.log_until,
    }
