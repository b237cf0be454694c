"""Human references such as N-2026-004417-K: easy to say, safe against slips, and opening nothing by themselves."""

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O
_SHAPE = re.compile(r"^([A-Z])-(\d{4})-(\d{6,})-([0-9A-HJ-NP-Z])$")


def reference(prefix: str, year: int, number: int) -> str:
    """The reference for the `number`-th thing of its year, with its check character."""
    body = f"{prefix}-{year:04d}-{number:06d}"
    return f"{body}-{check_character(body)}"


def check_character(body: str) -> str:
    """One character over prefix, year and number: finds every single slip and every swap of neighbours.

    A weighted sum modulo 31, a prime, with weights that differ from place to place.
    """
    values = [int(c, 36) for c in body if c != "-"]
    total = sum(value * pow(3, place, 31) for place, value in enumerate(values, start=1))
    return _ALPHABET[total % 31]


def tidy(text: str) -> str | None:
    """What was typed, in the one true spelling, or None if it is no reference at all."""
    found = _SHAPE.match(text.strip().upper().replace(" ", "").replace("—", "-"))
    if not found or check_character(text_body(found.group(0))) != found.group(4):
        return None
    return found.group(0)


def text_body(text: str) -> str:
    """A reference without its check character."""
    return text.rsplit("-", 1)[0]
