"""Is a pack's data sound? The published schema first, then what a schema cannot say."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from regimes.build import SOURCE_FIELDS
from regimes.vocabulary import PutBackMode

SCHEMA = Path(__file__).parent / "packs" / "schema.json"

Data = Mapping[str, Any]


def check(data: Data) -> list[str]:
    """Every problem of a pack's data, each saying where it is; empty when the pack is sound."""
    shape = [
        f"{'.'.join(str(part) for part in error.path) or 'pack'}: {error.message}."
        for error in sorted(
            _validator().iter_errors(data), key=lambda error: list(map(str, error.path))
        )
    ]
    return shape or list(_contradictions(data))


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _contradictions(data: Data) -> Iterator[str]:
    yield from _repeated(data)
    yield from _sources(data)
    yield from _references(data)
    yield from _way_back(data)
    for clock in data["clocks"]:
        yield from _clock(clock)


def _repeated(data: Data) -> Iterator[str]:
    for where, name in (
        ("sources", "id"),
        ("clocks", "key"),
        ("notice_elements", "key"),
        ("counter_elements", "key"),
        ("letters", "key"),
    ):
        counts = Counter(entry[name] for entry in data[where])
        yield from (f"{where}: {key} is there {n} times." for key, n in counts.items() if n > 1)


def _sources(data: Data) -> Iterator[str]:
    listed = {source["id"] for source in data["sources"]}
    cited = set(_cited(data))
    yield from (
        f"Source {one} is cited but not listed in [[sources]]." for one in sorted(cited - listed)
    )
    yield from (f"Source {one} is listed but never cited." for one in sorted(listed - cited))


def _cited(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from value if key in SOURCE_FIELDS else _cited(value)
    elif isinstance(data, list):
        for entry in data:
            yield from _cited(entry)


def _references(data: Data) -> Iterator[str]:
    clocks = {clock["key"] for clock in data["clocks"]}
    elements = {element["key"] for element in data["notice_elements"]}
    letters = {letter["key"] for letter in data["letters"]}
    wait = data.get("wait", {})
    duties = [*data["retention"], *data["publication"], *data["reports"]]
    named = [clock["standard_of"] for clock in data["clocks"] if "standard_of" in clock]
    named += [duty["clock"] for duty in duties if "clock" in duty]
    named += [wait[key] for key in ("clock", "window_end") if key in wait]
    yield from (
        f"Clock {key} is referred to but does not exist." for key in named if key not in clocks
    )
    essential = data["completeness"]["essential"]
    yield from (
        f"Essential element {key} does not exist." for key in essential if key not in elements
    )
    wanted = {rule["letter"] for rule in data["forward_rules"]}
    yield from (f"Letter {key} is sent but has no parts." for key in sorted(wanted - letters))


def _way_back(data: Data) -> Iterator[str]:
    if (data["put_back_mode"] == PutBackMode.NONE) == bool(data["counter_elements"]):
        yield "counter_elements: name them, or set put_back_mode to none where nothing is contested."
    waits = data["put_back_mode"] in (
        PutBackMode.WAIT_THEN_END,
        PutBackMode.WAIT_THEN_RESTORE_WINDOW,
    )
    if waits != ("wait" in data):
        yield f"wait: {data['put_back_mode']} {'needs a' if waits else 'has no'} waiting period."
    if data["renotice_bar"] != (
        data["put_back_mode"] == PutBackMode.RESTORE_IMMEDIATELY_BAR_RENOTICE
    ):
        yield "renotice_bar: true exactly where put_back_mode bars a further notice."


def _clock(clock: Data) -> Iterator[str]:
    has_figure = clock["unit"] != "none"
    if has_figure != (clock["length"] > 0):
        yield f"{clock['key']}: a clock has a length exactly when it has a unit."
    if clock["kind"] == "house_sla" and not (has_figure and "standard_of" in clock):
        yield f"{clock['key']}: a house SLA has a figure and names the standard it puts a number to."
    if clock["kind"] == "soft_standard" and (has_figure or "standard" not in clock):
        yield f"{clock['key']}: a soft standard has the law's word and no figure."
    if clock["kind"] == "statutory_number" and not has_figure:
        yield f"{clock['key']}: a statutory number needs its number."
    if clock["calendar"] == "plain" and clock["unit"] == "working_days":
        yield f"{clock['key']}: working days need a law's calendar."
