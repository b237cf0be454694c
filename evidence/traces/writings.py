"""Where in a text a label may be written: under its key, in XMP, in YAML, or in the middle of other words."""

import html
import json
import re
from collections.abc import Iterator
from typing import Final

from evidence.traces.pieces import Carrier, Text
from evidence.traces.standard import FIELDS, KEY, Odd

MOST_IN_ONE_TEXT: Final = 5
LONGEST_BODY: Final = 64 << 10
LONGEST_FIELD: Final = 2048
_MOST_PLACES: Final = 100
_INSIDE: Final = re.compile(
    r"""["']?(?<![A-Za-z0-9_])AIGC\\?["']?(:?)\\?["']?\s{0,20}[:=]\s{0,20}(?=["'{\[&\\])"""
)
_YAML: Final = re.compile(r"^AIGC\s{0,8}:[ \t]{0,8}$", re.M)
_YAML_LINE: Final = re.compile(r"^[ \t]{1,40}[-]?[ \t]{0,8}([A-Za-z0-9]{1,40})[ \t]{0,8}:(.*)$")


def writings(text: Text) -> Iterator[tuple[str, tuple[Odd, ...]]]:
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
        yield text.value[match.end() : match.end() + LONGEST_BODY], odd
    if not found and _bare(text.value):
        yield text.value[:LONGEST_BODY], (Odd.KEY_MISSING,)


def _keyed(value: str, colon: bool) -> tuple[str, tuple[Odd, ...]]:
    """The value of a key AIGC, which may repeat the key inside."""
    start = value.lstrip()
    inner = start[: len(KEY) + 1].upper()
    if inner == f"{KEY}:":
        return start[len(KEY) + 1 :][:LONGEST_BODY], (Odd.KEY_COLON,)
    return start[:LONGEST_BODY], (Odd.KEY_COLON,) if colon else ()


def _bare(value: str) -> bool:
    """The seven fields without their key: only an object that names two that nothing else has."""
    start = value.lstrip()[:LONGEST_BODY]
    return start[:1] in {"{", "[", '"'} and "ContentProducer" in start and "ProduceID" in start


def _in_xmp(value: str) -> Iterator[tuple[str, tuple[Odd, ...]]]:
    """As an element, as an attribute, or field by field in either way."""
    at, found = 0, 0
    for _place in range(_MOST_PLACES):
        at = value.find(f":{KEY}", at)
        if at < 0 or found >= MOST_IN_ONE_TEXT:
            break
        rest = value[at + 1 + len(KEY) : at + 1 + len(KEY) + LONGEST_BODY]
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
        start = max(place - LONGEST_BODY // 2, 0)
        yield _field_by_field(value[start : start + LONGEST_BODY]), ()


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
        for line in value[match.end() + 1 : match.end() + LONGEST_BODY].splitlines()[:40]:
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
