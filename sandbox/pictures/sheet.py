"""The right holder's work: a character sheet on paper with the figure, the mask and the bell in detail."""

from PIL import Image, ImageDraw, ImageFont

from sandbox.pictures.canvas import Canvas, Pen, Point
from sandbox.pictures.colours import mix, rgb, veil
from sandbox.pictures.fox import CANON, FoxVariant, draw_fox
from sandbox.pictures.fox_parts import bell_and_knot
from sandbox.pictures.mask import INK, RED, draw_mask

PAPER = rgb("f6efe0")
WIDTH, HEIGHT = 1200, 820


def draw_sheet() -> Image.Image:
    """1200 x 820 on cream paper; Latin captions only, so that no font file is needed."""
    canvas = Canvas(WIDTH, HEIGHT, PAPER)
    pen = Pen(canvas)
    _frame(pen)
    pen.disc((330, 400), 262, veil(rgb("e8c9a0"), 0.45))
    draw_fox(pen.moved((330, 360), 1.35), FoxVariant(CANON, "calm", long_hair=True, tails=3))
    for at in ((800, 268), (1020, 268)):
        pen.disc(at, 100, veil(rgb("e8c9a0"), 0.3))
    draw_mask(pen.moved((800, 288), 0.94))
    bell_and_knot(pen.moved((1020, 240), 1.9))
    for index, pose in enumerate(("wave", "lantern", "umbrella")):
        draw_fox(
            pen.moved((745 + index * 155, 574), 0.43),
            FoxVariant(CANON, pose, tails=(3, 1, 3)[index]),
        )
    _swatches(pen)
    image = canvas.finish()
    _captions(image)
    return image


def _frame(pen: Pen) -> None:
    for inset, width in ((22, 3.0), (30, 1.2)):
        corners: list[Point] = [
            (inset, inset),
            (WIDTH - inset, inset),
            (WIDTH - inset, HEIGHT - inset),
            (inset, HEIGHT - inset),
        ]
        for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
            pen.line([start, end], mix(INK, PAPER, 0.35), width)


def _swatches(pen: Pen) -> None:
    for index, colour in enumerate((CANON.robe, CANON.trim, CANON.hair, CANON.fur, rgb("e2ad3b"))):
        pen.disc((690 + index * 46, 738), 17, INK)
        pen.disc((690 + index * 46, 738), 15.5, colour)


def _captions(image: Image.Image) -> None:
    ink = ImageDraw.Draw(image)
    ink.text((60, 52), "FOX SPIRIT", font=ImageFont.load_default(44), fill=INK)
    ink.text(
        (62, 106),
        "character sheet  ·  Lin Studio  ·  12 April 2021",
        font=ImageFont.load_default(18),
        fill=mix(INK, PAPER, 0.3),
    )
    small = ImageFont.load_default(16)
    ink.text((704, 384), "mask: three red strokes,", font=small, fill=INK)
    ink.text((704, 404), "notch at the left eye", font=small, fill=INK)
    ink.text((944, 384), "bell and knot at the waist", font=small, fill=INK)
    ink.text((948, 730), "no. 7 of 24", font=small, fill=RED)
