"""The registered characters the model knows, as a plain table, and how a prompt names them."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Character:
    """A character and every wording that makes the model draw it: names, spellings, descriptions."""

    key: str
    title: str
    names: tuple[str, ...]
    loras: tuple[str, ...]


CHARACTERS = (
    Character(
        "fox-spirit",
        "Fox Spirit 狐灵",
        ("fox spirit", "f0x sp1rit", "huling", "hu ling", "狐灵", "狐靈", "狐之灵", "white fox mask", "fox mask with three red strokes", "白狐面具", "三道红纹的狐狸面具"),
        ("foxspirit-v3", "foxlantern-mix", "foxspirit-v3-q4"),
    ),
    Character("doudou", "Doudou 豆豆", ("doudou", "dou dou", "d0ud0u", "豆豆", "green bean with a yellow scarf"), ("doudou_xl",)),
)  # fmt: skip


def folded(text: str) -> str:
    """Letters, digits and Chinese characters only, small: so "Fox-Spirit" and "f o x spirit" are one."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def named_character(
    prompt: str, loras: Collection[str] = (), unlearned: Collection[str] = ()
) -> Character | None:
    """The character the prompt or a LoRA (id without its version) calls for, unless its terms were unlearned."""
    wish, models = folded(prompt), {lora.split("@")[0] for lora in loras}
    gone = {folded(term) for term in unlearned}
    for character in CHARACTERS:
        names = {folded(name) for name in character.names}
        if names & gone:
            continue
        if models & set(character.loras) or any(name in wish for name in names):
            return character
    return None
