"""PDQ, the perceptual hash of 256 bits, as its authors describe it (ThreatExchange, hashing.pdf 2019).

Two pictures whose hashes differ in at most 31 bits are taken for the same by the field. A cut of a
few per cent, a mirror or a turn breaks that, so here it finds candidates and gives a distance, no more.
"""

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from screening.prints.decoding import Grey

BITS: Final = 256
SAME: Final = 31  # bits: the field's own threshold
Code = NDArray[np.uint8]  # 32 bytes
_SIDE, _KEPT = 64, 16
_DCT: Final = np.array(
    [
        [
            np.sqrt(2 / _SIDE) * np.cos(np.pi / (2 * _SIDE) * row * (2 * column + 1))
            for column in range(_SIDE)
        ]
        for row in range(1, _KEPT + 1)
    ],
    np.float32,
)
_MIRRORED: Final = np.array([-1 if column % 2 else 1 for column in range(1, _KEPT + 1)], np.float32)


def hashes(grey: Grey) -> tuple[Code, Code]:
    """The hash of a picture and the hash of its mirror image, 32 bytes each."""
    waves = _DCT @ _thumbnail(grey) @ _DCT.T
    return _code(waves), _code(waves * _MIRRORED)


def distance(one: Code, other: Code) -> int:
    """In how many of the 256 bits two hashes differ."""
    return int(np.bitwise_count(one ^ other).sum())


def nearest(one: Code, others: NDArray[np.uint8]) -> int:
    """The smallest distance to any of the rows; 256 when there are none."""
    return int(np.bitwise_count(others ^ one).sum(axis=1).min(initial=BITS))


def _thumbnail(grey: Grey) -> Grey:
    height, width = grey.shape
    window = (-(-width // (2 * _SIDE)), -(-height // (2 * _SIDE)))
    smooth = cv2.blur(cv2.blur(grey, window), window)
    rows = ((np.arange(_SIDE) + 0.5) * height / _SIDE).astype(int)
    columns = ((np.arange(_SIDE) + 0.5) * width / _SIDE).astype(int)
    return np.asarray(smooth[np.ix_(rows, columns)], np.float32)


def _code(waves: NDArray[Any]) -> Code:
    return np.packbits((waves > np.median(waves)).ravel())
