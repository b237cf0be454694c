"""A notice as somebody hands it in: plain values, before it becomes a case."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from uuid import UUID

from regimes.vocabulary import CaseKind


@dataclass(frozen=True)
class ItemClaim:
    """One thing complained of: its kind, and how the filer names it."""

    kind: str
    locator: str


@dataclass(frozen=True)
class PaperClaim:
    """A sealed file and what the filer says it is."""

    file_id: UUID
    role: str


@dataclass(frozen=True)
class PointClaim:
    """What the filer finds the same; places are per mille of each picture, or None."""

    text: str
    work: tuple[int, int] | None = None
    item: tuple[int, int] | None = None


@dataclass(frozen=True)
class Filing:
    """Everything a filer told us. Only shape is checked here; what is missing in law is asked of the packs."""

    channel: str
    language: str
    filer_role: str
    filer_name: str
    filer_email: str
    work_title: str
    items: tuple[ItemClaim, ...]
    account_id: UUID | None = None
    filer_phone: str = ""
    filer_address: str = ""
    filer_identity: str = ""
    principal: str = ""
    work_kind: str = ""
    work_published_at: str = ""
    work_description: str = ""
    explanation: str = ""
    sample_origin: str = ""
    requested_measures: tuple[str, ...] = ()
    statements: Mapping[str, str] = field(default_factory=dict)
    signature: str = ""
    points: tuple[PointClaim, ...] = ()
    files: tuple[PaperClaim, ...] = ()
    # What a complaint about training says besides, by the keys of its pack.
    particulars: Mapping[str, object] = field(default_factory=dict)
    kind: str = CaseKind.OUTPUT_NOTICE.value
    original: bytes | None = None
    original_name: str = "notice.json"
    original_kind: str = "application/json"

    def as_received(self) -> bytes:
        """The notice exactly as received: the bytes that came, or all answers as readable JSON."""
        if self.original is not None:
            return self.original
        answers = {k: v for k, v in asdict(self).items() if not k.startswith("original")}
        return json.dumps(answers, ensure_ascii=False, indent=2, default=str).encode()
