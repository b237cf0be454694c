"""The page a reader asks for."""

from typing import Final

MOST_PAGES: Final = 10_000


def page_number(text: str | None) -> int:
    """The number that `text` names, from 1 to MOST_PAGES; anything odd means the first page."""
    digits = (text or "").lstrip("0")
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return min(int(digits[: len(str(MOST_PAGES)) + 1]), MOST_PAGES)
