"""Planes of numbers that the generators paint."""

import cv2
import numpy as np
from numpy.typing import NDArray

Dice = np.random.RandomState
Plane = NDArray[np.float64]
Colour = tuple[int, int, int]


def gradient(width: int, height: int, top: Colour, bottom: Colour) -> NDArray[np.uint8]:
    """One colour above, one below, and everything between."""
    part = np.linspace(0, 1, height)[:, None, None]
    column = np.array(top) * (1 - part) + np.array(bottom) * part
    return np.broadcast_to(column, (height, width, 3)).astype(np.uint8)


def ridge(dice: Dice, width: int, amount: float) -> Plane:
    """A line of hills: waves of several lengths."""
    x = np.linspace(0, 2 * np.pi, width)
    waves = [np.sin(x * dice.uniform(0.5, 9) + dice.uniform(0, 6)) / (2 + n) for n in range(5)]
    return np.asarray(np.sum(waves, axis=0) * amount)


def cells(dice: Dice, width: int, height: int, count: int) -> NDArray[np.int64]:
    """For each pixel the number of the nearest of `count` points."""
    points = dice.uniform(0, 1, (count, 2)) * (height, width)
    rows, columns = np.mgrid[0:height:2, 0:width:2]
    gaps = [(rows - y) ** 2 + (columns - x) ** 2 for y, x in points]
    near = np.argmin(gaps, axis=0)
    return near.repeat(2, axis=0).repeat(2, axis=1)[:height, :width]


def noise(dice: Dice, width: int, height: int, octaves: int) -> Plane:
    """0 to 1: noise of several sizes, laid upon each other."""
    whole = np.zeros((height, width))
    for octave in range(octaves):
        grid = dice.rand(3 * 2**octave + 1, 4 * 2**octave + 1).astype(np.float32)
        large = cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        whole += np.asarray(large, np.float64) / 1.7**octave
    return np.asarray((whole - whole.min()) / max(float(np.ptp(whole)), 1e-9))


def julia(width: int, height: int, constant: complex, reach: float) -> Plane:
    """0 to 1: how long each point stays near."""
    y, x = np.mgrid[-reach : reach : height * 1j, -reach : reach : width * 1j]
    points, steps = x + 1j * y, np.zeros((height, width))
    inside = np.ones((height, width), bool)
    for _ in range(60):
        points[inside] = points[inside] ** 2 + constant
        inside &= np.abs(points) < 4
        steps += inside
    return steps / 60


def vessel(dice: Dice, wide: float) -> Plane:
    """Half the width of a vase from its mouth to its foot."""
    knots = dice.uniform(0.25, 1, 5)
    return np.asarray(np.interp(np.linspace(0, 4, 40), range(5), knots) * wide)
