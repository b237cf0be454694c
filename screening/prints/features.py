"""Local features: points that are found again after a cut, a turn, a border or a caption.

Each has a place, and a description of what surrounds it (SIFT, with Hellinger's weighting). A few of
them are also kept as codes of 256 bits, by which an index finds candidates.
"""

import struct
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from screening.prints.decoding import Grey

SIDE: Final = 320  # the longer side of the picture in which points are looked for
MOST_POINTS: Final = 400
CODES: Final = 96  # of the coarsest points
_HEAD: Final = struct.Struct("<HHH")  # points, width, height
_SEED: Final = 20261123


@dataclass(frozen=True)
class Features:
    """`places` are (x, y) in a picture of `size` (width, height); rows of `words` describe them, 0 to 255."""

    size: tuple[int, int]
    places: NDArray[np.float32]
    words: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.places)

    def mirrored(self) -> "Features":
        """What would be found in the mirror image, without looking again."""
        places = self.places.copy()
        places[:, 0] = self.size[0] - 1 - places[:, 0]
        grid = self.words.reshape(-1, 4, 4, 8)[:, ::-1, :, :]
        turned = grid[..., (-np.arange(8)) % 8]
        return Features(self.size, places, turned.reshape(-1, 128))

    def packed(self) -> bytes:
        """For a row of the database; `unpacked` reads it."""
        head = _HEAD.pack(len(self), *self.size)
        places = np.round(self.places * 32).astype("<u2")
        return head + places.tobytes() + self.words.tobytes()


def unpacked(stored: bytes) -> Features:
    """The features that `packed` wrote."""
    count, width, height = _HEAD.unpack_from(stored)
    places = np.frombuffer(stored, "<u2", 2 * count, _HEAD.size).reshape(-1, 2)
    words = np.frombuffer(stored, np.uint8, 128 * count, _HEAD.size + 4 * count)
    return Features(
        (width, height), places.astype(np.float32) / np.float32(32), words.reshape(-1, 128)
    )


def find(grey: Grey) -> Features:
    """The strongest points of a picture, the coarsest first."""
    picture = scaled(grey, SIDE)
    points, words = _finder().detectAndCompute(np.clip(picture, 0, 255).astype(np.uint8), None)
    size = (picture.shape[1], picture.shape[0])
    if words is None or not len(points):
        return Features(size, np.zeros((0, 2), np.float32), np.zeros((0, 128), np.uint8))
    order = np.argsort([-point.size for point in points], kind="stable")
    places = np.array([points[i].pt for i in order], np.float32)
    return Features(size, np.maximum(places, 0, dtype=np.float32), _hellinger(words[order]))


def codes(features: Features) -> NDArray[np.uint8]:
    """Codes of 32 bytes for the coarsest points: near descriptions have near codes."""
    words = features.words[:CODES].astype(np.float32)
    if not len(words):
        return np.zeros((0, 32), np.uint8)
    centred = words - words.mean(axis=1, keepdims=True)
    return np.packbits(centred @ _planes() > 0, axis=1)


def scaled(grey: Grey, side: int) -> Grey:
    """The picture with its longer side exactly `side`, enlarged if need be."""
    height, width = grey.shape
    ratio = side / max(height, width)
    size = (max(8, round(width * ratio)), max(8, round(height * ratio)))
    way = cv2.INTER_AREA if ratio < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, size, interpolation=way), np.float32)


def _hellinger(words: NDArray[Any]) -> NDArray[np.uint8]:
    share = words / np.maximum(words.sum(axis=1, keepdims=True), 1e-6)
    return np.round(np.minimum(np.sqrt(share) * 512, 255)).astype(np.uint8)


@cache
def _finder() -> "cv2.SIFT":
    return cv2.SIFT.create(nfeatures=MOST_POINTS, contrastThreshold=0.015, edgeThreshold=14)


@cache
def _planes() -> NDArray[np.float32]:
    """Fixed for good: stored codes depend on it."""
    return np.random.RandomState(_SEED).normal(size=(128, 256)).astype(np.float32)
