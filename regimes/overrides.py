"""What the operator may choose: the waiting period's setting and the figures of house SLAs, never a figure of the law."""

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from regimes.errors import OverrideRefused
from regimes.vocabulary import ClockKind

Overrides = Mapping[str, Any]
OWN = "own"
"""The setting of a waiting period whose figure the operator wrote himself."""
ALLOWED = ("wait", "clocks")
CLOCK_FIELDS = ("length", "unit", "calendar")
UNITS = ("working_days", "calendar_days", "months", "hours")


def apply(data: dict[str, Any], overrides: Overrides) -> dict[str, Any]:
    """The pack's data with the operator's choices laid over them.

    `overrides` is `{"wait": "<setting>", "clocks": {"<house SLA>": {"length": 2, "unit": "working_days"}}}`, both
    optional. Raises OverrideRefused naming what may be chosen.
    """
    unknown = set(overrides) - set(ALLOWED)
    if unknown:
        raise OverrideRefused(
            f"{data['id']}: {', '.join(sorted(unknown))} cannot be overridden; only {' and '.join(ALLOWED)} can."
        )
    changed = deepcopy(data)
    clocks = {clock["key"]: clock for clock in changed["clocks"]}
    for key, figures in overrides.get("clocks", {}).items():
        _set_clock(clocks, key, figures)
    if "wait" in changed and changed["wait"]["clock"] in overrides.get("clocks", {}):
        changed["wait"]["setting"] = OWN
    elif "wait" in changed:
        _set_wait(changed["wait"], clocks, overrides.get("wait", changed["wait"]["setting"]))
    elif "wait" in overrides:
        raise OverrideRefused(f"{data['id']} has no waiting period to set.")
    return changed


def canonical(overrides: Overrides) -> str:
    """The overrides as one line of JSON that is the same for the same choices; empty when there are none."""
    return json.dumps(overrides, sort_keys=True, ensure_ascii=False) if overrides else ""


def _set_clock(clocks: Mapping[str, dict[str, Any]], key: str, figures: Mapping[str, Any]) -> None:
    clock = clocks.get(key)
    if clock is None or clock["kind"] != ClockKind.HOUSE_SLA:
        names = sorted(name for name, one in clocks.items() if one["kind"] == ClockKind.HOUSE_SLA)
        raise OverrideRefused(f"{key} is not a house SLA; the house may set {', '.join(names)}.")
    unknown = set(figures) - set(CLOCK_FIELDS)
    length, unit = figures.get("length", clock["length"]), figures.get("unit", clock["unit"])
    if unknown or type(length) is not int or length < 1 or unit not in UNITS:
        raise OverrideRefused(
            f"{key}: give length (a whole number from 1), unit ({', '.join(UNITS)}) and calendar, nothing else."
        )
    clock.update(figures)
    _keep_within_cap(clock)


def _set_wait(wait: dict[str, Any], clocks: Mapping[str, dict[str, Any]], setting: str) -> None:
    settings = {one["key"]: one for one in wait.get("settings", [])}
    if not settings and not setting:
        return
    if setting not in settings:
        names = ", ".join(settings) or "none: the law leaves no choice"
        raise OverrideRefused(f"No waiting period {setting!r}; the settings are {names}.")
    if setting != wait["setting"]:
        clock = clocks[wait["clock"]]
        clock.update({field: settings[setting][field] for field in CLOCK_FIELDS})
        wait["setting"] = setting


def _keep_within_cap(clock: Mapping[str, Any]) -> None:
    cap = clock.get("cap")
    alike = cap and (cap["unit"], cap["calendar"]) == (clock["unit"], clock["calendar"])
    if cap and alike and clock["length"] > cap["length"]:
        raise OverrideRefused(
            f"{clock['key']}: {clock['length']} is longer than the cap of {cap['length']} {cap['unit']}."
        )
