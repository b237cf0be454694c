"""What the Fox Spirit carries: the bell and the knot at the waist, a lantern, an umbrella."""

from sandbox.pictures.canvas import Pen
from sandbox.pictures.colours import Colour, mix, rgb, veil
from sandbox.pictures.mask import INK, RED

GOLD = rgb("e2ad3b")
CORD = rgb("d8362b")


def bell_and_knot(pen: Pen) -> None:
    """The red cord tied in two loops with a golden bell below it, around the pen's zero."""
    for side in (1, -1):
        loop = [(0, 0), (side * 18, -15), (side * 36, -9), (side * 34, 7), (side * 16, 8)]
        pen.shape(loop, INK)
        inner = pen.moved((side * 1.5, -0.4), 0.88)
        inner.shape(loop, CORD)
        pen.shape(
            [(side * 12, -3), (side * 20, -8), (side * 28, -4), (side * 26, 2), (side * 16, 3)],
            mix(CORD, INK, 0.6),
        )
        pen.ribbon([(side * 4, 4), (side * 14, 26), (side * 18, 52)], [6, 10, 12], INK)
        pen.ribbon([(side * 4, 4), (side * 14, 26), (side * 18, 50)], [3, 6, 8], CORD)
    pen.disc((0, 0), 10, INK)
    pen.disc((0, 0), 7.5, mix(CORD, INK, 0.12))
    pen.oval((-2, -2), 3, 2, veil((255, 255, 255), 0.5))
    _bell(pen.moved((0, 27)))


def _bell(pen: Pen) -> None:
    pen.disc((0, 0), 19, INK)
    pen.disc((0, 0), 16.4, GOLD)
    pen.shape(
        [(-16, 2), (-8, 14), (0, 16.4), (8, 14), (16, 2), (0, 9)], mix(GOLD, rgb("8a5412"), 0.55)
    )
    pen.line([(-15, 0), (0, 3), (15, 0)], mix(GOLD, INK, 0.65), 2)
    pen.disc((0, 7), 3.2, INK)
    pen.line([(0, 7), (0, 15)], INK, 2.2)
    pen.oval((-6, -7), 4.5, 3, veil((255, 255, 255), 0.85))


def lantern(pen: Pen) -> None:
    pen.line([(0, -6), (30, -18)], rgb("6b4226"), 4)
    pen.line([(30, -18), (30, 8)], INK, 1.6)
    pen.canvas.glow(pen.moved((30, 36)).at, 62 * pen.scale, rgb("ffcf74"), 0.62)
    pen.oval((30, 36), 25, 29, INK)
    pen.oval((30, 36), 22.5, 26.5, rgb("e8472f"))
    pen.oval((30, 36), 13, 26.5, rgb("f47c3c"))
    pen.oval((30, 36), 5, 26.5, rgb("ffc46b"))
    for y in (9, 63):
        pen.line([(20, y), (40, y)], INK, 6)
    pen.ribbon([(30, 66), (30, 92)], [2, 6], RED)


def umbrella(pen: Pen, canopy: Colour, rib: Colour) -> None:
    pen.line([(112, 116), (72, -160)], rgb("5b3a24"), 5)
    top = pen.moved((66, -190), 1.0, -8)
    shape = [
        (-148, 76),
        (-110, 20),
        (-46, -14),
        (0, -22),
        (46, -14),
        (110, 20),
        (148, 76),
        (75, 60),
        (0, 66),
        (-75, 60),
    ]
    top.shape(shape, INK)
    top.moved((0, 2), 0.97).shape(shape, canopy)
    for x in (-75, 0, 75):
        top.ribbon([(x * 0.1, -20), (x * 0.7, 14), (x, 62)], [1, 3, 2], veil(rib, 0.75))
    top.disc((0, -24), 5, INK)
