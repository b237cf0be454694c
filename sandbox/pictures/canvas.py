"""A canvas drawn at twice its size and a pen that turns figure coordinates into it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw, ImageFilter

from sandbox.pictures.colours import Colour

Point = tuple[float, float]
OVERSAMPLE = 2
STEPS = 10


def curve(points: Sequence[Point], *, closed: bool) -> list[Point]:
    """A smooth line through every point (Catmull-Rom)."""
    count = len(points)
    if count < 3:
        return list(points)
    pick = (
        (lambda i: points[i % count]) if closed else (lambda i: points[min(max(i, 0), count - 1)])
    )
    line: list[Point] = []
    for index in range(count if closed else count - 1):
        p0, p1, p2, p3 = (pick(index + offset) for offset in (-1, 0, 1, 2))
        line.extend(_between(p0, p1, p2, p3, step / STEPS) for step in range(STEPS))
    return line if closed else [*line, points[-1]]


def _between(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def axis(i: int) -> float:
        a = 2 * p1[i]
        b = p2[i] - p0[i]
        c = 2 * p0[i] - 5 * p1[i] + 4 * p2[i] - p3[i]
        d = -p0[i] + 3 * p1[i] - 3 * p2[i] + p3[i]
        return 0.5 * (a + b * t + c * t * t + d * t**3)

    return (axis(0), axis(1))


class Canvas:
    """A picture in the making; coordinates are final pixels."""

    def __init__(
        self, width: int = 512, height: int = 512, paper: Colour = (255, 255, 255)
    ) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * OVERSAMPLE, height * OVERSAMPLE), paper)
        self.ink = ImageDraw.Draw(self.image, "RGBA")

    def sky(self, bands: Sequence[Colour], bottom: float) -> None:
        """A vertical gradient through the bands from the top edge down to `bottom`."""
        strip = Image.new("RGB", (1, len(bands)))
        for row, colour in enumerate(bands):
            strip.putpixel((0, row), colour)
        size = (self.image.width, round(bottom * OVERSAMPLE))
        self.image.paste(strip.resize(size, Image.Resampling.BICUBIC), (0, 0))

    def glow(self, at: Point, radius: float, colour: Colour, strength: float = 0.7) -> None:
        """A soft light around a point."""
        side = 64
        small = Image.new("L", (side * 2, side * 2), 0)
        ImageDraw.Draw(small).ellipse(
            (side * 0.55, side * 0.55, side * 1.45, side * 1.45), fill=round(255 * strength)
        )
        small = small.filter(ImageFilter.GaussianBlur(side * 0.22))
        reach = round(radius * 2 * OVERSAMPLE)
        mask = small.resize((reach * 2, reach * 2), Image.Resampling.BICUBIC)
        corner = (round(at[0] * OVERSAMPLE) - reach, round(at[1] * OVERSAMPLE) - reach)
        self.image.paste(Image.new("RGB", mask.size, colour), corner, mask)

    def finish(self) -> Image.Image:
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)


@dataclass(frozen=True)
class Pen:
    """Draws on a canvas in its own coordinates: moved, scaled and leaned."""

    canvas: Canvas
    at: Point = (0.0, 0.0)
    scale: float = 1.0
    lean: float = 0.0
    """Degrees, clockwise, around the pen's own zero point."""

    def moved(self, at: Point, scale: float = 1.0, lean: float = 0.0) -> "Pen":
        """A pen whose zero lies at `at` of this one."""
        return replace(self, at=self._place(at), scale=self.scale * scale, lean=self.lean + lean)

    def shape(self, points: Sequence[Point], fill: Colour, *, smooth: bool = True) -> None:
        outline = curve(points, closed=True) if smooth else list(points)
        self.canvas.ink.polygon([self._dot(point) for point in outline], fill=fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A smooth line of even width with round ends."""
        self.ribbon(points, [width] * len(points), fill)

    def ribbon(
        self, points: Sequence[Point], widths: Sequence[float], fill: Colour, *, caps: bool = True
    ) -> None:
        """A smooth line whose width changes along the way: hair, tails, sleeves, brush strokes."""
        spine = curve(points, closed=False)
        spans = [w for w, _ in curve([(w, 0.0) for w in widths], closed=False)]
        left, right = [], []
        for index, (x, y) in enumerate(spine):
            ahead, behind = spine[min(index + 1, len(spine) - 1)], spine[max(index - 1, 0)]
            angle = math.atan2(ahead[1] - behind[1], ahead[0] - behind[0]) + math.pi / 2
            half = max(spans[index], 0.0) / 2
            left.append((x + math.cos(angle) * half, y + math.sin(angle) * half))
            right.append((x - math.cos(angle) * half, y - math.sin(angle) * half))
        self.shape(left + right[::-1], fill, smooth=False)
        if caps and len(fill) == 3:
            self.disc(spine[0], spans[0] / 2, fill)
            self.disc(spine[-1], spans[-1] / 2, fill)

    def disc(self, at: Point, radius: float, fill: Colour) -> None:
        self.oval(at, radius, radius, fill)

    def oval(self, at: Point, rx: float, ry: float, fill: Colour) -> None:
        turn = [math.tau * step / 60 for step in range(60)]
        self.shape(
            [(at[0] + rx * math.cos(a), at[1] + ry * math.sin(a)) for a in turn], fill, smooth=False
        )

    def _place(self, point: Point) -> Point:
        angle = math.radians(self.lean)
        x, y = point[0] * self.scale, point[1] * self.scale
        return (
            self.at[0] + x * math.cos(angle) - y * math.sin(angle),
            self.at[1] + x * math.sin(angle) + y * math.cos(angle),
        )

    def _dot(self, point: Point) -> Point:
        x, y = self._place(point)
        return (x * OVERSAMPLE, y * OVERSAMPLE)
