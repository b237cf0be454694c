"""How the service labelled an output, by its word and by the file itself, as facts of the case.

Labelling Measures 2025: an output bears a visible label (art. 4) and a hidden one in its metadata (art. 5). One without
the visible label may be given to a user who asked for it and was told their duties, and who received it is logged for
at least six months (art. 9).
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from common.actors import WORKER
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from evidence.models import FileTrace
from evidence.traces.reading import Report
from notices.models import NoticeFile

OUTPUT: Final = "output"
LOG_MONTHS: Final = 6
_VISIBLE: Final = frozenset({"explicit", "explicit_and_implicit"})
_HIDDEN: Final = frozenset({"implicit", "explicit_and_implicit"})


@dataclass(frozen=True)
class LabelState:
    """What the service says of its label on one output, beside what its own file shows."""

    told: str
    """explicit_and_implicit, explicit, implicit or none, as the platform contract names them; empty where it does not say."""
    in_file: bool | None
    """Whether the file that the service gave holds a hidden label; None while it was not read, or there was none."""
    number_fits: bool | None
    """Whether the ProduceID in the file is the one that the service names; None where one of them is missing."""
    log_until: date | None
    """Given out without a visible label: the day until which the service has to keep the log of who received it."""

    @property
    def contradicts(self) -> bool:
        """Whether the service's word and its file do not agree."""
        claimed = self.told in _HIDDEN
        return self.number_fits is False or (
            bool(self.told) and self.in_file is not None and claimed != self.in_file
        )


def label_state(record: Mapping[str, Any], read: Report | None) -> LabelState:
    """From the platform's record of an output and what was read in the file that it gave."""
    told, number = record.get("label") or "", record.get("produce_id") or ""
    in_file = {one.produce_id for one in read.labels if one.produce_id} if read else set()
    return LabelState(
        told=told,
        in_file=bool(read.labels) if read else None,
        number_fits=number in in_file if number and in_file else None,
        log_until=_log_until(record) if told and told not in _VISIBLE else None,
    )


def record_label(case_id: UUID, paper: NoticeFile, read: FileTrace, *, now: datetime) -> None:
    """Write the facts of a frozen output into the case's ledger; of anything else, nothing. Holds the case already."""
    item = paper.item
    if item is None or item.artefact is None or item.artefact.kind != OUTPUT:
        return
    artefact = item.artefact
    state = label_state(artefact.record, read.told)
    facts: dict[str, Fact] = {
        "item": item.number,
        "artefact": artefact.external_id,
        "file": paper.file.sha256,
        "label": state.told or None,
        "hidden_label_in_file": state.in_file,
        "number_fits": state.number_fits,
        "made_at": artefact.record.get("created_at"),
        "made_for": artefact.owner.external_id if artefact.owner else None,
        "log_until": state.log_until.isoformat() if state.log_until else None,
    }
    append(case_chain(case_id), "output.label_recorded", actor=WORKER, at=now, facts=facts)


def _log_until(record: Mapping[str, Any]) -> date | None:
    """Six months after it was made, on the same day of the month or its last one."""
    made = record.get("created_at")
    if not isinstance(made, str):
        return None
    day = datetime.fromisoformat(made).date()
    year, month = divmod(day.month - 1 + LOG_MONTHS, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
