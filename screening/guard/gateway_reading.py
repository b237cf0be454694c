"""The request of LiteLLM's Generic Guardrail API: every text that may reach a model, or a refusal.

Written from LiteLLM 1.106.2. A field that we do not know may carry a prompt, so it is refused, not skipped.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any, Final, Literal

from screening.guard.gateway_messages import PARTS, Said, Unknown, called, said
from screening.guard.problems import invalid
from screening.guard.questions import LONGEST_NAME, document, halved, pointer

Language = Literal["en", "zh-Hans"]
MOST_LETTERS: Final = 1_000_000  # code points of all texts of a request
_LANGUAGES: Final[Mapping[str, Language]] = {"en": "en", "zh": "zh-Hans"}
_JOINT: Final = "-"  # a name torn over two parts is one word; two ordinary words are not
_USER: Final = "user_api_key_end_user_id"
_PARAMETERS: Final = "additional_provider_specific_params"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a gateway asked. `texts` are those to be checked, each by itself; `user` is the end user as the
    platform calls them, `call` LiteLLM's own number: both None where LiteLLM gives none. `notes` names what
    was not looked at."""

    input_type: str
    texts: tuple[str, ...]
    user: str | None
    call: str | None
    language: Language | None
    warned_pass: bool
    notes: tuple[str, ...]


def read(body: bytes) -> Asked:
    """The request in a body. Raises Problem: 400 for what is no JSON, 422 for all else."""
    asked = document(body)
    if not isinstance(asked, dict):
        raise invalid({"": "The body must be a JSON object with `input_type` and `texts`."})
    errors = {f"/{pointer(name)}": s for name, value in asked.items() if (s := _fault(name, value))}
    if "input_type" not in asked:
        errors["/input_type"] = "`input_type` is missing; it is `request` or `response`."
    if errors:
        raise invalid(errors)
    messages = [said(message) for message in asked.get("structured_messages") or ()]
    texts = tuple(_texts(asked, messages))
    _refuse_texts(asked, texts)
    return Asked(
        input_type=asked["input_type"],
        texts=texts,
        user=(asked.get("request_data") or {}).get(_USER) or None,
        call=asked.get("litellm_call_id"),
        language=_language(asked),
        warned_pass=(asked.get(_PARAMETERS) or {}).get("on_warn") == "pass",
        notes=tuple(_notes(asked, messages)),
    )


def _refuse_texts(asked: Mapping[str, Any], texts: tuple[str, ...]) -> None:
    if asked.get("texts") is None and not texts:
        raise invalid({"/texts": "`texts` is missing: there is nothing to check."})
    if sum(map(len, texts)) > MOST_LETTERS:
        sentence = f"The texts must not be longer than {MOST_LETTERS} characters together."
        raise invalid({"/texts": sentence})
    if any(map(halved, texts)):
        raise invalid({"/texts": "A text holds half a character (a lone surrogate)."})


def _texts(asked: Mapping[str, Any], messages: Sequence[Said]) -> Iterator[str]:
    """Each text once: those that LiteLLM took out, those it left in messages and tool calls, and the parts
    that one side says in a row, joined."""
    runs = list(_runs(messages))
    yield from dict.fromkeys(
        text
        for text in chain(
            asked.get("texts") or (),
            *runs,
            *(message.beside for message in messages),
            *map(called, asked.get("tool_calls") or ()),
            (_JOINT.join(run) for run in runs if len(run) > 1),
        )
        if text
    )


def _runs(messages: Iterable[Said]) -> Iterator[list[str]]:
    for _role, said_ in groupby(messages, key=lambda message: message.role):
        yield [text for message in said_ for text in message.parts if text]


def _notes(asked: Mapping[str, Any], messages: Sequence[Said]) -> Iterator[str]:
    notes = {f"{name}-not-checked" for name in ("images", "tools") if asked.get(name)}
    notes.update(*(message.notes for message in messages))
    parts = {text for message in messages for text in message.parts}
    if messages and not parts.issuperset(filter(None, asked.get("texts") or ())):
        notes.add(PARTS)  # LiteLLM leaves out what stands before a part that it does not know
    yield from sorted(notes)


def _language(asked: Mapping[str, Any]) -> Language | None:
    """As the operator says, or as the browser does where `extra_headers` lets that through."""
    if told := (asked.get(_PARAMETERS) or {}).get("language"):
        return _LANGUAGES[told[:2]]
    headers = {name.lower(): said for name, said in (asked.get("request_headers") or {}).items()}
    for tag in headers.get("accept-language", "").split(","):
        if (known := _LANGUAGES.get(tag.strip()[:2].lower())) is not None:
            return known
    return None


def _fault(name: str, value: object) -> str:
    rule = _FIELDS.get(name)
    if rule is None:
        return "" if value is None else f"`{name[:50]}` is not a field that this guard knows."
    return rule(name, value)


def _input_type(name: str, value: object) -> str:
    return "" if value in ("request", "response") else f"`{name}` must be `request` or `response`."


def _name(name: str, value: object) -> str:
    return "" if value is None or isinstance(value, str) else f"`{name}` must be a string or null."


def _strings_or_null(name: str, value: object) -> str:
    if value is None or (isinstance(value, list) and all(isinstance(v, str) for v in value)):
        return ""
    return f"`{name}` must be a list of strings."


def _objects(name: str, value: object) -> str:
    if value is None or (isinstance(value, list) and all(isinstance(v, dict) for v in value)):
        return ""
    return f"`{name}` must be a list of objects, or null."


def _object(name: str, value: object) -> str:
    return (
        "" if value is None or isinstance(value, dict) else f"`{name}` must be an object or null."
    )


def _messages(name: str, value: Any) -> str:
    if sentence := _objects(name, value):
        return sentence
    try:
        for message in value or ():
            said(message)
    except Unknown as unknown:
        return f"`{name}` was not understood. {unknown}"
    return ""


def _calls(name: str, value: Any) -> str:
    if sentence := _objects(name, value):
        return sentence
    for call in value or ():
        function = call.get("function")
        written = function.get("arguments") if isinstance(function, dict) else None
        if not isinstance(function, dict | None) or not isinstance(written, str | None):
            return f"Each `function` in `{name}` must be an object whose `arguments` are a string."
    return ""


def _people(name: str, value: Any) -> str:
    if sentence := _object(name, value):
        return sentence
    user = (value or {}).get(_USER)
    if user is None or (isinstance(user, str) and len(user) <= LONGEST_NAME and not halved(user)):
        return ""
    return f"`{_USER}` must be a string of at most {LONGEST_NAME} characters, or null."


def _headers(name: str, value: Any) -> str:
    if sentence := _object(name, value):
        return sentence
    if all(isinstance(said, str) for said in (value or {}).values()):
        return ""
    return f"The values in `{name}` must be strings."


def _parameters(name: str, value: Any) -> str:
    if sentence := _object(name, value):
        return sentence
    if (value or {}).get("language") not in (None, "en", "zh-Hans"):
        return f"`language` in `{name}` must be `en` or `zh-Hans`."
    if (value or {}).get("on_warn") not in (None, "block", "pass"):
        return f"`on_warn` in `{name}` must be `block` or `pass`."
    return ""


_FIELDS: Final[Mapping[str, Callable[[str, Any], str]]] = {
    "input_type": _input_type,
    "texts": _strings_or_null,
    "structured_messages": _messages,
    "tool_calls": _calls,
    "images": _strings_or_null,
    "tools": _objects,
    "request_data": _people,
    "request_headers": _headers,
    _PARAMETERS: _parameters,
    "litellm_call_id": _name,
    "litellm_trace_id": _name,
    "litellm_version": _name,
    "model": _name,
}
