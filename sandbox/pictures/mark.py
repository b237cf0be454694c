"""The mark people see on every generated picture: "AI生成" in strokes, as GB 45438-2025 asks of pictures.

Drawn by hand so that no font has to be present; its height is 5 % of the shorter side or more.
"""

from itertools import pairwise

from sandbox.pictures.canvas import Canvas, Pen, Point
from sandbox.pictures.colours import rgb, veil

Strokes = tuple[tuple[Point, ...], ...]
A: Strokes = (((0, 20), (7, 0), (14, 20)), ((3, 13), (11, 13)))
BAR: Strokes = (((2, 0), (2, 20)),)
SHENG: Strokes = (
    ((6, 0), (1, 8)),
    ((3, 5), (18, 5)),
    ((4, 12), (17, 12)),
    ((0, 19), (20, 19)),
    ((10, 0), (10, 19)),
)
CHENG: Strokes = (((3, 5), (19, 5)), ((4, 5), (4, 12), (0, 20)), ((4, 10), (9, 10), (9, 16), (7, 16)), ((11, 0), (13, 12), (19, 20), (20, 16)), ((17, 9), (10, 18)), ((15, 0), (18, 3)))  # fmt: skip


def stamp(canvas: Canvas) -> None:
    """Writes the mark into the lower right corner on a dark plate."""
    height = max(26.0, min(canvas.width, canvas.height) * 0.05)
    unit = height / 20
    pen = Pen(canvas, (canvas.width - 84 * unit, canvas.height - 27 * unit), unit)
    pen.shape([(-7, -5), (78, -5), (78, 25), (-7, 25)], veil(rgb("10141c"), 0.62), smooth=False)
    for left, strokes in ((0.0, A), (19.0, BAR), (27.0, SHENG), (51.0, CHENG)):
        for stroke in strokes:
            for start, end in pairwise(stroke):
                pen.line([(left + start[0], start[1]), (left + end[0], end[1])], rgb("ffffff"), 2.1)
