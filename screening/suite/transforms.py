"""What happens to a picture on its way through the net, each by a name."""

import io
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Picture = Image.Image
Transform = Callable[[Picture, np.random.RandomState], Picture]


def _jpeg(quality: int) -> Transform:
    def act(picture: Picture, _dice: np.random.RandomState) -> Picture:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality)
        return Image.open(io.BytesIO(file.getvalue())).convert("RGB")

    return act


def _small(picture: Picture, _dice: np.random.RandomState) -> Picture:
    ratio = 128 / max(picture.size)
    size = (round(picture.width * ratio), round(picture.height * ratio))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _blur(picture: Picture, _dice: np.random.RandomState) -> Picture:
    return picture.filter(ImageFilter.GaussianBlur(max(picture.size) / 256))


def _noise(picture: Picture, dice: np.random.RandomState) -> Picture:
    values = np.asarray(picture, np.float32)
    return Image.fromarray(np.clip(values + dice.normal(0, 14, values.shape), 0, 255).astype("u1"))


def _crop_all(share: float) -> Transform:
    """`share` of the picture's side is cut off at every edge."""

    def act(picture: Picture, _dice: np.random.RandomState) -> Picture:
        across, down = round(picture.width * share), round(picture.height * share)
        return picture.crop((across, down, picture.width - across, picture.height - down))

    return act


def _crop_aside(picture: Picture, dice: np.random.RandomState) -> Picture:
    """A tenth of the width and of the height is lost, on whichever sides."""
    left, top = (int(dice.randint(0, side // 10 + 1)) for side in picture.size)
    return picture.crop((left, top, left + picture.width * 9 // 10, top + picture.height * 9 // 10))


def _mirror(picture: Picture, _dice: np.random.RandomState) -> Picture:
    return ImageOps.mirror(picture)


def _turn(degrees: float) -> Transform:
    def act(picture: Picture, _dice: np.random.RandomState) -> Picture:
        return picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(0, 0, 0))

    return act


def _border(picture: Picture, dice: np.random.RandomState) -> Picture:
    colour = [(0, 0, 0), (255, 255, 255), (120, 40, 60)][dice.randint(3)]
    return ImageOps.expand(picture, max(picture.size) // 12, colour)


def _caption(picture: Picture, dice: np.random.RandomState) -> Picture:
    bar = picture.height // 7
    whole = Image.new("RGB", (picture.width, picture.height + bar), (255, 255, 255))
    whole.paste(picture, (0, 0))
    words = "when you draw it yourself and it works" if dice.rand() < 0.5 else "so this is art now"
    font = ImageFont.load_default(max(10, bar // 2))
    ImageDraw.Draw(whole).text((bar // 4, picture.height + bar // 5), words, (0, 0, 0), font)
    return whole


def _colours(picture: Picture, dice: np.random.RandomState) -> Picture:
    gains = dice.uniform(0.75, 1.25, 3)
    values = np.asarray(picture, np.float32) * gains + dice.uniform(-18, 18, 3)
    shifted = Image.fromarray(np.clip(values, 0, 255).astype("u1"))
    return ImageEnhance.Color(shifted).enhance(float(dice.uniform(0.4, 1.6)))


def _hue(picture: Picture, dice: np.random.RandomState) -> Picture:
    values = np.asarray(picture.convert("HSV")).copy()
    values[..., 0] += np.uint8(dice.choice([18, 238]))  # 25 degrees to either side
    return Image.fromarray(values, "HSV").convert("RGB")


def _watermark(picture: Picture, dice: np.random.RandomState) -> Picture:
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    font = ImageFont.load_default(max(12, picture.width // 9))
    ink = ImageDraw.Draw(layer)
    for row in range(3):
        at = (picture.width * (0.05 + 0.2 * row), picture.height * (0.12 + 0.3 * row))
        ink.text(at, "SAMPLE pic", (255, 255, 255, 120), font)
    turned = layer.rotate(float(dice.uniform(-15, 15)))
    return Image.alpha_composite(picture.convert("RGBA"), turned).convert("RGB")


TRANSFORMS: Final[Mapping[str, Transform]] = {
    "none": lambda picture, _dice: picture,
    "jpeg 90": _jpeg(90),
    "jpeg 70": _jpeg(70),
    "jpeg 50": _jpeg(50),
    "jpeg 30": _jpeg(30),
    "resize to 128 px": _small,
    "blur": _blur,
    "noise": _noise,
    "crop 2 %": _crop_all(0.02),
    "crop 5 %": _crop_all(0.05),
    "crop 10 %": _crop_all(0.10),
    "crop 10 % aside": _crop_aside,
    "mirror": _mirror,
    "rotate +5": _turn(5),
    "rotate -5": _turn(-5),
    "border": _border,
    "caption bar": _caption,
    "colour shift": _colours,
    "hue shift": _hue,
    "watermark": _watermark,
}
