"""Draws what the sandbox shows: the picture of a prompt, and the work of the right holder it may resemble.

Deterministic: the same wish gives the same bytes, on every machine with the same Pillow.
"""

import io
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, PngImagePlugin

from sandbox.pictures.canvas import Canvas, Pen
from sandbox.pictures.characters import named_character
from sandbox.pictures.dice import Dice
from sandbox.pictures.doudou import doudou_variant, draw_doudou
from sandbox.pictures.fox import draw_fox, fox_variant
from sandbox.pictures.mark import stamp
from sandbox.pictures.scenery import landscape, mood_of, wants_water
from sandbox.pictures.sheet import draw_sheet
from sandbox.pictures.subjects import draw_subject


@dataclass(frozen=True)
class Wish:
    """What a picture depends on, and nothing else."""

    prompt: str
    negative_prompt: str = ""
    seed: int = 0
    loras: tuple[str, ...] = ()
    unlearned: tuple[str, ...] = ()
    """Terms an optimisation ticket has taken out of the model."""


@lru_cache(maxsize=64)
def pixels(wish: Wish) -> Image.Image:
    """The 512 x 512 picture of a wish, marked "AI生成"; do not change it in place."""
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
    stamp(canvas)
    return canvas.finish()


def picture(wish: Wish, texts: dict[str, str] | None = None) -> bytes:
    """The PNG file of a wish, with the given text chunks."""
    return _png(pixels(wish), texts or {})


@lru_cache(maxsize=1)
def fox_spirit_sheet() -> bytes:
    """The right holder's own work: the character sheet of the Fox Spirit, drawn by hand, so to speak, in 2021."""
    texts = {
        "Title": "Fox Spirit 狐灵, character sheet",
        "Author": "Lin Studio",
        "Creation Time": "2021-04-12",
    }
    return _png(draw_sheet(), texts)


def _png(image: Image.Image, texts: dict[str, str]) -> bytes:
    chunks = PngImagePlugin.PngInfo()
    for name, text in texts.items():
        chunks.add_itxt(name, text)
    file = io.BytesIO()
    image.save(file, "PNG", pnginfo=chunks, optimize=False, compress_level=6)
    return file.getvalue()
