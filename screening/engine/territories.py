"""Where a rule holds: ISO 3166-1 two-letter codes, and EU for all member states of the Union."""

from typing import Final

EU: Final = frozenset(
    {
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    }
)


def covers(rule: str, place: str | None) -> bool:
    """Whether a rule for `rule` ('' is everywhere) holds at `place`. An unknown place is always covered."""
    if not rule or place is None or rule == place:
        return True
    return (rule == "EU" and place in EU) or (place == "EU" and rule in EU)
