"""Whether two pictures show the same thing: laid upon each other, and compared place by place.

A style, a layout or a common frame is not enough: nearly every part that has any structure must agree.
"""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from screening.prints import features
from screening.prints.decoding import Grey
from screening.prints.features import Features

SIDE: Final = 128  # of the squares that are compared
TILES: Final = 8  # along each side
NEAR: Final = 0.86  # how like the best of two descriptions must be, beside the next
LEAST_INLIERS: Final = 6
STRAY: Final = 5.0  # pixels that a point may lie beside its place
MOST_SCALE: Final = 1.75
MOST_SKEW: Final = 1.3
MOST_TURN: Final = 0.26  # radians: 15 degrees
LEAST_COMMON: Final = 0.45  # of either picture
MOST_MOVED: Final = 0.27  # of the longer side: cuts, borders and bars bring points no further
_FLAT: Final = 1.2  # grey values: less is no structure

FITS: Final = 0.9  # nothing is gained by fitting better
MOST_WEIGHT: Final = 40.0  # of one tile
Matrix = NDArray[np.float64]
Square = NDArray[np.float32]
_WHOLE: Final = np.ones((SIDE, SIDE), np.float32)
_ALL: Final = np.ones((SIDE, SIDE), np.uint8)
_TILE: Final = (
    np.arange(TILES * TILES).reshape(TILES, TILES).repeat(SIDE // TILES, 0).repeat(SIDE // TILES, 1)
)
"""For each pixel the number of its tile."""


@dataclass(frozen=True)
class Verdict:
    """`score` 0 to 1: the share of what the two have in common that agrees; `inliers`: points in place."""

    score: float
    inliers: int


NOTHING: Final = Verdict(0.0, 0)


def placement(query: Features, work: Features) -> tuple[Matrix, int] | None:
    """How the query lies upon the work, in the pixels of the points, and how many points say so."""
    pairs = _pairs(query, work)
    if len(pairs) < LEAST_INLIERS:
        return None
    here, there = query.places[pairs[:, 0]], work.places[pairs[:, 1]]
    cv2.setRNGSeed(1)  # the same answer every time
    found, kept = cv2.estimateAffine2D(
        here, there, method=cv2.RANSAC, ransacReprojThreshold=STRAY, maxIters=3000, confidence=0.999
    )
    if found is None or int(kept.sum()) < LEAST_INLIERS:
        return None
    return np.asarray(found, np.float64), int(kept.sum())


def plausible(matrix: Matrix) -> bool:
    """Whether a picture gets turned, scaled and stretched so by being passed on."""
    part = matrix[:, :2]
    if np.linalg.det(part) <= 0:
        return False
    turn, (large, small), _ = np.linalg.svd(part)
    if small <= 0 or large / small > MOST_SKEW:
        return False
    rotation = turn @ _
    angle = abs(np.arctan2(rotation[1, 0], rotation[0, 0]))
    return bool(angle <= MOST_TURN and 1 / MOST_SCALE <= np.sqrt(large * small) <= MOST_SCALE)


def in_squares(matrix: Matrix, query: Features, work: Features) -> Matrix:
    """The same placement between the square pictures that `compare` takes."""
    across, down = SIDE / np.array(work.size, float)
    back = np.diag([query.size[0] / SIDE, query.size[1] / SIDE])
    scale = np.diag([across, down])
    return np.hstack([scale @ matrix[:, :2] @ back, scale @ matrix[:, 2:]])


def compare(query: Square, work: Square, matrix: Matrix, inliers: int = 0) -> Verdict:
    """Lay the query upon the work as the matrix says, or moved until it fits better, and compare."""
    score = _laid(query, work, matrix)
    if score < FITS:
        moved = _refined(query, work, matrix)
        score = score if moved is None else max(score, _laid(query, work, moved))
    return Verdict(score, inliers)


def _laid(query: Square, work: Square, matrix: Matrix) -> float:
    laid = cv2.warpAffine(query, matrix, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
    seen = cv2.warpAffine(_WHOLE, matrix, (SIDE, SIDE), flags=cv2.INTER_NEAREST)
    common = float(seen.mean())
    of_query = common / max(1e-3, abs(float(np.linalg.det(matrix[:, :2]))))
    if min(common, of_query) < LEAST_COMMON:
        return 0.0
    return _agreement(np.asarray(laid, np.float32), work, np.asarray(seen, np.float32))


def thumbnail(grey: Grey) -> Square:
    """What `compare` looks at: a small square, free of the finest grain."""
    way = cv2.INTER_AREA if min(grey.shape) > SIDE else cv2.INTER_CUBIC
    small = cv2.resize(grey, (SIDE, SIDE), interpolation=way)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), 1.0), np.float32)


def _pairs(query: Features, work: Features) -> NDArray[np.int64]:
    """Points that describe the same, and lie where passing on may have brought them."""
    if len(query) < 2 or len(work) < 2:
        return np.zeros((0, 2), np.int64)
    likeness = (query.words.astype(np.float32) / 512) @ (work.words.astype(np.float32) / 512).T
    likeness[_too_far(query.places, work.places)] = 0
    best = likeness.argmax(axis=1)
    mutual = likeness.argmax(axis=0)[best] == np.arange(len(best))
    first = _taken_out(likeness, best)
    next_ = likeness.max(axis=1)
    near, far = (np.sqrt(np.maximum(0, 2 - 2 * values)) for values in (first, next_))
    clear = near < NEAR * np.maximum(far, 1e-6)
    good = np.flatnonzero(clear & mutual & (first > 0.6))
    return np.stack([good, best[good]], axis=1)


def _too_far(here: NDArray[np.float32], there: NDArray[np.float32]) -> NDArray[np.bool_]:
    """One plane for each direction: a third axis of two would cost ten times as much."""
    most = MOST_MOVED * features.SIDE
    across = np.abs(here[:, 0, None] - there[None, :, 0]) > most
    return across | (np.abs(here[:, 1, None] - there[None, :, 1]) > most)


def _taken_out(likeness: NDArray[Any], best: NDArray[np.int64]) -> NDArray[Any]:
    """The best of each row, which is out of the way afterwards."""
    rows = np.arange(len(best))
    first = likeness[rows, best]
    likeness[rows, best] = -np.inf
    return first


def _refined(query: Square, work: Square, matrix: Matrix) -> Matrix | None:
    """Moved until the two fit best; None when they do not fit at all."""
    start = cv2.invertAffineTransform(matrix).astype(np.float32)
    ends = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 25, 1e-3)
    try:
        _, better = cv2.findTransformECC(work, query, start, cv2.MOTION_AFFINE, ends, _ALL, 5)
    except cv2.error:
        return None
    found = np.asarray(cv2.invertAffineTransform(better.astype(np.float64)), np.float64)
    return found if plausible(found) else None


def _agreement(laid: Square, work: Square, seen: Square) -> float:
    """The share of the structure in which both agree, by tiles, each weighed by its contrast."""
    counts = np.maximum(_sums(seen), 1)
    here, there = (
        laid - (_sums(laid * seen) / counts)[_TILE],
        work - (_sums(work * seen) / counts)[_TILE],
    )
    here, there = here * seen, there * seen
    spread = np.sqrt(_sums(here * here) / counts)
    wanted = np.sqrt(_sums(there * there) / counts)
    weights = np.minimum(np.maximum(spread, wanted), MOST_WEIGHT)
    weights[(weights < _FLAT) | (_sums(seen) < 0.6 * (SIDE // TILES) ** 2)] = 0
    alike = _sums(here * there) / counts / np.maximum(spread * wanted, 1e-3)
    total = float(weights.sum())
    return float((weights * np.maximum(alike, 0)).sum()) / total if total else 0.0


def _sums(plane: NDArray[Any]) -> Square:
    part = SIDE // TILES
    summed = plane.reshape(TILES, part, TILES, part).sum(axis=(1, 3)).ravel()
    return np.asarray(summed, np.float32)
