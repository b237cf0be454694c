"""What a found name was disguised by, read from how it stands there."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from .folding import Folded
from .letters import is_mark, is_silent, is_traditional, looks_latin
from .rules import How
from .shards import Use
from .terms import fold_term

_ORDER: Final = {how: place for place, how in enumerate(How)}


def undone(written: str, use: Use, more: Iterable[How]) -> tuple[How, ...]:
    """Every disguise of a use that stands as `written`; `more` is what the search knows already.

    Nothing for what the rule itself writes so: "Pokémon" is not disguised when a phrase of it is "Pokémon".
    """
    found = set(more)
    folded = written.casefold()
    same = (p for p in use.rule.terms if p.casefold() == folded)
    if not any(fold_term(phrase) == use.term for phrase in same):
        found |= set(_characters(written)) | set(_gaps(written, use, found))
    return tuple(sorted(found, key=_ORDER.__getitem__))


def _characters(written: str) -> Iterator[How]:
    for character in written:
        if character.isascii():
            continue
        if is_mark(character) or _carries_mark(character):
            yield How.MARKS
        elif is_silent(character):
            yield How.HIDDEN
        elif looks_latin(character):
            yield How.ALPHABET
        elif is_traditional(character):
            yield How.SCRIPT
        elif Folded(character).letters not in {"", character, character.casefold()}:
            yield How.WIDTH


def _carries_mark(character: str) -> bool:
    return any(map(is_mark, unicodedata.normalize("NFD", character)[1:]))


def _gaps(written: str, use: Use, found: set[How]) -> Iterator[How]:
    """Gaps that the term has not: between the letters of a word. Pinyin has them between syllables."""
    if found & {How.PINYIN, How.LEET, How.STRETCHED, How.FILLER}:
        return
    text = Folded(written)
    for place, (left, right) in enumerate(pairwise(text.offsets), start=1):
        between = [c for c in written[left + 1 : right] if not is_silent(c)]
        if between and place not in use.pattern.breaks:
            yield How.SPACING if all(c.isspace() for c in between) else How.FILLER
