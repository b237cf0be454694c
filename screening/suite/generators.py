"""Eight unlike ways to make a picture. A style fixes palette and layout, a seed what stands in it.

Two pictures of one generator and one style are of the same style and layout and yet different works:
nobody may take the one for the other.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from screening.suite import fields

Picture = Image.Image
Dice = np.random.RandomState
Generator = Callable[[Dice, Dice], Picture]
SIZES: Final = ((512, 512), (576, 432), (432, 576), (640, 400))
_WORDS: Final = [
    "harbour",
    "lantern",
    "maple",
    "river",
    "stone",
    "winter",
    "garden",
    "paper",
    "mirror",
    "copper",
    "thunder",
    "meadow",
    "velvet",
    "signal",
    "orbit",
    "cedar",
    "ember",
    "glacier",
    "violet",
    "kettle",
    "anchor",
    "feather",
    "saddle",
    "walnut",
    "compass",
]


def draw(kind: str, style: int, seed: int) -> Picture:
    """The picture of a generator's name, a style and a seed, RGB."""
    return GENERATORS[kind](Dice(style * 7919 + 13), _dice(style, seed))


def _dice(style: int, seed: int) -> Dice:
    return Dice(seed * 104_729 + style)


def _palette(style: Dice, count: int) -> list[tuple[int, int, int]]:
    return [tuple(int(part) for part in style.randint(20, 236, 3)) for _ in range(count)]  # type: ignore[misc]


def _size(style: Dice) -> tuple[int, int]:
    return SIZES[style.randint(len(SIZES))]


def landscape(style: Dice, dice: Dice) -> Picture:
    """Sky, a lamp, ridges one behind the other, trees."""
    (width, height), colours = _size(style), _palette(style, 7)
    sky = fields.gradient(width, height, colours[0], colours[1])
    picture = Image.fromarray(sky)
    ink = ImageDraw.Draw(picture)
    radius = dice.randint(20, 60)
    x, y = dice.randint(0, width), dice.randint(0, height // 2)
    ink.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colours[2])
    for layer in range(4):
        level = height * (0.42 + 0.15 * layer)
        line = fields.ridge(dice, width, height * (0.16 - 0.02 * layer)) + level
        points = [(column, float(line[column])) for column in range(0, width, 3)]
        ink.polygon([(0, height), *points, (width, height)], fill=colours[3 + layer])
        for _ in range(dice.randint(3, 14)):
            column = dice.randint(0, width)
            foot, tall = float(line[min(column, width - 1)]), dice.randint(12, 50)
            trunk = [(column - tall // 4, foot), (column + tall // 4, foot), (column, foot - tall)]
            ink.polygon(trunk, fill=colours[(4 + layer) % 7])
    return picture


def figure(style: Dice, dice: Dice) -> Picture:
    """A figure in the middle, always built alike: head, hair, eyes, mouth, robe, a sign on the robe."""
    (width, height), colours = _size(style), _palette(style, 8)
    picture = Image.new("RGB", (width, height), colours[0])
    ink = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y, r = dice.randint(0, width), dice.randint(0, height), dice.randint(4, 36)
        ink.regular_polygon(
            (x, y, r), dice.randint(3, 8), dice.randint(0, 90), colours[1 + dice.randint(2)]
        )
    middle, unit = width // 2 + dice.randint(-30, 30), height // 10
    lean = dice.randint(-unit, unit)
    robe = [(middle - unit, 5 * unit), (middle + unit, 5 * unit)]
    ink.polygon(
        [*robe, (middle + 3 * unit + lean, height), (middle - 3 * unit + lean, height)], colours[3]
    )
    hair = dice.uniform(1.2, 1.9)
    ink.ellipse(
        (middle - hair * unit * 1.3, 1.6 * unit, middle + hair * unit * 1.3, 5.4 * unit), colours[4]
    )
    ink.ellipse((middle - 1.5 * unit, 2.2 * unit, middle + 1.5 * unit, 5.2 * unit), colours[5])
    for side in (-1, 1):
        eye, wide = middle + side * 0.7 * unit, dice.uniform(0.15, 0.5) * unit
        ink.ellipse((eye - wide, 3.3 * unit, eye + wide, 3.9 * unit), colours[6])
        ear = middle + side * dice.uniform(0.9, 1.6) * unit
        ink.polygon(
            [
                (ear - unit / 2, 2.6 * unit),
                (ear + unit / 2, 2.6 * unit),
                (ear, dice.uniform(0, 1.6) * unit),
            ],
            colours[4],
        )
    ink.arc(
        (middle - 0.6 * unit, 4.0 * unit, middle + 0.6 * unit, 4.8 * unit),
        10 + dice.randint(60),
        170,
        colours[7],
        4,
    )
    for row in range(4):
        across, down = middle + lean * row / 4 + dice.randint(-unit, unit), (6 + row) * unit
        ink.regular_polygon(
            (across, down, unit * dice.uniform(0.2, 0.6)),
            dice.randint(3, 9),
            dice.randint(90),
            colours[dice.randint(8)],
        )
    return picture


def mosaic(style: Dice, dice: Dice) -> Picture:
    """Cells around points strewn at random."""
    (width, height), colours = _size(style), np.array(_palette(style, 6), np.uint8)
    count = style.randint(25, 70)
    cells = fields.cells(dice, width, height, count)
    shade = dice.randint(0, 6, count)
    tint = dice.uniform(0.7, 1.3, count)[cells][..., None]
    return Image.fromarray(np.clip(colours[shade][cells] * tint, 0, 255).astype(np.uint8))


def clouds(style: Dice, dice: Dice) -> Picture:
    """Noise in octaves, painted in a run of colours: marble, water, smoke."""
    (width, height), colours = _size(style), np.array(_palette(style, 4), np.float32)
    field = fields.noise(dice, width, height, style.randint(3, 6))
    if style.rand() < 0.5:
        field = np.abs(np.sin(field * style.uniform(4, 9)))
    place = np.clip(field, 0, 1) * 2.999
    low = place.astype(int)
    part = (place - low)[..., None]
    return Image.fromarray((colours[low] * (1 - part) + colours[low + 1] * part).astype(np.uint8))


def poster(style: Dice, dice: Dice) -> Picture:
    """A headline, a picture of shapes, lines of small print, always in the same places."""
    (width, height), colours = _size(style), _palette(style, 5)
    picture = Image.new("RGB", (width, height), colours[0])
    ink = ImageDraw.Draw(picture)
    box = (width * 0.08, height * 0.26, width * 0.92, height * 0.7)
    ink.rectangle(box, colours[1])
    words = [_WORDS[place] for place in dice.permutation(len(_WORDS))]
    ink.text(
        (width * 0.08, height * 0.06),
        " ".join(words[:2]),
        colours[2],
        ImageFont.load_default(height // 11),
    )
    for _ in range(dice.randint(5, 9)):
        x, y = dice.uniform(box[0], box[2]), dice.uniform(box[1], box[3])
        r = dice.uniform(0.03, 0.15) * height
        ink.regular_polygon(
            (x, y, r), dice.randint(3, 10), dice.randint(90), colours[dice.randint(2, 5)]
        )
    for row in range(4):
        line = " ".join(words[3 + 4 * row : 7 + 4 * row])
        ink.text(
            (width * 0.08, height * (0.74 + 0.06 * row)),
            line,
            colours[3],
            ImageFont.load_default(height // 26),
        )
    return picture


def guilloche(style: Dice, dice: Dice) -> Picture:
    """Curves of swinging pens, as on banknotes."""
    (width, height), colours = _size(style), _palette(style, 3)
    picture = Image.new("RGB", (width, height), colours[0])
    ink = ImageDraw.Draw(picture)
    turns = np.linspace(0, 60, 4000)
    for colour in colours[1:]:
        fast, slow = dice.randint(2, 9, 2), dice.uniform(0, 6, 2)
        fade = np.exp(-turns * dice.uniform(0.005, 0.03))
        x = width / 2 + width * 0.45 * fade * np.sin(turns * fast[0] / 2 + slow[0])
        y = height / 2 + height * 0.45 * fade * np.sin(turns * fast[1] / 2 + slow[1] + turns * 0.01)
        ink.line(list(zip(x.tolist(), y.tolist(), strict=True)), colour, 2)
    return picture


def fractal(style: Dice, dice: Dice) -> Picture:
    """A Julia set."""
    (width, height), colours = _size(style), np.array(_palette(style, 5), np.float32)
    steps = fields.julia(width, height, _number(dice), dice.uniform(0.9, 1.5))
    place = (steps * 3.999) % 4
    low = place.astype(int)
    part = (place - low)[..., None]
    return Image.fromarray((colours[low] * (1 - part) + colours[low + 1] * part).astype(np.uint8))


def julia_number(style: int, seed: int) -> complex:
    """The number of the Julia set that `fractal` draws: sets of neighbouring numbers are as good as the same drawing."""
    return _number(_dice(style, seed))


def _number(dice: Dice) -> complex:
    angle, radius = dice.uniform(0, 2 * np.pi), dice.uniform(0.68, 0.82)
    return complex(radius * np.exp(1j * angle))


def still_life(style: Dice, dice: Dice) -> Picture:
    """Vessels on a table before a wall, shaded."""
    (width, height), colours = _size(style), _palette(style, 6)
    wall = fields.gradient(width, height, colours[0], colours[1])
    picture = Image.fromarray(wall)
    ink = ImageDraw.Draw(picture)
    ink.rectangle((0, height * 0.68, width, height), colours[2])
    for place in range(4):
        x, wide = width * (0.14 + 0.24 * place), width * dice.uniform(0.05, 0.11)
        foot, tall = height * dice.uniform(0.74, 0.9), height * dice.uniform(0.2, 0.55)
        outline = fields.vessel(dice, wide)
        rows = np.linspace(foot - tall, foot, len(outline))
        base = np.array(colours[3 + dice.randint(3)])
        for strip in np.linspace(-1, 1, 24):
            colour = tuple(
                int(part) for part in np.clip(base * (1.1 - 0.7 * abs(strip + 0.3)), 0, 255)
            )
            side = [(x + strip * half, row) for half, row in zip(outline, rows, strict=True)]
            ink.line(side, colour, max(2, int(wide / 10)))
    return picture


GENERATORS: Final[Mapping[str, Generator]] = {
    "landscape": landscape,
    "figure": figure,
    "mosaic": mosaic,
    "clouds": clouds,
    "poster": poster,
    "guilloche": guilloche,
    "fractal": fractal,
    "still life": still_life,
}
