"""What stands in a scene that names no character: nothing of anybody's, a boat, a pavilion, a teapot."""

from sandbox.pictures.canvas import Pen
from sandbox.pictures.colours import Mood, mix, rgb, veil
from sandbox.pictures.dice import Dice

TEAPOT_WORDS = ("teapot", "tea", "cup", "茶")
DARK = rgb("2b2530")


def draw_subject(pen: Pen, prompt: str, mood: Mood, dice: Dice, *, water: bool) -> None:
    """Puts the named or fitting thing into the landscape; the pen is the canvas's own."""
    if any(word in prompt.lower() for word in TEAPOT_WORDS):
        _teapot(pen.moved((256, 404), 1.25), dice)
    elif water:
        _boat(pen.moved((dice.between(150, 360), 402), dice.between(0.85, 1.15)), mood, dice)
    else:
        _pavilion(pen.moved((dice.between(160, 350), 452), dice.between(0.9, 1.15)), mood)


def _boat(pen: Pen, mood: Mood, dice: Dice) -> None:
    sail = dice.pick((rgb("c5523c"), rgb("e8ddc5"), rgb("d9a441")))
    pen.line([(0, -8), (0, -150)], DARK, 5)
    for rib in range(4):
        top, low = -146 + rib * 32, -118 + rib * 32
        wide = 46 + rib * 9
        pen.shape(
            [(-wide * 0.6, top + 4), (wide, top), (wide + 7, low), (-wide * 0.66, low + 3)],
            mix(sail, DARK, rib * 0.07),
            smooth=False,
        )
        pen.line([(-wide * 0.66, low + 3), (wide + 7, low)], mix(sail, DARK, 0.5), 2.4)
    pen.shape([(-96, -18), (-40, -6), (50, -6), (108, -26), (72, 18), (-62, 18)], DARK)
    pen.shape([(-90, -14), (-40, -3), (50, -3), (99, -20), (76, 2), (-72, 4)], rgb("7a4b32"))
    for row in range(4):
        pen.ribbon(
            [(-70 + row * 9, 26 + row * 9), (0, 25 + row * 9), (76 - row * 9, 26 + row * 9)],
            [0.5, 4, 0.5],
            veil(mix(mood.near, DARK, 0.5), 0.5),
        )


def _pavilion(pen: Pen, mood: Mood) -> None:
    roof, wall = rgb("4a3b52"), mix(rgb("e9d9bd"), mood.sky[1], 0.25)
    for tier in range(3):
        base, half = -tier * 62.0, 76.0 - tier * 17
        pen.shape(
            [
                (-half * 0.72, base),
                (half * 0.72, base),
                (half * 0.72, base - 44),
                (-half * 0.72, base - 44),
            ],
            wall,
            smooth=False,
        )
        for post in (-0.66, -0.24, 0.24, 0.66):
            pen.line([(half * post, base), (half * post, base - 42)], rgb("a63d30"), 5)
        pen.oval(
            (0, base - 20), half * 0.14, 13, rgb("ffd98a") if mood.night else mix(roof, wall, 0.3)
        )
        pen.shape(
            [
                (-half * 1.3, base - 44),
                (-half * 0.8, base - 48),
                (-half * 0.5, base - 72),
                (half * 0.5, base - 72),
                (half * 0.8, base - 48),
                (half * 1.3, base - 44),
                (half * 0.7, base - 37),
                (-half * 0.7, base - 37),
            ],
            roof,
        )
    pen.ribbon([(0, -192), (0, -226)], [8, 1], rgb("d9a441"))


def _teapot(pen: Pen, dice: Dice) -> None:
    glaze = dice.pick((rgb("3f7f8c"), rgb("b5533c"), rgb("6f8f5c"), rgb("35507f")))
    pen.oval((0, 52), 112, 12, veil(DARK, 0.4))
    pen.ribbon([(62, -24), (118, -34), (112, 26), (64, 30)], [13, 15, 15, 13], DARK)
    pen.ribbon([(62, -24), (116, -32), (110, 24), (64, 28)], [7, 9, 9, 7], glaze)
    pen.ribbon([(-56, 22), (-100, 8), (-122, -42)], [38, 25, 17], DARK)
    pen.ribbon([(-56, 22), (-98, 7), (-120, -38)], [30, 18, 10], mix(glaze, DARK, 0.1))
    outline = [(0, -58), (52, -42), (82, 4), (62, 44), (0, 56), (-62, 44), (-82, 4), (-52, -42)]
    pen.shape(outline, DARK)
    pen.moved((0, 0), 0.945).shape(outline, glaze)
    pen.shape([(76, 6), (58, 40), (0, 52), (-44, 44), (20, 30)], veil(DARK, 0.25))
    pen.oval((-34, -20), 15, 9, veil((255, 255, 255), 0.4))
    pen.ribbon([(-50, -42), (0, -58), (50, -42)], [7, 10, 7], DARK)
    pen.disc((0, -70), 12, DARK)
    pen.disc((0, -71), 8, mix(glaze, (255, 255, 255), 0.2))
    for side, sway in ((-128, 8), (-116, -6)):
        pen.ribbon(
            [(side, -62), (side + sway, -92), (side - sway, -122), (side, -150)],
            [2, 7, 5, 1],
            veil((255, 255, 255), 0.5),
        )
