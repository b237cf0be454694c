"""Amounts as they are written down: exact, with their currency, alike in every language."""

from decimal import Decimal
from typing import Final

NBSP: Final = "\u00a0"


def amount(value: Decimal | None, currency: str) -> str:
    """As `CNY 300,000.00`; a dash for a sum that was not named."""
    return "–" if value is None else f"{currency}{NBSP}{value:,.2f}"
