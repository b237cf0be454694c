"""Colours as plain triples, and the moods a scene can be in."""

from dataclasses import dataclass

Colour = tuple[int, ...]


def rgb(code: str) -> Colour:
    """`rgb("c8322b")` -> (200, 50, 43)."""
    return tuple(bytes.fromhex(code))


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` (0 to 1) of `other` in it; alpha is dropped."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one[:3], other[:3], strict=True))


def veil(colour: Colour, alpha: float) -> Colour:
    """The colour made see-through: alpha 0 is invisible, 1 is solid."""
    return (*colour[:3], round(255 * alpha))


@dataclass(frozen=True)
class Mood:
    """The light of a scene: sky from top to horizon, the far and the near land, the lamp in the sky."""

    name: str
    sky: tuple[Colour, Colour, Colour]
    far: Colour
    near: Colour
    lamp: Colour
    night: bool = False


MOODS = (
    Mood("dawn", (rgb("5f7fb4"), rgb("e5a9a4"), rgb("fbe3c0")), rgb("b98fa6"), rgb("3f4a6b"), rgb("fff3d6")),
    Mood("day", (rgb("5fa3cf"), rgb("a9d3e2"), rgb("f1f1dd")), rgb("8db3b4"), rgb("2f5d5a"), rgb("fffbe6")),
    Mood("dusk", (rgb("33305e"), rgb("b4587a"), rgb("f6b27a")), rgb("8c4d75"), rgb("2a2247"), rgb("ffdf9e")),
    Mood("night", (rgb("0d1630"), rgb("22365f"), rgb("56709a")), rgb("34507c"), rgb("0f1b36"), rgb("f6f2da"), night=True),
    Mood("autumn", (rgb("7f9a9f"), rgb("e3c79a"), rgb("f8e6c0")), rgb("c98f5f"), rgb("6b3a2c"), rgb("fff1cf")),
    Mood("snow", (rgb("7f93ab"), rgb("c3d0dc"), rgb("f2f4f6")), rgb("b4c2cf"), rgb("5d7288"), rgb("ffffff")),
)  # fmt: skip
