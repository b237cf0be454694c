"""The implicit label of GB 45438-2025, read leniently: as vendors write it, not only as the standard does.

The standard: one key `AIGC`, its value a JSON object of seven text fields (annex E). Seen in the wild: the object
without its key, the key inside the value, numbers for texts, one quoting too many, YAML, `AIGC:` with its colon.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from evidence.traces.pieces import Carrier, Text
from evidence.traces.standard import FIELDS, KEY, Odd
from evidence.traces.writings import LONGEST_FIELD, MOST_IN_ONE_TEXT, writings

LONGEST_RAW: Final = 4096
_BY_NAME: Final = {name.casefold(): name for name in FIELDS}
_LOOSE: Final = re.compile(
    rf"""["']?({"|".join(FIELDS)}):?["']?\s{{0,8}}[:=]\s{{0,8}}["']?([^"',}}\r\n]{{0,{LONGEST_FIELD}}})""",
    re.I,
)


@dataclass(frozen=True)
class Label:
    """One label as it stood. `fields` are those of annex E that were there, as text."""

    carrier: Carrier
    fields: Mapping[str, str]
    odd: tuple[Odd, ...]
    raw: str
    """The writing itself, cut to 4096 signs."""

    @property
    def produce_id(self) -> str:
        """The provider's number for this content; empty when it says nothing."""
        value = self.fields.get("ProduceID", "").strip()
        return "" if _is_zeros(value) else value

    @property
    def propagate_id(self) -> str:
        """The propagating service's number; empty when it says nothing."""
        value = self.fields.get("PropagateID", "").strip()
        return "" if _is_zeros(value) else value


def labels_in(text: Text) -> Iterator[Label]:
    """Every label in one text of a file, at most MOST_IN_ONE_TEXT."""
    for number, (body, odd) in enumerate(writings(text)):
        if number >= MOST_IN_ONE_TEXT:
            return
        yield _label(text, body, odd)


def _label(text: Text, body: str, odd: tuple[Odd, ...]) -> Label:
    read, further = _object(body)
    fields, strange = _fields(read)
    notes = [*odd, *further, *strange, *_about(fields)]
    if text.cut and Odd.TOO_LONG not in notes:
        notes.append(Odd.TOO_LONG)
    raw = "".join(sign if sign.isprintable() else "\ufffd" for sign in body[:LONGEST_RAW])
    return Label(text.carrier, fields, tuple(dict.fromkeys(notes)), raw.strip())


def _object(body: str) -> tuple[dict[str, Any], tuple[Odd, ...]]:
    """The object that is written there: strictly read if possible, else field by field."""
    tidy = html.unescape(body).strip("\x00\ufeff \t\r\n")
    value: Any = tidy
    for _layer in range(3):
        if not isinstance(value, str):
            break
        value = _decoded(value)
    if isinstance(value, dict):
        return _unwrapped(value)
    loose = {match[1]: match[2].strip() for match in _LOOSE.finditer(tidy)}
    return loose, (Odd.NOT_JSON,) if loose else (Odd.UNREADABLE,)


def _decoded(value: str) -> Any:
    """What a text begins with as JSON; None for what is none. A layer of escapes too many is taken off."""
    start = value.lstrip()
    for written in (start, start.replace('\\"', '"')):
        try:
            return json.JSONDecoder(strict=False).raw_decode(written)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(value: dict[str, Any]) -> tuple[dict[str, Any], tuple[Odd, ...]]:
    """Without the key around it, which some write twice."""
    odd: tuple[Odd, ...] = ()
    for _layer in range(3):
        inner = next((name for name in value if name.strip().rstrip(":").upper() == KEY), None)
        if inner is None:
            break
        if inner.strip().endswith(":"):
            odd = (Odd.KEY_COLON,)
        held = value[inner]
        held = _decoded(held) if isinstance(held, str) else held
        if not isinstance(held, dict):
            return {}, (*odd, Odd.UNREADABLE)
        value = held
    return value, odd


def _fields(read: Mapping[str, Any]) -> tuple[dict[str, str], list[Odd]]:
    fields: dict[str, str] = {}
    odd: list[Odd] = []
    for name, value in read.items():
        known = _BY_NAME.get(name.strip().rstrip(":").casefold())
        if known is None:
            odd.append(Odd.FIELDS_UNKNOWN)
            continue
        if name.strip().endswith(":"):
            odd.append(Odd.KEY_COLON)
        if not isinstance(value, str):
            odd.append(Odd.NOT_TEXT)
        if not isinstance(value, str | int):
            continue
        said = str(value)
        if len(said) > LONGEST_FIELD:
            odd.append(Odd.TOO_LONG)
        if not said.isprintable():
            odd.append(Odd.CONTROL_SIGNS)
        fields[known] = "".join(sign for sign in said[:LONGEST_FIELD] if sign.isprintable())
    return fields, odd


def _about(fields: Mapping[str, str]) -> Iterator[Odd]:
    label, number = fields.get("Label", "").strip(), fields.get("ProduceID", "").strip()
    if not fields:
        yield Odd.UNREADABLE
        return
    if not label:
        yield Odd.LABEL_MISSING
    elif label not in {"1", "2", "3"}:
        yield Odd.LABEL_UNKNOWN
    if not fields.get("ContentProducer", "").strip():
        yield Odd.PRODUCER_MISSING
    if not number:
        yield Odd.PRODUCE_ID_MISSING
    elif _is_zeros(number):
        yield Odd.PRODUCE_ID_ZEROS
    if len(fields) < len(FIELDS):
        yield Odd.FIELDS_MISSING


def _is_zeros(value: str) -> bool:
    return bool(value) and not value.strip("0-_ ")
