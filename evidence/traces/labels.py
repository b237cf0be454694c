"""The implicit label of GB 45438-2025, read leniently: as vendors write it, not only as the standard does.

The standard: one key `AIGC`, its value a JSON object of seven text fields (annex E). Seen in the wild: the object
without its key, the key inside the value, numbers for texts, one quoting too many, YAML, `AIGC:` with its colon.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from evidence.traces.pieces import Carrier, Text

FIELDS: Final = (
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
)
KEY: Final = "AIGC"
MOST_IN_ONE_TEXT: Final = 5
LONGEST_FIELD: Final = 2048
LONGEST_RAW: Final = 4096
_LONGEST_BODY: Final = 64 << 10
_MOST_PLACES: Final = 100
_BY_NAME: Final = {name.casefold(): name for name in FIELDS}
_INSIDE: Final = re.compile(
    r"""["']?(?<![A-Za-z0-9_])AIGC\\?["']?(:?)\\?["']?\s{0,20}[:=]\s{0,20}(?=["'{\[&\\])"""
)
_YAML: Final = re.compile(r"^AIGC\s{0,8}:[ \t]{0,8}$", re.M)
_YAML_LINE: Final = re.compile(r"^[ \t]{1,40}[-]?[ \t]{0,8}([A-Za-z0-9]{1,40})[ \t]{0,8}:(.*)$")
_LOOSE: Final = re.compile(
    rf"""["']?({"|".join(FIELDS)}):?["']?\s{{0,8}}[:=]\s{{0,8}}["']?([^"',}}\r\n]{{0,{LONGEST_FIELD}}})""",
    re.I,
)


class Odd(StrEnum):
    """What is strange about a label. None of it makes the label worthless, and none of its absence makes it true."""

    LABEL_UNKNOWN = "label_unknown"
    LABEL_MISSING = "label_missing"
    NOT_TEXT = "not_text"
    PRODUCE_ID_MISSING = "produce_id_missing"
    PRODUCE_ID_ZEROS = "produce_id_zeros"
    PRODUCER_MISSING = "producer_missing"
    KEY_COLON = "key_colon"
    KEY_MISSING = "key_missing"
    NOT_JSON = "not_json"
    FIELDS_MISSING = "fields_missing"
    FIELDS_UNKNOWN = "fields_unknown"
    TOO_LONG = "too_long"
    CONTROL_SIGNS = "control_signs"
    UNREADABLE = "unreadable"


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
    for number, (body, odd) in enumerate(_bodies(text)):
        if number >= MOST_IN_ONE_TEXT:
            return
        yield _label(text, body, odd)


def _bodies(text: Text) -> Iterator[tuple[str, tuple[Odd, ...]]]:
    """What may be the writing of a label, without its key."""
    name = text.key.strip()
    last = re.split(r"[:./\\]", name.rstrip(":"))[-1]
    if last.upper() == KEY:
        yield _keyed(text.value, name.endswith(":"))
        return
    if text.carrier == Carrier.XMP:
        yield from _in_xmp(text.value)
        return
    found = False
    for body in _in_yaml(text.value):
        found = True
        yield body, ()
    for match in _matches(_INSIDE, text.value):
        found = True
        bare = ":" in match[0] and match[0][:1] not in {'"', "'"} and text.carrier != Carrier.TEXT
        odd = (Odd.KEY_COLON,) if match[1] or bare else ()
        yield text.value[match.end() : match.end() + _LONGEST_BODY], odd
    if not found and _bare(text.value):
        yield text.value[:_LONGEST_BODY], (Odd.KEY_MISSING,)


def _keyed(value: str, colon: bool) -> tuple[str, tuple[Odd, ...]]:
    """The value of a key AIGC, which may repeat the key inside."""
    start = value.lstrip()
    inner = start[: len(KEY) + 1].upper()
    if inner == f"{KEY}:":
        return start[len(KEY) + 1 :][:_LONGEST_BODY], (Odd.KEY_COLON,)
    return start[:_LONGEST_BODY], (Odd.KEY_COLON,) if colon else ()


def _bare(value: str) -> bool:
    """The seven fields without their key: only an object that names two that nothing else has."""
    start = value.lstrip()[:_LONGEST_BODY]
    return start[:1] in {"{", "[", '"'} and "ContentProducer" in start and "ProduceID" in start


def _in_xmp(value: str) -> Iterator[tuple[str, tuple[Odd, ...]]]:
    """As an element, as an attribute, or field by field in either way."""
    at, found = 0, 0
    for _place in range(_MOST_PLACES):
        at = value.find(f":{KEY}", at)
        if at < 0 or found >= MOST_IN_ONE_TEXT:
            break
        rest = value[at + 1 + len(KEY) : at + 1 + len(KEY) + _LONGEST_BODY]
        at += 1
        body = rest.lstrip()
        odd: tuple[Odd, ...] = ()
        if body[:1] == ":":
            body, odd = body[1:].lstrip(), (Odd.KEY_COLON,)
        if body[:1] == "=" and body[1:].lstrip()[:1] in {'"', "'"}:
            body = body[1:].lstrip()
            found += 1
            yield html.unescape(body[1:].partition(body[0])[0]), odd
        elif ">" in body[:400] and value[max(at - 400, 0) : at].rpartition("<")[2][:1] != "/":
            inner = body.partition(">")[2].partition(f":{KEY}")[0]
            found += 1
            yield _element(inner), odd
    if not found and (place := value.find("ProduceID")) >= 0:
        start = max(place - _LONGEST_BODY // 2, 0)
        yield _field_by_field(value[start : start + _LONGEST_BODY]), ()


def _element(inner: str) -> str:
    """The words of an element, or its children as an object."""
    words = inner.rpartition("</")[0].strip()
    if words[:9] == "<![CDATA[":
        return words[9:].partition("]]>")[0]
    return _field_by_field(words) if words[:1] == "<" else html.unescape(words)


def _field_by_field(value: str) -> str:
    found = {}
    for name in FIELDS:
        match = re.search(
            rf""":?\b{name}\s{{0,8}}(?:=\s{{0,8}}["']([^"'<>]{{0,2100}})|>([^<]{{0,2100}})<)""",
            value,
        )
        if match:
            found[name] = html.unescape(match[1] or match[2] or "")
    return json.dumps(found)


def _in_yaml(value: str) -> Iterator[str]:
    """A line `AIGC:` and the indented lines below it."""
    for match in _matches(_YAML, value):
        found: dict[str, str] = {}
        for line in value[match.end() + 1 : match.end() + _LONGEST_BODY].splitlines()[:40]:
            read = _YAML_LINE.match(line[: LONGEST_FIELD + 100])
            if read is None:
                break
            found[read[1]] = _unquoted(read[2].strip())
        if found:
            yield json.dumps(found)


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in {'"', "'"}
    return value[1:-1] if quoted else value


def _matches(pattern: re.Pattern[str], value: str) -> Iterator[re.Match[str]]:
    for number, match in enumerate(pattern.finditer(value)):
        if number >= MOST_IN_ONE_TEXT:
            return
        yield match


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
