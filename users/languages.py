"""The languages people may choose: Django's code, and the tag under which a choice is stored."""

from collections.abc import Mapping
from typing import Final

TAGS: Final[Mapping[str, str]] = {"en": "en", "zh-hans": "zh-Hans"}
CODES: Final[Mapping[str, str]] = {tag: code for code, tag in TAGS.items()}
