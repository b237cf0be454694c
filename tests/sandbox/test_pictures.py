"""Pictures: the same wish the same bytes, a named character recognisable by its fixed marks."""

from collections.abc import Callable

import pytest

from sandbox.draw import Wish, fox_spirit_sheet, photograph, picture, pixels
from sandbox.label import Origin, Told, told
from sandbox.pictures.characters import named_character
from sandbox.pictures.mask import BONE, RED

TOLD = told(
    Origin("out_1", "P1"),
    {"prompt": "p", "negative_prompt": "", "seed": 5, "model": "m", "loras": []},
)


@pytest.mark.parametrize("draw", [picture, photograph])
def test_the_same_wish_gives_the_same_bytes(draw: Callable[[Wish, Told], bytes]) -> None:
    wish = Wish("fox spirit under the moon", seed=5)
    first = draw(wish, TOLD)
    pixels.cache_clear()
    assert draw(wish, TOLD) == first
    assert draw(Wish("fox spirit under the moon", seed=6), TOLD) != first


def test_an_upload_bears_no_mark_of_ai() -> None:
    corner = (380, 430, 512, 512)
    marked, upload = pixels(Wish("teapot")), pixels(Wish("teapot", marked=False))
    assert marked.crop(corner).tobytes() != upload.crop(corner).tobytes()
    assert marked.crop((0, 0, 300, 300)).tobytes() == upload.crop((0, 0, 300, 300)).tobytes()


def test_the_work_is_the_same_bytes_too() -> None:
    first = fox_spirit_sheet()
    fox_spirit_sheet.cache_clear()
    assert fox_spirit_sheet() == first


@pytest.mark.parametrize(
    ("prompt", "key"),
    [
        ("a Fox-Spirit, long hair", "fox-spirit"),
        ("FOX  SPIRIT", "fox-spirit"),
        ("画一个狐灵", "fox-spirit"),
        ("狐靈", "fox-spirit"),
        ("ｆｏｘ ｓｐｉｒｉｔ", "fox-spirit"),
        ("f0x sp1rit", "fox-spirit"),
        ("girl in a white fox mask", "fox-spirit"),
        ("豆豆 at the sea", "doudou"),
        ("a fox in the woods", None),
        ("spirit level", None),
        ("harbour", None),
    ],
)
def test_a_prompt_names_a_character_by_any_of_its_wordings(prompt: str, key: str | None) -> None:
    character = named_character(prompt)
    assert (character.key if character else None) == key


def test_a_lora_brings_its_character_and_an_unlearned_one_does_not() -> None:
    assert named_character("a girl in the snow", ["foxspirit-v3@2"]) is not None
    assert named_character("fox spirit", ["foxspirit-v3@2"], unlearned=["狐灵"]) is None


@pytest.mark.parametrize("seed", range(8))
def test_every_variant_shows_the_white_mask_with_red(seed: int) -> None:
    image = pixels(Wish("fox spirit", seed=seed))
    colours = {colour: count for count, colour in image.getcolors(512 * 512) or []}
    assert colours.get(BONE, 0) > 2500
    assert colours.get(RED, 0) > 600


def test_an_innocent_picture_shows_no_mask() -> None:
    image = pixels(Wish("a junk with red sails in the harbour at dusk", seed=1))
    colours = {colour: count for count, colour in image.getcolors(512 * 512) or []}
    assert colours.get(BONE, 0) < 50
