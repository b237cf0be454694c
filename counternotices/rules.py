"""The kinds of clock that belong to counter-notices."""

from typing import Final

REVIEW: Final = "counternotices.review"
WAIT: Final = "counternotices.wait"
