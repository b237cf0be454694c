"""Checking the whole ledger, streamed, so that its size is no matter."""

import hashlib
from collections.abc import Iterator

from evidence.chain import verify_chain
from evidence.models import LedgerEntry, LedgerPayload
from evidence.selectors import BATCH, chains


def broken_chains() -> Iterator[tuple[str, str]]:
    """The first broken entry of each broken chain: where, and why, in English."""
    for chain, entries in chains():
        if broken := verify_chain(entries):
            yield f"{chain}, entry {broken.sequence}", broken.why


def broken_payloads() -> Iterator[tuple[str, str]]:
    """Each payload that is not the one its entry was hashed with, or is gone without an erasure."""
    gone = LedgerEntry.objects.exclude(payload_sha256="").exclude(
        id__in=LedgerPayload.objects.values("entry_id")
    )
    for entry in gone.iterator(chunk_size=BATCH):
        yield str(entry), "its payload is missing and was not erased"
    stored = LedgerPayload.objects.filter(body__isnull=False).select_related("entry")
    for row in stored.iterator(chunk_size=BATCH):
        digest = hashlib.sha256(bytes(row.salt or b"") + bytes(row.body or b"")).hexdigest()
        if digest != row.entry.payload_sha256:
            yield str(row.entry), "its payload is not the one it was hashed with"


def counts() -> tuple[int, int]:
    """How many chains and entries there are."""
    rows = LedgerEntry.objects.order_by()
    return rows.values("chain_kind", "chain_id").distinct().count(), rows.count()
