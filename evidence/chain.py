"""A hash chain of facts: canonical form, hash input, verification. No database, no clock.

The rules themselves stand in `evidence/verify/verify_case_file.py`, the script that travels inside
every case file, so that a court checks a chain with the very lines this house checks it with.
docs/ledger.md writes them down with a test vector.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias, TypedDict
from uuid import UUID

from evidence.verify.verify_case_file import GENESIS, BadFact, canonical, entry_hash, link_fault

__all__ = [
    "GENESIS",
    "KINDS",
    "BadFact",
    "Break",
    "Chain",
    "Entry",
    "Fact",
    "Facts",
    "canonical",
    "case_chain",
    "entry_hash",
    "moment",
    "verify_chain",
]

Fact: TypeAlias = "str | int | bool | Sequence[Fact] | Mapping[str, Fact] | None"
Facts: TypeAlias = Mapping[str, Fact]

KINDS: Final = ("case", "rule", "pack", "calendar", "person", "endpoint")


@dataclass(frozen=True)
class Chain:
    """One chain of the ledger: `kind` is one of KINDS."""

    kind: str
    id: UUID

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"A chain is one of {', '.join(KINDS)}, not {self.kind!r}.")

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


def case_chain(case_id: UUID) -> Chain:
    """The chain of a case."""
    return Chain("case", case_id)


class Entry(TypedDict):
    """An entry as it is hashed and as it stands in a case file's `ledger.json`.

    `at` is `YYYY-MM-DDTHH:MM:SS.ffffffZ`; `payload_sha256` is '' when there is no payload.
    """

    actor: str
    at: str
    chain_id: str
    chain_kind: str
    event: str
    facts: dict[str, Fact]
    id: str
    payload_sha256: str
    previous: str
    sequence: int
    hash: str


@dataclass(frozen=True)
class Break:
    """The first thing wrong in a chain: at which sequence, and why, in English."""

    sequence: int
    why: str


def verify_chain(entries: Iterable[Entry]) -> Break | None:
    """The first break in the entries of one chain in their order, or None when all is well.

    Reads the entries one at a time, so a chain of any length fits. An empty chain is well.
    """
    before: Entry | None = None
    for place, entry in enumerate(entries, start=1):
        if why := link_fault(entry, before, place):
            return Break(place, why.english)
        before = entry
    return None


def moment(at: datetime) -> str:
    """A time as it is hashed: UTC, always six decimals, a Z. Raises ValueError without a zone."""
    if at.tzinfo is None:
        raise ValueError("A ledger time needs its zone.")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
