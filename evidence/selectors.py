"""Reading the ledger and the sealed files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.errors import NotFound
from evidence.chain import Chain, Entry, moment
from evidence.models import LedgerEntry, LedgerPayload, SealedFile

BATCH = 2000


@dataclass(frozen=True)
class Erased:
    """What a reader is told instead of an erased payload: when (UTC) and under which rule."""

    at: datetime
    under: str


def entries(chain: Chain) -> QuerySet[LedgerEntry]:
    """The entries of one chain in their order."""
    mine = LedgerEntry.objects.filter(chain_kind=chain.kind, chain_id=chain.id)
    return mine.order_by("sequence")


def head(chain: Chain) -> LedgerEntry | None:
    """The last entry of a chain, or None for a chain that has not begun."""
    return entries(chain).last()


def hashed(entry: LedgerEntry) -> Entry:
    """An entry in the form in which it is hashed and exported."""
    return Entry(
        actor=entry.actor,
        at=moment(entry.at),
        chain_id=str(entry.chain_id),
        chain_kind=entry.chain_kind,
        event=entry.event,
        facts=entry.facts,
        id=str(entry.id),
        payload_sha256=entry.payload_sha256,
        previous=entry.previous,
        sequence=entry.sequence,
        hash=entry.hash,
    )


def chains() -> Iterator[tuple[Chain, Iterator[Entry]]]:
    """Every chain with its entries, streamed from the database in batches."""
    rows = LedgerEntry.objects.order_by("chain_kind", "chain_id", "sequence")
    stream = rows.iterator(chunk_size=BATCH)
    for (kind, chain_id), some in groupby(stream, key=lambda e: (e.chain_kind, e.chain_id)):
        yield Chain(kind, chain_id), (hashed(entry) for entry in some)


def payload(entry: LedgerEntry) -> bytes | Erased | None:
    """The personal text behind an entry, word of its erasure, or None when there never was one."""
    return payloads([entry]).get(entry.id)


def payloads(some: Iterable[LedgerEntry]) -> dict[UUID, bytes | Erased]:
    """The payloads of several entries by entry id, in one query."""
    ids = [entry.id for entry in some if entry.payload_sha256]
    rows = LedgerPayload.objects.filter(entry_id__in=ids)
    return {row.entry_id: _told(row) for row in rows}


def _told(row: LedgerPayload) -> bytes | Erased:
    if row.body is None:
        assert row.erased_at is not None  # the table's own check
        return Erased(row.erased_at, row.erased_under)
    return bytes(row.body)


def salts(some: Iterable[LedgerEntry]) -> dict[UUID, bytes]:
    """The salts of payloads that still exist, for an export that others must be able to check."""
    ids = [entry.id for entry in some if entry.payload_sha256]
    rows = LedgerPayload.objects.filter(entry_id__in=ids, salt__isnull=False)
    return {
        entry_id: bytes(salt) for entry_id, salt in rows.values_list("entry_id", "salt") if salt
    }


def sealed_file(id: UUID) -> SealedFile:
    """The sealed file with this id. Raises NotFound."""
    try:
        return SealedFile.objects.get(id=id)
    except SealedFile.DoesNotExist:
        raise NotFound(_("There is no such file.")) from None
