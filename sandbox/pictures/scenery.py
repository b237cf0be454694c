"""The land behind everything: sky, lamp, hills, trees, water, weather."""

import math

from sandbox.pictures.canvas import Canvas, Pen, Point
from sandbox.pictures.colours import MOODS, Colour, Mood, mix, rgb, veil
from sandbox.pictures.dice import Dice

MOOD_WORDS = {
    "dawn": ("dawn", "sunrise", "morning", "清晨", "黎明", "日出", "晨"),
    "day": ("noon", "summer", "spring", "garden", "夏", "春", "花园"),
    "dusk": ("dusk", "sunset", "evening", "harbour", "harbor", "黄昏", "日落", "傍晚", "港"),
    "night": ("night", "moon", "star", "夜", "月", "星"),
    "autumn": ("autumn", "fall leaves", "maple", "秋", "枫"),
    "snow": ("snow", "winter", "ice", "雪", "冬"),
}
WATER_WORDS = (
    "sea",
    "lake",
    "river",
    "harbour",
    "harbor",
    "water",
    "boat",
    "海",
    "湖",
    "河",
    "江",
    "水",
    "港",
)


def mood_of(prompt: str, dice: Dice) -> Mood:
    """The mood the prompt names, or one the dice choose."""
    low = prompt.lower()
    chosen = dice.pick(MOODS)
    for mood in MOODS:
        if any(word in low for word in MOOD_WORDS[mood.name]):
            return mood
    return chosen


def wants_water(prompt: str) -> bool:
    return any(word in prompt.lower() for word in WATER_WORDS)


def landscape(canvas: Canvas, mood: Mood, dice: Dice, *, water: bool) -> None:
    """Fills the canvas from the sky down to the ground."""
    pen = Pen(canvas)
    horizon = dice.between(270, 310)
    canvas.sky(mood.sky, canvas.height)
    lamp = (dice.between(90, 420), dice.between(80, 150))
    _lamp(canvas, pen, mood, lamp)
    _stars(pen, mood, dice)
    _clouds(pen, mood, dice)
    for layer in range(4):
        depth = layer / 3
        _ridge(
            pen,
            dice,
            horizon + layer * 34 - 40,
            (1 - depth) * 66 + 16,
            mix(mix(mood.far, mood.sky[2], 0.55), mood.near, depth * 0.72),
        )
    if water:
        _water(pen, mood, dice, lamp[0])
    _ground(pen, mood, dice)
    _weather(pen, mood, dice)


def _lamp(canvas: Canvas, pen: Pen, mood: Mood, at: Point) -> None:
    canvas.glow(at, 120, mood.lamp, 0.55)
    pen.disc(at, 40, mood.lamp)
    if mood.night:
        for x, y, r in ((-12, -8, 8), (10, 12, 6), (14, -14, 4)):
            pen.disc((at[0] + x, at[1] + y), r, veil(mood.sky[2], 0.28))


def _stars(pen: Pen, mood: Mood, dice: Dice) -> None:
    if mood.night:
        for _ in range(70):
            pen.disc(
                (dice.between(0, 512), dice.between(0, 250)),
                dice.between(0.5, 1.5),
                veil(mood.lamp, dice.between(0.3, 0.9)),
            )


def _clouds(pen: Pen, mood: Mood, dice: Dice) -> None:
    for _ in range(3):
        x, y, width = dice.between(0, 512), dice.between(50, 210), dice.between(70, 150)
        colour = veil(mix(mood.sky[2], (255, 255, 255), 0.4), 0.34)
        for row in range(3):
            shift = dice.between(-0.3, 0.3) * width
            pen.ribbon(
                [
                    (x + shift - width / 2, y + row * 9),
                    (x + shift, y + row * 9 - 3),
                    (x + shift + width / 2, y + row * 9),
                ],
                [1, 11, 1],
                colour,
            )


def _ridge(pen: Pen, dice: Dice, y: float, height: float, colour: Colour) -> None:
    first, second, turn = dice.between(0.008, 0.016), dice.between(0.024, 0.04), dice.between(0, 6)
    crest = [
        (
            float(x),
            y
            - height * (0.55 * math.sin(x * first + turn) + 0.28 * math.sin(x * second + turn * 2)),
        )
        for x in range(-8, 524, 8)
    ]
    pen.shape([(-8.0, 520.0), *crest, (520.0, 520.0)], colour, smooth=False)


def _water(pen: Pen, mood: Mood, dice: Dice, lamp_x: float) -> None:
    top = 372
    pen.shape(
        [(0, top), (512, top), (512, 512), (0, 512)],
        mix(mood.sky[1], mood.near, 0.35),
        smooth=False,
    )
    for _ in range(46):
        y = dice.between(top + 4, 505)
        near_lamp = dice.chance(0.45)
        x = lamp_x + dice.between(-40, 40) if near_lamp else dice.between(0, 512)
        length = dice.between(14, 70) * (0.5 + (y - top) / 140)
        tint = mood.lamp if near_lamp else mix(mood.sky[2], mood.near, 0.2)
        pen.ribbon(
            [(x - length, y), (x, y - 1), (x + length, y)], [0.4, 2.2, 0.4], veil(tint, 0.42)
        )


def _ground(pen: Pen, mood: Mood, dice: Dice) -> None:
    earth = mix(mood.near, (8, 12, 24), 0.28) if mood.name != "snow" else rgb("dde5ec")
    lift = dice.between(-6, 8)
    pen.shape(
        [
            (-10, 470 + lift),
            (120, 452 - lift),
            (260, 446),
            (400, 454 + lift),
            (522, 466),
            (522, 522),
            (-10, 522),
        ],
        earth,
    )
    for side in (dice.between(14, 74), dice.between(440, 500)):
        _pine(pen, dice, (side, 476), dice.between(90, 190), mix(mood.near, (6, 14, 22), 0.42))
    for _ in range(34):
        x = dice.between(0, 512)
        sway = dice.between(-5, 5)
        pen.ribbon(
            [(x, 474), (x + sway * 0.4, 462), (x + sway, dice.between(446, 456))],
            [2.0, 1.4, 0.2],
            veil(mix(earth, mood.far, 0.5), 0.8),
        )


def _pine(pen: Pen, dice: Dice, foot: Point, height: float, colour: Colour) -> None:
    x, y = foot
    pen.ribbon([(x, y), (x, y - height)], [7, 2], mix(colour, (40, 26, 20), 0.5))
    for tier in range(5):
        level = y - height * (0.16 + tier * 0.17)
        half = height * 0.27 * (1 - tier * 0.16) * dice.between(0.9, 1.1)
        pen.shape(
            [
                (x - half, level),
                (x - half * 0.35, level - height * 0.11),
                (x, level - height * 0.3),
                (x + half * 0.35, level - height * 0.11),
                (x + half, level),
                (x, level - height * 0.035),
            ],
            mix(colour, (255, 255, 255), tier * 0.025),
            smooth=False,
        )


def _weather(pen: Pen, mood: Mood, dice: Dice) -> None:
    falling = {
        "snow": (110, rgb("ffffff")),
        "autumn": (34, rgb("c8502f")),
        "dawn": (26, rgb("f8c9cf")),
    }.get(mood.name)
    if falling is None:
        return
    for _ in range(falling[0]):
        spot = (dice.between(0, 512), dice.between(0, 500))
        size = dice.between(0.8, 2.4)
        if mood.name == "snow":
            pen.disc(spot, size, veil(falling[1], dice.between(0.5, 0.95)))
        else:
            leaf = pen.moved(spot, size, dice.between(0, 360))
            leaf.shape(
                [(-3, 0), (0, -1.6), (3, 0), (0, 1.6)], veil(falling[1], dice.between(0.6, 0.95))
            )
