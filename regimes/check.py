"""Is a pack's data sound? The published schema first, then what a schema cannot say."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from regimes.build import SOURCE_FIELDS
from regimes.vocabulary import PutBackMode

SCHEMA = Path(__file__).parent / "packs" / "schema.json"

Data = Mapping[str, Any]


MEND = {
    "required": "Add it; packs/schema.json says what it holds.",
    "additionalProperties": "Remove it, or correct its spelling.",
    "enum": "Write one of these words.",
    "const": "Write it like that.",
    "pattern": "Write it in that form.",
    "type": "Write it as packs/schema.json asks.",
    "minItems": "Give at least one.",
    "minLength": "Write a text.",
    "minimum": "Write a larger number.",
    "uniqueItems": "Name each once.",
    "anyOf": "Write it in one of the forms that packs/schema.json allows.",
}


def check(data: Data) -> list[str]:
    """Every problem of a pack's data: which key, what is wrong and how to mend it; empty when the pack is sound."""
    errors = sorted(_validator().iter_errors(data), key=lambda error: list(map(str, error.path)))
    shape = [
        f"{_where(data, error.path)}: {error.message}. {MEND.get(str(error.validator), '')}".strip()
        for error in errors
    ]
    return shape or list(_contradictions(data))


def _where(data: Any, path: Iterable[str | int]) -> str:
    """The place as a person looks for it: clocks[cn.take_measures].kind, and not clocks.3.kind."""
    named = ""
    for part in path:
        inside = data[part]
        if isinstance(part, int):
            known = inside if isinstance(inside, dict) else {}
            named += f"[{known.get('key') or known.get('id') or part + 1}]"
        else:
            named += f".{part}"
        data = inside
    return named.lstrip(".") or "pack"


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
        yield from (
            f"{where}[{key}]: is there {n} times. Keep one." for key, n in counts.items() if n > 1
        )


def _sources(data: Data) -> Iterator[str]:
    listed = {source["id"] for source in data["sources"]}
    cited = set(_cited(data))
    yield from (
        f"sources: {one} is cited but not listed. Add it to [[sources]]."
        for one in sorted(cited - listed)
    )
    yield from (
        f"sources[{one}]: is listed but never cited. Cite or remove it."
        for one in sorted(listed - cited)
    )


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
        f"clocks: {key} is referred to but does not exist. Add it or name another."
        for key in named
        if key not in clocks
    )
    essential = data["completeness"]["essential"]
    yield from (
        f"completeness.essential: {key} is no notice element. Add it or name another."
        for key in essential
        if key not in elements
    )
    wanted = {rule["letter"] for rule in data["forward_rules"]}
    yield from (
        f"letters: {key} is sent but has no parts. Add it to [[letters]]."
        for key in sorted(wanted - letters)
    )


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
    where = f"clocks[{clock['key']}]"
    has_figure = clock["unit"] != "none"
    if has_figure != (clock["length"] > 0):
        yield f"{where}: a clock has a length exactly when it has a unit. Set both or neither."
    if clock["kind"] == "house_sla" and not (has_figure and "standard_of" in clock):
        yield f"{where}: a house SLA has a figure and names in standard_of the standard it serves. Add them."
    if clock["kind"] == "soft_standard" and (has_figure or "standard" not in clock):
        yield f"{where}: a soft standard has the law's word in standard and no figure. Mend the one or the other."
    if clock["kind"] == "statutory_number" and not has_figure:
        yield f"{where}: a statutory number needs its number. Set length and unit."
    if clock["kind"] == "statutory_date" and "on_date" not in clock:
        yield f"{where}: a statutory date needs its day. Set on_date."
    if clock["kind"] == "statutory_relative" and "relative_to" not in clock:
        yield f"{where}: it hangs on another event. Name it in relative_to."
    if clock["calendar"] == "plain" and clock["unit"] == "working_days":
        yield f"{where}: working days need a law's calendar. Name cn, us-federal or eu."
