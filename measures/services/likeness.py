"""How near an output comes to the work: the one place that knows the output check's engines.

Compared is with the right holder's own files and with the outputs that were upheld: made with the same prompt
and seed, an unchanged model makes the very same picture again. The engines recognise a picture, a file or a
passage under every disguise they were built for; the same character, drawn anew, is for a person to see.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol
from uuid import UUID

from django.db.models import Q

from evidence.models import SealedFile
from measures.models import MeasureGround
from notices.models import FileRole, NoticeFile
from notices.states import ItemOutcome
from screening.prints import pictures, texts
from screening.prints.errors import UnreadablePicture
from screening.prints.pictures import PicturePrint

ENGINE: Final = "output-check-1"
MOST_REFERENCES: Final = 60
LONGEST_TEXT: Final = 2_000_000


@dataclass(frozen=True)
class Likeness:
    """`score` 0 to 1, None where there was nothing to compare with; `against` is the hash of the nearest file."""

    score: float | None
    similar: bool
    against: str = ""


class Scorer(Protocol):
    """Whatever can say how near some bytes come to the works of a ticket."""

    @property
    def name(self) -> str: ...

    def score(self, content: bytes, media_type: str) -> Likeness: ...


@dataclass(frozen=True)
class References:
    """The files that outputs of a ticket are compared with."""

    files: tuple[SealedFile, ...]
    name: str = ENGINE

    def score(self, content: bytes, media_type: str) -> Likeness:
        """Same bytes, a picture that shows one of ours, or a text with passages of ours."""
        sha256 = hashlib.sha256(content).hexdigest()
        if any(file.sha256 == sha256 for file in self.files):
            return Likeness(1.0, True, sha256)
        if media_type.startswith("image/"):
            return self._picture(content)
        if media_type.startswith("text/"):
            return self._text(content)
        return Likeness(None, False)  # sound and film: a person listens and looks

    def _picture(self, content: bytes) -> Likeness:
        ours = [file for file in self.files if file.media_type.startswith("image/")]
        known = [(file.sha256, taken) for file in ours if (taken := _print(file.id)) is not None]
        try:
            shown = pictures.take(content)
        except UnreadablePicture:
            return Likeness(None, False)
        return _nearest(
            (sha256, told.score, told.recognised)
            for sha256, taken in known
            for told in [pictures.compare(shown, taken)]
        )

    def _text(self, content: bytes) -> Likeness:
        words = content.decode("utf-8", "replace")
        ours = [file for file in self.files if file.media_type.startswith("text/")]
        return _nearest(
            (file.sha256, told.share if told else 0.0, told is not None)
            for file in ours
            if file.size <= LONGEST_TEXT
            for told in [texts.overlap(words, _shingles(file.id))]
        )


def references(measure_id: UUID) -> References:
    """The works and upheld outputs of every case that stands behind the measure."""
    cases = MeasureGround.objects.filter(measure=measure_id, ended_at=None).values("case")
    upheld = Q(role=FileRole.FROZEN, item__outcome=ItemOutcome.UPHELD)
    papers = NoticeFile.objects.filter(Q(role=FileRole.WORK) | upheld, notice__case__in=cases)
    rows = papers.select_related("file").order_by("-role", "added_at", "id")
    comparable = [row.file for row in rows if _comparable(row.file)]
    works = {file.id: file for file in comparable}
    return References(tuple(list(works.values())[:MOST_REFERENCES]))


def _comparable(file: SealedFile) -> bool:
    return file.media_type.startswith(("image/", "text/"))


def _nearest(told: Iterable[tuple[str, float, bool]]) -> Likeness:
    """One that is recognised before any that is not; of those the highest score."""
    best = max(told, key=lambda one: (one[2], one[1]), default=None)
    return Likeness(best[1], best[2], best[0]) if best else Likeness(None, False)


@lru_cache(maxsize=256)
def _print(file_id: UUID) -> PicturePrint | None:
    """Sealed files never change: their prints are taken once per process."""
    try:
        return pictures.take(SealedFile.objects.get(id=file_id).read())
    except UnreadablePicture:
        return None


@lru_cache(maxsize=256)
def _shingles(file_id: UUID) -> frozenset[int]:
    return texts.winnowed(SealedFile.objects.get(id=file_id).read().decode("utf-8", "replace"))
