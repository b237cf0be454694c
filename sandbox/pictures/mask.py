"""The mask of the Fox Spirit: what makes the character known at a glance, the same in every variant."""

from sandbox.pictures.canvas import Pen, Point
from sandbox.pictures.colours import Colour, mix, rgb, veil

BONE = rgb("fbf6ea")
SHADE = rgb("e3d6c3")
RED = rgb("c8281f")
INK = rgb("231a20")

FACE: tuple[Point, ...] = ((-62, -30), (-40, -54), (0, -58), (40, -54), (62, -30), (71, 6), (52, 34), (24, 54), (0, 68), (-24, 54), (-52, 34), (-71, 6))  # fmt: skip


def mirrored(points: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple((-x, y) for x, y in points)


def draw_mask(pen: Pen) -> None:
    """Draws the mask around the pen's zero: 142 wide, 190 high, three red strokes, a notch at its left eye."""
    for side in (1, -1):
        _ear(pen, side)
    pen.shape(FACE, INK)
    inner = pen.moved((0, 0), 0.965)
    inner.shape(FACE, BONE)
    _shading(inner)
    _three_strokes(inner)
    for side in (1, -1):
        _eye(inner, side)
    _muzzle(inner)
    _notch(inner)


def _ear(pen: Pen, side: int) -> None:
    outer = ((24, -50), (38, -92), (63, -127), (74, -86), (66, -30), (46, -40))
    lining = ((38, -54), (46, -84), (61, -110), (66, -80), (61, -44), (50, -48))
    for points, colour, grow in ((outer, INK, 0.0), (outer, BONE, 3.0), (lining, RED, 0.0)):
        drawn = tuple(
            (side * (x + (0 if not grow else (50 - x) * 0.06)), y + grow) for x, y in points
        )
        pen.shape(drawn, colour)
    for tuft in ((46, -58, 52, -84), (55, -54, 58, -86)):
        pen.ribbon([(side * tuft[0], tuft[1]), (side * tuft[2], tuft[3])], [6, 0.4], BONE)


def _shading(pen: Pen) -> None:
    for side in (1, -1):
        pen.shape(
            [
                (side * 70, 6),
                (side * 52, 34),
                (side * 24, 54),
                (0, 67),
                (side * 20, 46),
                (side * 46, 26),
            ],
            veil(SHADE, 0.9),
        )
        pen.oval((side * 47, 22), 12, 7, veil(RED, 0.2))


def _three_strokes(pen: Pen) -> None:
    """The three red strokes on the brow: one long, two bending away from it."""
    pen.ribbon([(0, -2), (0, -24), (0, -52)], [2.5, 11, 2.5], RED)
    for side in (1, -1):
        pen.ribbon([(side * 10, -10), (side * 17, -28), (side * 31, -50)], [2, 10, 2], RED)


def _eye(pen: Pen, side: int) -> None:
    rim = ((15, 15), (26, -1), (45, -9), (61, -14), (53, 3), (36, 15))
    slit = ((20, 12), (29, 2), (44, -4), (55, -8), (48, 3), (34, 11))
    pen.shape([(side * x, y) for x, y in rim], RED)
    pen.shape([(side * x, y) for x, y in slit], INK)
    pen.oval((side * 36, 4), 5, 5.5, rgb("f3b73b"))
    pen.oval((side * 36, 4), 1.8, 5, INK)
    pen.disc((side * 36 + 1.8, 1.6), 1.3, BONE)


def _muzzle(pen: Pen) -> None:
    pen.shape([(-9, 38), (0, 35), (9, 38), (4, 46), (0, 48), (-4, 46)], INK)
    pen.line([(0, 47), (0, 53)], INK, 1.6)
    pen.ribbon([(-15, 50), (-8, 56), (0, 53), (8, 56), (15, 50)], [0.6, 1.8, 2, 1.8, 0.6], INK)
    pen.oval((0, 39.5), 3, 1.1, veil(mix(INK, BONE, 0.6), 0.9))


def _notch(pen: Pen) -> None:
    """The chip broken out of the rim at the left eye (the viewer's left), with its crack."""
    gap: tuple[Point, ...] = ((-69, -27), (-57, -16), (-53, -9), (-60, -6), (-74, -3))
    pen.shape(gap, INK, smooth=False)
    pen.shape([(-70, -22), (-61, -14), (-59, -11), (-73, -7)], _hollow(), smooth=False)
    pen.ribbon([(-55, -13), (-48, -21), (-50, -29), (-43, -37)], [2.4, 1.8, 1.4, 0.3], INK)


def _hollow() -> Colour:
    return mix(INK, RED, 0.35)
