"""The tables of what happened. All are append-only: the database refuses changes, not this code."""

import hashlib
import uuid
from typing import BinaryIO, ClassVar

from django.db import models

from evidence.chain import KINDS, Fact
from evidence.storage import storage
from evidence.traces.form import of_manifest_data, of_report_data
from evidence.traces.manifest import Manifest
from evidence.traces.reading import Report


class Damaged(RuntimeError):
    """The bytes in the storage are not those that were sealed under this hash: restore a backup."""


class LedgerEntry(models.Model):
    """One thing that happened, in its chain. Written by `evidence.ledger.append` only.

    `at` is UTC to the microsecond, `actor` a key without personal text, `facts` small and without
    personal text, `payload_sha256` the salted hash of the payload or ''. `hash` covers every other
    field (docs/ledger.md); `previous` is the hash of the entry before, 64 zeros for the first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain_kind = models.CharField(max_length=20)
    chain_id = models.UUIDField()
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    event = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    payload_sha256 = models.CharField(max_length=64, blank=True, default="")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["chain_kind", "chain_id", "sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["chain_kind", "chain_id", "sequence"], name="ledger_place_once"
            ),
            models.CheckConstraint(
                condition=models.Q(chain_kind__in=KINDS), name="ledger_chain_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(hash__regex=r"^[0-9a-f]{64}$"), name="ledger_hash_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_kind}/{self.chain_id}#{self.sequence} {self.event}"


class LedgerPayload(models.Model):
    """The personal text behind an entry. It can be erased; the chain keeps only its salted hash.

    Erasing nulls `body` and `salt` for good: without the salt the hash in the ledger cannot be
    tried against guesses. `erased_under` names the retention rule.
    """

    entry = models.OneToOneField(
        LedgerEntry, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    salt = models.BinaryField(null=True)
    body = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)
    erased_under = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    models.Q(body__isnull=False, salt__isnull=False)
                    & models.Q(erased_at__isnull=True, erased_under="")
                )
                | (
                    models.Q(body__isnull=True, salt__isnull=True, erased_at__isnull=False)
                    & ~models.Q(erased_under="")
                ),
                name="payload_whole_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"payload of {self.entry_id}"


class SealedFile(models.Model):
    """A file as it was received or made. Its bytes lie in the storage under their own SHA-256.

    `media_type` was read from the content, never believed from the sender; `name` is the original
    name, for showing only. Two rows may share their bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="sealed_hash_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.sha256[:12]})"

    @property
    def fact(self) -> dict[str, Fact]:
        """What the ledger says of this file: no name, because names can hold personal text."""
        return {
            "file": str(self.id),
            "sha256": self.sha256,
            "size": self.size,
            "media_type": self.media_type,
        }

    def open(self) -> BinaryIO:
        """The bytes as a stream, unchecked. Raises FileNotFoundError."""
        return storage().open(self.sha256)

    def read(self) -> bytes:
        """The bytes, checked against the hash. Raises Damaged and FileNotFoundError."""
        with self.open() as source:
            content = source.read()
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise Damaged(self.sha256)
        return content


class FileTrace(models.Model):
    """What a sealed file says about its own making, as it was read then: labels, parameters, manifest.

    A claim of whoever wrote the file, never proof. `manifest` is null until somebody looked for one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.OneToOneField(SealedFile, on_delete=models.PROTECT, related_name="+")
    detector = models.CharField(max_length=40)
    report = models.JSONField()
    manifest = models.JSONField(null=True)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"traces in {self.file_id}"

    @property
    def told(self) -> Report:
        """The report."""
        return of_report_data(self.report)

    @property
    def credentials(self) -> Manifest | None:
        """What became of looking for a C2PA manifest; None while nobody has looked."""
        return of_manifest_data(self.manifest) if self.manifest else None


class Transition(models.Model):
    """One permitted state change of one machine; read by the trigger `redress_guard_state`.

    Rows are written by migrations alone. `source` is '' for the states a row may be born in.
    """

    pk = models.CompositePrimaryKey("machine", "source", "target")
    machine = models.TextField()
    source = models.TextField()
    target = models.TextField()

    class Meta:
        db_table = "evidence_transition"

    def __str__(self) -> str:
        return f"{self.machine}: {self.source or '(new)'} -> {self.target}"
