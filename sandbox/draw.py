"""Draws what the sandbox shows: the picture of a prompt, and the work of the right holder it may resemble.

Deterministic: the same wish gives the same bytes, on every machine with the same Pillow.
"""

import io
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, PngImagePlugin

from sandbox.label import Told
from sandbox.pictures.canvas import Canvas, Pen
from sandbox.pictures.characters import named_character
from sandbox.pictures.dice import Dice
from sandbox.pictures.doudou import doudou_variant, draw_doudou
from sandbox.pictures.fox import draw_fox, fox_variant
from sandbox.pictures.mark import stamp
from sandbox.pictures.scenery import landscape, mood_of, wants_water
from sandbox.pictures.sheet import draw_sheet
from sandbox.pictures.subjects import draw_subject

NOTHING = Told({}, b"", b"")


@dataclass(frozen=True)
class Wish:
    """What a picture depends on, and nothing else."""

    prompt: str
    negative_prompt: str = ""
    seed: int = 0
    loras: tuple[str, ...] = ()
    unlearned: tuple[str, ...] = ()
    """Terms an optimisation ticket has taken out of the model."""
    marked: bool = True
    """Whether the picture says in its corner that AI made it; what users upload does not."""


@lru_cache(maxsize=64)
def pixels(wish: Wish) -> Image.Image:
    """The 512 x 512 picture of a wish, marked "AI生成" unless it is an upload; do not change it in place."""
    character = named_character(wish.prompt, wish.loras, wish.unlearned)
    dice = Dice(f"{wish.prompt}|{wish.negative_prompt}|{wish.seed}|{','.join(wish.loras)}")
    canvas = Canvas()
    pen = Pen(canvas)
    mood, water = mood_of(wish.prompt, dice), wants_water(wish.prompt)
    landscape(canvas, mood, dice, water=water)
    if character is None:
        draw_subject(pen, wish.prompt, mood, dice, water=water)
    elif character.key == "fox-spirit":
        place = (dice.between(236, 276), dice.between(206, 218))
        draw_fox(pen.moved(place, dice.between(0.84, 0.94)), fox_variant(wish.prompt, dice))
    else:
        draw_doudou(
            pen.moved((dice.between(220, 292), 300), dice.between(0.86, 1.0)), doudou_variant(dice)
        )
    if wish.marked:
        stamp(canvas)
    return canvas.finish()


def picture(wish: Wish, told: Told | None = None) -> bytes:
    """The PNG file of a wish, with what it says about itself."""
    return _png(pixels(wish), told or NOTHING)


def photograph(wish: Wish, told: Told) -> bytes:
    """The JPEG file of a wish, with what it says about itself in EXIF and XMP."""
    file = io.BytesIO()
    pixels(wish).convert("RGB").save(file, "JPEG", quality=90, exif=told.exif, xmp=told.xmp)
    return file.getvalue()


@lru_cache(maxsize=1)
def fox_spirit_sheet() -> bytes:
    """The right holder's own work: the character sheet of the Fox Spirit, drawn by hand, so to speak, in 2021."""
    texts = {
        "Title": "Fox Spirit 狐灵, character sheet",
        "Author": "Lin Studio",
        "Creation Time": "2021-04-12",
    }
    return _png(draw_sheet(), Told(texts, b"", b""))


def _png(image: Image.Image, told: Told) -> bytes:
    chunks = PngImagePlugin.PngInfo()
    for name, text in told.texts.items():
        chunks.add_itxt(name, text)
    if told.xmp:
        chunks.add_itxt("XML:com.adobe.xmp", told.xmp.decode())
    file = io.BytesIO()
    image.save(file, "PNG", pnginfo=chunks, exif=told.exif, optimize=False, compress_level=6)
    return file.getvalue()
