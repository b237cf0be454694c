"""Many works at once: who might be shown in a picture, then who is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.prints import features, pdq, pictures
from screening.prints.hamming import Index
from screening.prints.pictures import Likeness, PicturePrint

LOCAL_REACH: Final = 31  # bits between two codes of one point
MOST_CANDIDATES: Final = 10


@dataclass(frozen=True)
class Hit:
    """A work, by its place in the gallery, and how far it is shown."""

    work: int
    likeness: Likeness


class Gallery:
    """Immutable: the codes of works, numbered from 0. Their full prints are fetched only for candidates."""

    def __init__(self, whole: NDArray[np.uint8], codes: Sequence[NDArray[np.uint8]]) -> None:
        self._whole = Index(whole)
        self._owners = np.repeat(np.arange(len(codes)), [len(rows) for rows in codes])
        joined = np.concatenate(codes) if len(codes) else np.zeros((0, 32), np.uint8)
        self._local = Index(joined)

    def candidates(self, query: PicturePrint) -> list[int]:
        """Works that may be shown, the likeliest first."""
        hashes = np.stack([query.whole, query.mirror])
        whole = self._whole.search(hashes, pdq.SAME)
        sure = list(dict.fromkeys(whole.rows[np.argsort(whole.distances, kind="stable")].tolist()))
        likely = [work for work in self._voted(query) if work not in sure]
        return sure[:MOST_CANDIDATES] + likely[:MOST_CANDIDATES]

    def best(
        self, query: PicturePrint, work: Callable[[int], PicturePrint]
    ) -> tuple[Hit | None, float]:
        """The work that is shown in the picture, None when none is; and the best score there was."""
        hits = [
            Hit(place, pictures.compare(query, work(place))) for place in self.candidates(query)
        ]
        shown = [hit for hit in hits if hit.likeness.recognised]
        top = max((hit.likeness.score for hit in hits), default=0.0)
        return max(shown, key=lambda hit: hit.likeness.score, default=None), top

    def _voted(self, query: PicturePrint) -> list[int]:
        votes: dict[int, float] = {}
        for codes in (query.codes, features.codes(query.points.mirrored())):
            found = self._local.search(codes, LOCAL_REACH)
            pairs = np.unique(np.stack([found.queries, self._owners[found.rows]]), axis=1)
            worth = 1.0 / np.bincount(pairs[0], minlength=1)[pairs[0]]  # common corners say little
            for place, value in zip(pairs[1].tolist(), worth.tolist(), strict=True):
                votes[place] = votes.get(place, 0.0) + value
        return sorted(votes, key=lambda place: -votes[place])
