"""A case file: everything about one case as one frozen value, before it becomes PDF and ZIP."""

from dataclasses import dataclass

from counternotices.models import CounterNotice
from deadlines.models import Deadline
from evidence.models import LedgerEntry
from measures.models import Measure
from notices.models import (
    Case,
    CaseRegime,
    ClaimedItem,
    Decision,
    InformationRequest,
    Notice,
    NoticeFile,
)
from notifications.models import Message
from regimes.pack import Pack


@dataclass(frozen=True)
class Exhibit:
    """A paper of the case with the number it is cited by."""

    number: int
    paper: NoticeFile

    @property
    def label(self) -> str:
        """How the report cites it."""
        return f"E{self.number:04d}"


@dataclass(frozen=True)
class CaseFile:
    """What an export holds. Built in one go, so that PDF, data and ZIP cannot differ."""

    case: Case
    notice: Notice
    regimes: tuple[CaseRegime, ...]
    packs: tuple[Pack, ...]
    items: tuple[ClaimedItem, ...]
    decision: Decision | None
    requests: tuple[InformationRequest, ...]
    measures: tuple[Measure, ...]
    counter_notices: tuple[CounterNotice, ...]
    deadlines: tuple[Deadline, ...]
    messages: tuple[Message, ...]
    exhibits: tuple[Exhibit, ...]
    chain: tuple[LedgerEntry, ...]
