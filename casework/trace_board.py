"""The board of traces on the case page: each file, what it says, and the session behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework.traces import OutputLabel, PaperTraces, Traces
from notices.models import ClaimedItem, NoticeFile, TracedSession
from notices.presenters.traces import FileTold, told
from notices.services.output_labels import LabelState

SHOWN: Final = 30
LABELS: Final[Mapping[str, Promise]] = {
    "explicit_and_implicit": gettext_lazy("visible and hidden label"),
    "explicit": gettext_lazy("visible label only"),
    "implicit": gettext_lazy("hidden label only"),
    "none": gettext_lazy("no label"),
}


@dataclass(frozen=True)
class SessionLine:
    """A number, in words: what the service said, how the file compares, how it was generated."""

    row: TracedSession
    looks: str
    generation: list[tuple[str, str]]


@dataclass(frozen=True)
class PaperLine:
    """One file in which something was found."""

    paper: NoticeFile
    told: FileTold
    sessions: list[SessionLine]


@dataclass(frozen=True)
class OutputLine:
    """How the service labelled one output, in words."""

    item: ClaimedItem
    says: str
    in_file: str
    state: LabelState


@dataclass(frozen=True)
class Board:
    """What the section draws. `nothing`: files in which nothing was found."""

    papers: list[PaperLine]
    outputs: list[OutputLine]
    nothing: int
    left_out: int
    waiting: int
    may_be: list[ClaimedItem]


def board(traces: Traces, may_be: Sequence[ClaimedItem] = (), *, most: int | None = SHOWN) -> Board:
    """At most so many files and outputs, those that led somewhere first; `may_be` are the items that a person may say a session is."""
    speaking = [one for one in traces.papers if not one.empty]
    speaking.sort(key=lambda one: not one.sessions)
    return Board(
        papers=[_paper(one) for one in speaking[:most]],
        outputs=[_output(one) for one in traces.outputs[:most]],
        nothing=len(traces.papers) - len(speaking),
        left_out=len(speaking) - len(speaking[:most]),
        waiting=traces.waiting,
        may_be=list(may_be),
    )


def _paper(one: PaperTraces) -> PaperLine:
    return PaperLine(one.paper, told(one.found), [_session(row) for row in one.sessions])


def _session(row: TracedSession) -> SessionLine:
    record = row.artefact.record if row.artefact else {}
    return SessionLine(row, _looks(row), _generation(row, record.get("generation") or {}))


def _looks(row: TracedSession) -> str:
    if row.same_bytes:
        return _("The file is this output, byte for byte.")
    if row.looks_alike:
        return _("The file shows this output, saved anew. Distance: %(bits)d of 256.") % {
            "bits": row.distance or 0
        }
    if row.looks_alike is False:
        return _("The file does not look like this output: the label may have been copied.")
    return _("The file could not be compared with this output.") if row.artefact else ""


def _generation(row: TracedSession, told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The generation record of the platform, line by line; what it does not say is left out."""
    owner = row.artefact.owner if row.artefact else None
    paid = _("paid") if told.get("paid") else _("free of charge")
    lines = [
        (_("Prompt"), told.get("prompt")),
        (_("Negative prompt"), told.get("negative_prompt")),
        (_("Model"), told.get("model")),
        ("LoRA", ", ".join(told.get("loras") or ())),
        (pgettext("generation", "Seed"), told.get("seed")),
        (_("Session"), told.get("session")),
        (_("User"), (owner.handle or owner.external_id) if owner else ""),
        (_("Paid or free"), paid if "paid" in told else ""),
        (_("Upstream provider"), told.get("upstream")),
    ]
    return [(name, str(value)) for name, value in lines if value not in (None, "")]


def _output(one: OutputLabel) -> OutputLine:
    says = LABELS.get(one.state.told)
    shown = {
        True: _("hidden label in the file"),
        False: _("no hidden label in the file"),
        None: _("file not read"),
    }
    return OutputLine(one.item, str(says or _("does not say")), shown[one.state.in_file], one.state)
