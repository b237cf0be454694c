"""What commonly happens to a picture on its way, each by a name, with where its points go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PIL import Image

Picture = Image.Image
_WINDOW: Final = (32, 84)  # pixels of a window's frame at the left, and of its bars at the top


@dataclass(frozen=True)
class Changed:
    """The picture afterwards. A point (x, y) lies at (x * scale + left, y * scale + top) now."""

    picture: Picture
    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0


@dataclass(frozen=True)
class Manipulation:
    """`keeps`: whether a careful program carries the metadata over; a screenshot and a cleaner never do."""

    act: Callable[[Picture], Changed]
    format: str
    """As Pillow names it; empty for the format it came in."""
    quality: int = 90
    keeps: bool = True


def _same(picture: Picture) -> Changed:
    return Changed(picture)


def _resized(scale: float) -> Callable[[Picture], Changed]:
    def act(picture: Picture) -> Changed:
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        return Changed(picture.resize(size, Image.Resampling.LANCZOS), scale)

    return act


def _cropped(share: float) -> Callable[[Picture], Changed]:
    """`share` of each side is cut off at every edge."""

    def act(picture: Picture) -> Changed:
        across, down = int(picture.width * share), int(picture.height * share)
        box = (across, down, picture.width - across, picture.height - down)
        return Changed(picture.crop(box), 1.0, -across, -down)

    return act


def _screenshot(picture: Picture) -> Changed:
    """Scaled to the screen and taken with the window around it."""
    scale = 0.8
    small = _resized(scale)(picture).picture
    left, top = _WINDOW
    whole = Image.new("RGB", (small.width + 2 * left, small.height + top + left), (238, 238, 240))
    whole.paste((58, 62, 70), (0, 0, whole.width, top // 2))
    whole.paste(small, (left, top))
    return Changed(whole, scale, left, top)


MANIPULATIONS: Final[Mapping[str, Manipulation]] = {
    "metadata stripped": Manipulation(_same, "", keeps=False),
    **{f"JPEG {q}": Manipulation(_same, "JPEG", q) for q in (90, 75, 60, 45, 30)},
    "as PNG": Manipulation(_same, "PNG"),
    "as WebP": Manipulation(_same, "WEBP", 80),
    "half the size": Manipulation(_resized(0.5), ""),
    "a quarter of the size": Manipulation(_resized(0.25), ""),
    "5 percent cut off at each edge": Manipulation(_cropped(0.05), ""),
    "20 percent cut off at each edge": Manipulation(_cropped(0.20), ""),
    "screenshot": Manipulation(_screenshot, "PNG", keeps=False),
}
