"""The messages of a conversation, as LiteLLM sends them: every text in them, or a refusal.

What a field holds is read to its depth. Known are the fields of OpenAI's messages and of LiteLLM 1.106.2; any
other may carry a prompt. Bytes of files, pictures and sounds cannot be read: they are noted.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from urllib.parse import unquote_to_bytes

PARTS: Final = "parts-not-checked"
ROLES: Final = frozenset({"system", "developer", "user", "assistant", "tool", "function"})
_WRITTEN: Final = re.compile(r"data:(?:text/|application/json)[^,]*?(;base64)?,", re.IGNORECASE)
_NAMED: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")  # what else stands there may be a prompt


class Unknown(ValueError):
    """A message holds what cannot be read; the text says where, and quotes nothing a person wrote."""


@dataclass
class Said:
    """What one message says: `parts` follow one another in its content, `beside` stands by itself, and
    `notes` names what was not looked at."""

    role: str
    parts: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)


Reader = Callable[[Any, Said], None]


def said(message: Mapping[str, Any]) -> Said:
    """What a message says. Raises Unknown."""
    role = message.get("role")
    if not isinstance(role, str) or role not in ROLES:
        raise Unknown("Each message must have a role that is known.")
    told = Said(role)
    _fields({name: v for name, v in message.items() if name != "role"}, _MESSAGE, told)
    return told


def called(call: Mapping[str, Any]) -> Iterator[str]:
    """What a model asks, or asked, of a tool: the prompt of a drawing tool, for instance."""
    function = call.get("function")
    written = function.get("arguments") if isinstance(function, dict) else call.get("arguments")
    yield from _strings(call)
    if isinstance(written, str):
        yield from _strings_in(written)


def _fields(holder: Mapping[str, Any], known: Mapping[str, Reader], told: Said) -> None:
    for name, value in holder.items():
        if value is None:
            continue
        if (read := known.get(name)) is not None:
            read(value, told)
        elif value:
            what = f"`{name}`" if _NAMED.fullmatch(name) else "A field"
            raise Unknown(f"{what} in a message is not a field that this guard knows.")


def _content(content: Any, told: Said) -> None:
    if isinstance(content, str):
        told.parts.append(content)
        return
    if not isinstance(content, list) or not all(isinstance(part, dict) for part in content):
        raise Unknown("The content of a message must be a string, a list of parts, or null.")
    if not content:
        _left_out(told)
    for part in content:
        _fields(part, _REDACTED if part.get("type") == "redacted_thinking" else _PART, told)


def _left_out(told: Said) -> None:
    """LiteLLM leaves out parts that it does not know, and sends them to the model all the same."""
    if told.role != "assistant":
        raise Unknown("A message holds no part of those that LiteLLM was asked to pass on.")
    told.notes.add(PARTS)


def _text(value: Any, told: Said) -> None:
    if not isinstance(value, str):
        raise Unknown("A text in a message must be a string.")
    told.parts.append(value)


def _deep(value: Any, told: Said) -> None:
    told.beside += _strings(value)


def _calls(value: Any, told: Said) -> None:
    calls = [value] if isinstance(value, dict) else value
    if not isinstance(calls, list) or not all(isinstance(call, dict) for call in calls):
        raise Unknown("The calls of tools in a message must be objects.")
    for call in calls:
        told.beside += called(call)


def _sealed(sealed: Collection[str], note: str, value: Any, told: Said) -> None:
    """Read what stands beside bytes, and the bytes too if they say that they are text."""
    if isinstance(value, list):
        for one in value:
            _sealed(sealed, note, one, told)
    elif isinstance(value, dict):
        told.beside += _strings({name: v for name, v in value.items() if name not in sealed})
        for name in sealed:
            _bytes(note, value.get(name), told)
    else:
        _bytes(note, value, told)


def _bytes(note: str, value: Any, told: Said) -> None:
    if value is None:
        return
    if not isinstance(value, str):
        raise Unknown("The bytes of a file, picture or sound in a message must be a string.")
    written = _written(value)
    if written is None:
        told.notes.add(f"{note}-not-checked")
    else:
        told.beside.append(written)


def _written(address: str) -> str | None:
    """The text in a `data:` address of a text; None for every other."""
    found = _WRITTEN.match(address)
    if found is None:
        return None
    rest = unquote_to_bytes(address[found.end() :].encode("utf-8", "surrogatepass"))
    try:
        return (base64.b64decode(rest) if found[1] else rest).decode("utf-8")
    except (binascii.Error, ValueError):
        return None  # in another encoding, or no text: not looked at, and noted


def _source(value: Any, told: Said) -> None:
    """Of a document: its text, or bytes, or where they lie."""
    if isinstance(value, dict) and value.get("type") == "text":
        _deep(value, told)
    else:
        _sealed(("data", "url", "file_id"), "files", value, told)


def _strings(value: Any) -> Iterator[str]:
    """Every string in a JSON value, names of fields too, in their order."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting.extend(reversed(one.values()))
            waiting.extend(reversed(one))
        elif isinstance(one, list):
            waiting.extend(reversed(one))


def _strings_in(written: str) -> Iterator[str]:
    """The strings in a JSON text, which may have been written in escapes. While it streams it is no JSON yet."""
    try:
        value = json.loads(written)
    except (ValueError, RecursionError):
        return
    yield from _strings(value)


_REASONED: Final = partial(_sealed, ("signature", "data", "encrypted_content"), "reasoning")
_MESSAGE: Final[Mapping[str, Reader]] = {
    "content": _content,
    **dict.fromkeys(("name", "tool_call_id", "refusal", "reasoning_content"), _deep),
    **dict.fromkeys(("annotations", "cache_control"), _deep),
    **dict.fromkeys(("tool_calls", "function_call"), _calls),
    **dict.fromkeys(("thinking_blocks", "reasoning_items"), _REASONED),
    "audio": partial(_sealed, ("data",), "sounds"),
}
_PART: Final[Mapping[str, Reader]] = {
    "text": _text,
    **dict.fromkeys(("type", "thinking", "refusal", "tool_name", "title", "context"), _deep),
    **dict.fromkeys(("annotations", "cache_control", "citations"), _deep),
    "image_url": partial(_sealed, ("url",), "images"),
    "video_url": partial(_sealed, ("url",), "videos"),
    "audio_url": partial(_sealed, ("url",), "sounds"),
    "input_audio": partial(_sealed, ("data",), "sounds"),
    "file": partial(_sealed, ("file_data", "file_id"), "files"),
    "source": _source,
    "signature": _REASONED,
}
_REDACTED: Final[Mapping[str, Reader]] = {
    "type": _deep,
    "cache_control": _deep,
    "data": _REASONED,
}
