"""What the guard is told by its environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

SHORTEST_TOKEN: Final = 16  # characters
DEFAULT_STALENESS: Final = 30  # seconds


@dataclass(frozen=True)
class Options:
    """`token` is what callers must show; `max_stale_seconds` is how long the guard trusts rules that it
    cannot confirm with the database."""

    token: str
    max_stale_seconds: float = DEFAULT_STALENESS


def from_environment(environment: Mapping[str, str] = os.environ) -> Options:
    """GUARD_TOKEN (or GUARD_TOKEN_FILE) and GUARD_MAX_STALE_SECONDS. Raises ImproperlyConfigured."""
    token = environment.get("GUARD_TOKEN", "")
    if file := environment.get("GUARD_TOKEN_FILE"):
        token = Path(file).read_text(encoding="utf-8").strip()
    if len(token) < SHORTEST_TOKEN or not token.isascii():
        raise ImproperlyConfigured(
            f"Set GUARD_TOKEN or GUARD_TOKEN_FILE to at least {SHORTEST_TOKEN} plain characters; "
            "the services that ask the guard need the same."
        )
    return Options(token, _seconds(environment.get("GUARD_MAX_STALE_SECONDS")))


def _seconds(value: str | None) -> float:
    if value is None:
        return DEFAULT_STALENESS
    if not value.isdecimal() or not 2 <= int(value) <= 3600:
        raise ImproperlyConfigured(
            f"GUARD_MAX_STALE_SECONDS must be a whole number from 2 to 3600, not {value!r}."
        )
    return float(value)
