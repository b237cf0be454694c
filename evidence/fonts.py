"""Which characters our own fonts can draw. What they cannot is printed visibly, never left out."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from fontTools.ttLib import TTFont

WHOLE: Final = "NotoSansSC-Regular.ttf"  # the others hold parts of what this one holds


@lru_cache(maxsize=1)
def drawable() -> frozenset[str]:
    """Every character the fonts have a shape for."""
    path = Path(settings.BASE_DIR) / "static" / "fonts" / WHOLE
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def legible(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with each character that cannot be seen as `[U+XXXX]`, and the list of those.

    That is what no font of ours has, and the invisible: controls, marks of direction and of zero
    width, with which one text can pass for another.
    """
    unseen = sorted(c for c in set(text) if not _seen(c))
    if not unseen:
        return text, ()
    found = re.compile("[" + re.escape("".join(unseen)) + "]")
    return found.sub(lambda match: _code(match.group()), text), tuple(map(_code, unseen))


def _seen(character: str) -> bool:
    if character in " \t\r\n":
        return True
    return character in drawable() and unicodedata.category(character) not in {"Cc", "Cf"}


def _code(character: str) -> str:
    return f"[U+{ord(character):04X}]"
