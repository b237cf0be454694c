"""Rows as the guard writes them, and a platform that tells of the outputs it is given."""

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from common.actors import SETUP
from evidence.files import seal_own
from notices.models import Case, ClaimedItem
from platforms.client import PlatformClient
from platforms.contract import (
    ArtefactRecord,
    Content,
    PlatformError,
    PlatformUserRecord,
    TargetNotFound,
)
from screening.models import Fingerprint, OutputMatch, Work
from screening.services.works import NewWork, add_work

BYTES = b"the very bytes of an upheld output"
SHA256 = hashlib.sha256(BYTES).hexdigest()


def work_of(case: Case, at: datetime, body: bytes = BYTES, item: ClaimedItem | None = None) -> Work:
    """The work of a case, known by one file: that of its first upheld item, unless another is named."""
    known = Work.objects.filter(case_id=case.id).first()
    if known is not None:
        return known
    exact = [seal_own(body, name="output.bin", kind="application/octet-stream", at=at)]
    upheld = ClaimedItem.objects.filter(notice__case=case, outcome="upheld").order_by("number")
    item = item or upheld.first()
    new = NewWork(
        id=uuid.uuid4(),
        owner="Nora Lind",
        title="Fox Spirit",
        case_id=case.id,
        case_reference=case.reference,
        approved_by=f"staff:{case.decided_by_id}",
        item_id=item.id if item else None,
        exact=exact,
    )
    return add_work(new, actor=SETUP, at=at)


def seen_by_guard(case: Case, at: datetime, **told: Any) -> OutputMatch:
    """One row of the guard: the same file, unless a `kind` says otherwise. `user`, `output`: the platform's names."""
    work = work_of(case, at)
    kind = told.get("kind", "file")
    exact = kind in {"file", "tensors"}
    prints = Fingerprint.objects.filter(work=work, kind=kind if exact else "file")
    return OutputMatch.objects.create(
        at=at,
        work=work,
        fingerprint=prints.get(),
        kind=kind,
        decision=told.get("decision", "block" if exact else "review"),
        output_sha256=told.get("sha256", SHA256),
        distance=0 if exact else told.get("distance", 42),
        score=1.0 if exact else 0.87,
        user_external_id=told.get("user", ""),
        surface="generation",
        output_external_id=told.get("output", ""),
    )


@dataclass
class TellingPlatform(PlatformClient):
    """Knows the outputs it is given, each by its owner, and every user; does nothing."""

    at: datetime
    owners: dict[str, str] = field(default_factory=dict)
    kind: str = "output"
    body: bytes = BYTES
    media_type: str = "image/png"
    outage: bool = False
    refuses: str = ""
    asked: list[str] = field(default_factory=list)

    def resolve(self, locator: str) -> ArtefactRecord:
        self.asked.append(locator)
        self._refuse("resolve")
        if self.outage:
            raise PlatformError("the platform could not be reached", permanent=False)
        if locator not in self.owners:
            raise TargetNotFound("not found here")
        url, owner = f"https://acme.example/{locator}", self.owners[locator]
        told = (locator, self.kind, f"Picture {locator}", url, "available", owner, self.at)
        return ArtefactRecord(*told, None, None, None, False)

    def content(self, external_id: str) -> Content:
        self._refuse("content")
        return Content(self.body, self.media_type, hashlib.sha256(self.body).hexdigest())

    def user(self, user_id: str) -> PlatformUserRecord:
        self._refuse("user")
        if self.outage:
            raise PlatformError("the platform could not be reached", permanent=False)
        return PlatformUserRecord(user_id, user_id, "active", self.at, f"{user_id}@example.org")

    def _refuse(self, call: str) -> None:
        if self.refuses == call:
            raise PlatformError("the platform refused: 401", permanent=True)
