"""What a picture is recognised by, and how far one picture shows another.

Two stages. Hashes of the whole and codes of its coarsest points name candidates, fast and generously;
then the two are laid upon each other and compared part by part, and only that decides.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.prints import alignment, features, pdq
from screening.prints.decoding import Grey, decode
from screening.prints.features import Features
from screening.prints.pdq import Code

ENOUGH: Final = 0.88  # of what two pictures have in common: one is recognised in the other
SOME: Final = (
    0.65  # is enough where the hashes are so near that something was laid upon the picture
)
MORE: Final = (
    0.7  # is enough where so many points fit; of one layout with other contents 0.67 agreed
)
MANY_POINTS: Final = 48
CLOSE: Final = (
    64  # bits of PDQ: as near as this, the same is enough; unrelated pictures lie at 96 and more
)
FEW_POINTS: Final = (
    12  # fewer prove nothing where the hashes are as far apart as those of any two pictures
)
STRANGE: Final = 100  # bits of PDQ
RELATED: Final = 100  # bits of PDQ: beyond, two pictures are as far apart as any two


@dataclass(frozen=True)
class PicturePrint:
    """`whole` and `mirror` are PDQ hashes, `codes` rows of 32 bytes, `small` the grey thumbnail."""

    whole: Code
    mirror: Code
    codes: NDArray[np.uint8]
    points: Features
    small: NDArray[np.uint8]


@dataclass(frozen=True)
class Likeness:
    """`score` 0 to 1 decides; `distance` is PDQ's, the smaller of plain and mirrored, told as a hint."""

    score: float
    distance: int
    mirrored: bool
    inliers: int

    @property
    def recognised(self) -> bool:
        """Whether one picture is taken to show the other. A hint for a person, never a verdict."""
        if self.score >= ENOUGH and (self.distance <= STRANGE or self.inliers >= FEW_POINTS):
            return True
        by_points = self.score >= MORE and self.inliers >= MANY_POINTS
        return by_points or (self.score >= SOME and self.distance <= CLOSE)


def take(content: bytes) -> PicturePrint:
    """The print of a picture file. Raises UnreadablePicture, PictureTooLarge."""
    return of_grey(decode(content))


def of_grey(grey: Grey) -> PicturePrint:
    """The print of a picture that is decoded already."""
    whole, mirror = pdq.hashes(grey)
    points = features.find(grey)
    small = np.clip(np.round(alignment.thumbnail(grey)), 0, 255).astype(np.uint8)
    return PicturePrint(whole, mirror, features.codes(points), points, small)


def compare(query: PicturePrint, work: PicturePrint) -> Likeness:
    """How far the query shows the work, plain or mirrored."""
    plain = pdq.distance(query.whole, work.whole)
    turned = pdq.distance(query.mirror, work.whole)
    straight = _judged(query.points, query.small, work, plain)
    upright = Likeness(straight.score, min(plain, turned), False, straight.inliers)
    if upright.recognised:
        return upright
    small = np.ascontiguousarray(query.small[:, ::-1])
    flipped = _judged(query.points.mirrored(), small, work, turned)
    other = Likeness(flipped.score, min(plain, turned), True, flipped.inliers)
    return other if other.recognised or other.score > upright.score else upright


def _judged(
    points: Features, small: NDArray[np.uint8], work: PicturePrint, distance: int
) -> alignment.Verdict:
    query, wanted = small.astype(np.float32), work.small.astype(np.float32)
    best = alignment.NOTHING
    placed = alignment.placement(points, work.points)
    if placed is not None and alignment.plausible(placed[0]):
        matrix = alignment.in_squares(placed[0], points, work.points)
        best = alignment.compare(query, wanted, matrix, placed[1])
    if best.score < ENOUGH and distance <= RELATED:  # few points: fit the two without them
        upon = alignment.compare(query, wanted, np.eye(2, 3))
        best = max(best, upon, key=lambda verdict: verdict.score)
    return best
