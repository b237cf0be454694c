"""A few disguises of one name, the same every time: probes of somebody who wants to get round a block."""

import hashlib
from random import Random
from typing import Final

from screening.corpus import evasions

_KINDS: Final = (
    evasions.spaced,
    evasions.zero_width,
    evasions.homoglyphs,
    evasions.leet,
    evasions.traditional,
    evasions.pinyin_plain,
)


def disguises(name: str) -> list[str]:
    """How people write the name so that a word list does not see it; never the name itself."""
    draw = Random(hashlib.sha256(name.encode()).digest())  # noqa: S311 - a corpus, no secrets
    written = [disguise(name, draw) for disguise in _KINDS]
    return [text for text in dict.fromkeys(written) if text and text != name]
