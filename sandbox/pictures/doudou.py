"""Doudou: a round green bean with a sprout, a yellow scarf and red boots."""

from dataclasses import dataclass

from sandbox.pictures.canvas import Pen
from sandbox.pictures.colours import Colour, mix, rgb, veil
from sandbox.pictures.dice import Dice

OUTLINE = rgb("26352a")
SKINS = (rgb("8fc65a"), rgb("a7d06b"), rgb("6fb05c"), rgb("b9cf5a"))
SCARVES = (rgb("f4c430"), rgb("f2a33a"), rgb("f7d76a"))
BOOTS = rgb("cf4236")


@dataclass(frozen=True)
class DoudouVariant:
    skin: Colour = SKINS[0]
    scarf: Colour = SCARVES[0]
    lean: float = 0.0
    arms_up: bool = False


def doudou_variant(dice: Dice) -> DoudouVariant:
    return DoudouVariant(
        dice.pick(SKINS), dice.pick(SCARVES), dice.between(-9, 9), dice.chance(0.5)
    )


def draw_doudou(pen: Pen, variant: DoudouVariant) -> None:
    """Draws the figure: zero is the middle of the bean, the boots stand at y = 176."""
    body = pen.moved((0, 0), 1.0, variant.lean)
    for side in (1, -1):
        pen.ribbon([(side * 40, 100), (side * 44, 150)], [24, 24], OUTLINE)
        pen.shape(
            [
                (side * 24, 140),
                (side * 62, 140),
                (side * 84, 160),
                (side * 80, 176),
                (side * 22, 176),
            ],
            OUTLINE,
        )
        pen.shape(
            [
                (side * 28, 144),
                (side * 60, 144),
                (side * 79, 162),
                (side * 76, 171),
                (side * 26, 171),
            ],
            BOOTS,
        )
        lift = -62 if variant.arms_up else 54
        arm = [(side * 98, 26), (side * 136, 26 + lift * 0.4), (side * 150, 26 + lift)]
        body.ribbon(arm, [32, 30, 30], OUTLINE)
        body.ribbon(arm, [23, 21, 21], variant.skin)
    _bean(body, variant)
    _sprout(body)
    _face(body)


def _bean(pen: Pen, variant: DoudouVariant) -> None:
    outline = [
        (0, -118),
        (70, -98),
        (112, -34),
        (114, 40),
        (72, 108),
        (0, 126),
        (-72, 108),
        (-114, 40),
        (-108, -34),
        (-66, -98),
    ]
    pen.shape(outline, OUTLINE)
    pen.moved((0, 0), 0.955).shape(outline, variant.skin)
    pen.shape(
        [(104, 0), (106, 40), (68, 100), (0, 119), (-62, 104), (0, 98), (66, 70)],
        veil(mix(variant.skin, OUTLINE, 0.4), 0.65),
    )
    pen.oval((-54, -66), 24, 15, veil((255, 255, 255), 0.45))
    pen.ribbon([(-108, 46), (-40, 72), (40, 72), (108, 46)], [30, 32, 32, 30], OUTLINE)
    pen.ribbon([(-106, 46), (-40, 71), (40, 71), (106, 46)], [22, 24, 24, 22], variant.scarf)
    pen.ribbon([(52, 70), (70, 100), (64, 132)], [22, 28, 32], OUTLINE, caps=False)
    pen.ribbon([(52, 70), (69, 99), (64, 128)], [15, 20, 24], variant.scarf, caps=False)


def _sprout(pen: Pen) -> None:
    pen.ribbon([(0, -112), (-3, -136), (4, -158)], [13, 11, 10], OUTLINE)
    for side in (1, -1):
        leaf = [
            (side * 2, -154),
            (side * 26, -186),
            (side * 66, -184),
            (side * 48, -156),
            (side * 22, -146),
        ]
        pen.shape(leaf, OUTLINE)
        pen.moved((side * 2.6, -13.4), 0.92).shape(leaf, rgb("5fa64c"))
        pen.ribbon([(side * 10, -156), (side * 50, -176)], [3, 1], rgb("c9e29a"))


def _face(pen: Pen) -> None:
    for side in (1, -1):
        pen.oval((side * 38, -10), 13, 17, OUTLINE)
        pen.disc((side * 38 - 4, -16), 4.6, (255, 255, 255))
        pen.oval((side * 66, 18), 15, 9, veil(rgb("f08a80"), 0.75))
    pen.ribbon([(-18, 16), (0, 30), (18, 16)], [2, 6, 2], OUTLINE)
