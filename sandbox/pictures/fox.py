"""The Fox Spirit: one figure, many variants; the mask, the bell and the knot never change."""

from dataclasses import dataclass

from sandbox.pictures.canvas import Pen, Point
from sandbox.pictures.colours import Colour, mix, rgb, veil
from sandbox.pictures.dice import Dice
from sandbox.pictures.fox_parts import bell_and_knot, lantern, umbrella
from sandbox.pictures.mask import BONE, INK, RED, draw_mask


@dataclass(frozen=True)
class Dress:
    """What a variant wears."""

    robe: Colour
    trim: Colour
    hair: Colour
    fur: Colour


CANON = Dress(rgb("f4efe6"), rgb("c8281f"), rgb("2a2026"), rgb("f2e7d5"))
DRESSES = (
    CANON,
    Dress(rgb("2d3f66"), rgb("e0b04a"), rgb("d9d5cf"), rgb("e7eaf2")),
    Dress(rgb("7a2433"), rgb("f0d9a8"), rgb("1f1b24"), rgb("f0c9a2")),
    Dress(rgb("37685b"), rgb("f2e3c2"), rgb("5b3423"), rgb("e9a968")),
    Dress(rgb("5a3f78"), rgb("f3c6d0"), rgb("f0ece8"), rgb("f5f0f4")),
    Dress(rgb("24242c"), rgb("c8281f"), rgb("8d2a22"), rgb("d9763f")),
)
POSES = ("calm", "wave", "lantern", "umbrella")
LONG_HAIR = ("long hair", "long-haired", "长发", "長髮")
POSE_WORDS = {
    "lantern": ("lantern", "灯", "燈"),
    "umbrella": ("umbrella", "parasol", "rain", "伞", "傘", "雨"),
    "wave": ("wave", "dance", "跳舞", "挥手"),
}


@dataclass(frozen=True)
class FoxVariant:
    """Everything that may differ between two pictures of the character."""

    dress: Dress = CANON
    pose: str = "calm"
    long_hair: bool = False
    tails: int = 3
    lean: float = 0.0


def fox_variant(prompt: str, dice: Dice) -> FoxVariant:
    """The variant a prompt asks for; what it leaves open the dice decide."""
    low = prompt.lower()
    drawn = FoxVariant(
        dice.pick(DRESSES),
        dice.pick(POSES),
        dice.chance(0.4),
        dice.pick((1, 3, 5)),
        dice.between(-4, 4),
    )
    named = [pose for pose, words in POSE_WORDS.items() if any(word in low for word in words)]
    long_hair = drawn.long_hair or any(word in low for word in LONG_HAIR)
    return FoxVariant(
        drawn.dress, named[0] if named else drawn.pose, long_hair, drawn.tails, drawn.lean
    )


def draw_fox(pen: Pen, variant: FoxVariant) -> None:
    """Draws the figure: zero is the middle of the mask, the feet stand at y = 292."""
    dress = variant.dress
    if variant.pose == "umbrella":
        umbrella(pen, dress.trim, dress.robe)
    _tails(pen, variant)
    _back_hair(pen, variant)
    _feet(pen)
    _arm(pen, dress, ((-30, 84), (-62, 120), (-76, 166)))
    _robe(pen, dress)
    _raised_or_resting_arm(pen, variant)
    bell_and_knot(pen.moved((0, 172)))
    _hair_and_mask(pen, variant)


def _tails(pen: Pen, variant: FoxVariant) -> None:
    fan = {1: (1.0,), 3: (-1.0, 1.0, 0.55), 5: (-1.0, 1.0, -0.62, 0.62, 0.2)}[variant.tails]
    for spread in fan:
        lift = 1.25 - abs(spread) * 0.55
        spine: list[Point] = [
            (0, 210),
            (spread * 78, 214),
            (spread * 132, 150),
            (spread * 128, 60 - 30 * lift),
            (spread * 158, -10 - 70 * lift),
        ]
        widths = [12, 44, 66, 50, 2]
        pen.ribbon(spine, [w + 5 for w in widths], veil(INK, 0.85))
        pen.ribbon(spine, widths, variant.dress.fur)
        pen.ribbon(spine[2:], [8, 14, 1], veil(mix(variant.dress.fur, (255, 255, 255), 0.55), 0.8))
        _tail_tip(pen, spine[3], spine[4], spread)


def _tail_tip(pen: Pen, low: Point, high: Point, spread: float) -> None:
    """The red end of a tail, its lower edge jagged like fur."""
    width, height = high[0] - low[0], high[1] - low[1]
    side = 1 if spread > 0 else -1

    def at(along: float, across: float) -> Point:
        return (low[0] + width * along + side * across, low[1] + height * along)

    edge = [
        at(0.1, -24),
        at(0.42, -15),
        at(0.2, -5),
        at(0.46, 3),
        at(0.24, 12),
        at(0.5, 15),
        at(0.42, 22),
    ]
    pen.shape([*edge, at(0.75, 12), at(1.0, 1), at(0.75, -11), at(0.45, -21)], RED, smooth=False)


def _back_hair(pen: Pen, variant: FoxVariant) -> None:
    foot = 232 if variant.long_hair else 92
    spread = 84 if variant.long_hair else 72
    colour = variant.dress.hair
    pen.shape(
        [
            (-60, -40),
            (0, -66),
            (60, -40),
            (76, 20),
            (spread, foot * 0.7),
            (spread - 22, foot),
            (0, foot - 14),
            (22 - spread, foot),
            (-spread, foot * 0.7),
            (-76, 20),
        ],
        colour,
    )
    if variant.long_hair:
        sheen = veil(mix(colour, (255, 255, 255), 0.35), 0.5)
        for side in (1, -1):
            pen.ribbon([(side * 66, 20), (side * 70, 110), (side * 58, 214)], [1, 5, 1], sheen)


def _feet(pen: Pen) -> None:
    for side in (1, -1):
        pen.ribbon([(side * 20, 250), (side * 21, 284)], [19, 17], INK)
        pen.shape(
            [
                (side * 10, 276),
                (side * 32, 276),
                (side * 42, 288),
                (side * 38, 294),
                (side * 8, 294),
            ],
            INK,
        )
        pen.line([(side * 11, 292), (side * 38, 292)], RED, 3)


def _robe(pen: Pen, dress: Dress) -> None:
    shadow = mix(dress.robe, INK, 0.25)
    outline = [
        (-34, 64),
        (34, 64),
        (46, 110),
        (42, 166),
        (62, 222),
        (74, 266),
        (0, 276),
        (-74, 266),
        (-62, 222),
        (-42, 166),
        (-46, 110),
    ]
    pen.shape(outline, INK)
    body = pen.moved((0, 6), 0.965)
    body.shape(outline, dress.robe)
    for side in (1, -1):
        body.shape(
            [
                (side * 44, 170),
                (side * 62, 222),
                (side * 74, 266),
                (side * 50, 271),
                (side * 46, 220),
            ],
            veil(shadow, 0.7),
        )
        body.ribbon(
            [(side * 20, 192), (side * 24, 230), (side * 30, 270)], [1, 3, 4], veil(shadow, 0.8)
        )
    body.ribbon(
        [(-74, 260), (-40, 268), (0, 270), (40, 268), (74, 260)], [9, 11, 11, 11, 9], dress.trim
    )
    body.ribbon([(32, 62), (10, 108), (-34, 154)], [13, 13, 12], dress.trim)
    body.ribbon([(-32, 62), (-14, 92), (4, 114)], [13, 13, 10], dress.trim)
    body.ribbon([(26, 60), (6, 98), (-32, 142)], [3, 3, 3], veil(BONE, 0.9))
    body.ribbon([(-44, 162), (0, 168), (44, 162)], [25, 27, 25], mix(dress.trim, INK, 0.45))
    body.ribbon([(-44, 162), (0, 168), (44, 162)], [5, 5, 5], dress.trim)


def _arm(pen: Pen, dress: Dress, spine: tuple[Point, Point, Point]) -> None:
    """A wide sleeve from the shoulder to a small hand."""
    reach = ((spine[2][0] - spine[1][0]) * 0.16, (spine[2][1] - spine[1][1]) * 0.16)
    hand = (spine[2][0] + reach[0], spine[2][1] + reach[1])
    hem = (spine[2][0] - reach[0], spine[2][1] - reach[1])
    pen.disc(spine[0], 13, dress.robe)
    pen.ribbon(spine, [26, 34, 56], INK, caps=False)
    pen.line([hem, hand], INK, 20)
    pen.line([hem, hand], rgb("f3d3b8"), 15)
    pen.ribbon((spine[0], spine[1], hem), [21, 29, 47], mix(dress.robe, INK, 0.06), caps=False)
    pen.ribbon((hem, spine[2]), [46, 50], dress.trim, caps=False)


def _raised_or_resting_arm(pen: Pen, variant: FoxVariant) -> None:
    if variant.pose == "calm":
        _arm(pen, variant.dress, ((30, 84), (62, 120), (76, 166)))
    elif variant.pose == "wave":
        _arm(pen, variant.dress, ((30, 88), (76, 96), (112, 58)))
    else:
        _arm(pen, variant.dress, ((30, 86), (72, 108), (106, 96)))
        if variant.pose == "lantern":
            lantern(pen.moved((116, 94)))


def _hair_and_mask(pen: Pen, variant: FoxVariant) -> None:
    head = pen.moved((0, 0), 1.0, variant.lean)
    colour = variant.dress.hair
    for side in (1, -1):
        head.ribbon(
            [(side * 56, -44), (side * 78, 4), (side * 74, 66), (side * 64, 98)],
            [20, 26, 20, 1],
            colour,
        )
        head.line([(side * 66, 2), (side * 84, 34), (side * 78, 66)], RED, 3)
        head.ribbon([(side * 78, 64), (side * 78, 80), (side * 78, 94)], [4, 9, 7], RED)
        head.disc((side * 78, 65), 5, rgb("e5b84a"))
    draw_mask(head)
