"""What the guard is told by its environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

SHORTEST_TOKEN: Final = 16  # characters
DEFAULT_STALENESS: Final = 30  # seconds
_PERCENT: Final = re.compile(r"\d{1,3}(\.\d{1,4})?")


@dataclass(frozen=True)
class Keeping:
    """What is kept of prompt checks, and for how many days: the text of one that a rule matched, its row
    without the text, and the text and row of one drawn by lot. `sample` is the share that is drawn, 0 to 1.
    """

    matched_days: int = 180
    row_days: int = 730
    sample: float = 0.01
    sample_days: int = 7


@dataclass(frozen=True)
class Options:
    """`token` is what callers must show; `max_stale_seconds` is how long the guard trusts rules that it
    cannot confirm with the database."""

    token: str
    max_stale_seconds: float = DEFAULT_STALENESS
    keeping: Keeping = Keeping()


def from_environment(environment: Mapping[str, str] = os.environ) -> Options:
    """GUARD_TOKEN (or GUARD_TOKEN_FILE), GUARD_MAX_STALE_SECONDS and GUARD_KEEP_…. Raises ImproperlyConfigured."""
    token = environment.get("GUARD_TOKEN", "")
    if file := environment.get("GUARD_TOKEN_FILE"):
        token = Path(file).read_text(encoding="utf-8").strip()
    if len(token) < SHORTEST_TOKEN or not token.isascii():
        raise ImproperlyConfigured(
            f"Set GUARD_TOKEN or GUARD_TOKEN_FILE to at least {SHORTEST_TOKEN} plain characters; "
            "the services that ask the guard need the same."
        )
    stale = _seconds(environment.get("GUARD_MAX_STALE_SECONDS"))
    return Options(token, stale, _keeping(environment))


def _keeping(environment: Mapping[str, str]) -> Keeping:
    usual = Keeping()
    matched = _days("GUARD_KEEP_MATCHED_DAYS", environment.get("GUARD_KEEP_MATCHED_DAYS"))
    rows = _days("GUARD_KEEP_ROW_DAYS", environment.get("GUARD_KEEP_ROW_DAYS"))
    sampled = _days("GUARD_KEEP_SAMPLE_DAYS", environment.get("GUARD_KEEP_SAMPLE_DAYS"))
    found = Keeping(
        matched_days=usual.matched_days if matched is None else matched,
        row_days=usual.row_days if rows is None else rows,
        sample=_share(environment.get("GUARD_SAMPLE_PERCENT")),
        sample_days=usual.sample_days if sampled is None else sampled,
    )
    if found.row_days < 1:
        raise ImproperlyConfigured(
            "GUARD_KEEP_ROW_DAYS must be at least 1: a warning is confirmed against its row."
        )
    if found.row_days < found.matched_days:
        raise ImproperlyConfigured(
            "GUARD_KEEP_ROW_DAYS must not be less than GUARD_KEEP_MATCHED_DAYS: a text goes before its row."
        )
    return found


def _days(name: str, value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isdecimal() or int(value) > 3650:
        raise ImproperlyConfigured(f"{name} must be a whole number from 0 to 3650, not {value!r}.")
    return int(value)


def _share(value: str | None) -> float:
    if value is None:
        return Keeping().sample
    if not _PERCENT.fullmatch(value) or float(value) > 100:
        raise ImproperlyConfigured(
            f"GUARD_SAMPLE_PERCENT must be a number from 0 to 100, such as 0.5, not {value!r}."
        )
    return float(value) / 100


def _seconds(value: str | None) -> float:
    if value is None:
        return DEFAULT_STALENESS
    if not value.isdecimal() or not 2 <= int(value) <= 3600:
        raise ImproperlyConfigured(
            f"GUARD_MAX_STALE_SECONDS must be a whole number from 2 to 3600, not {value!r}."
        )
    return float(value)
