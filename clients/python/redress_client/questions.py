"""What is asked: prompts that are strings, and for whom and where. Everything else is refused."""

import re
from collections.abc import Callable, Mapping
from typing import Final, Literal, TypedDict, cast

from redress_client.errors import Refused
from redress_client.wire import PromptCheck

LONGEST_PROMPT: Final = 20_000  # code points, each of the two prompts
LONGEST_NAME: Final = 200
_TERRITORY: Final = re.compile(r"[A-Z]{2}")


class Details(TypedDict, total=False):
    """For whom and where: `user` and `surface` as the platform calls them, `language` (`en`, `zh-Hans`),
    `territory` (two capital letters); `confirmation`, the token of a warning that the user confirmed."""

    user: str
    surface: str
    language: Literal["en", "zh-Hans"]
    territory: str
    confirmation: str


def question(prompt: str, negative_prompt: str | None, details: Details) -> PromptCheck:
    """The check to be asked. Raises TypeError for a prompt that is no string."""
    if not isinstance(prompt, str) or not isinstance(negative_prompt, str | None):
        raise TypeError("A prompt must be a string; parts and lists are never waved through.")
    check: PromptCheck = {"prompt": prompt, **details}
    if negative_prompt is not None:
        check["negative_prompt"] = negative_prompt
    return check


def refuse_faults(check: PromptCheck) -> None:
    """Raises Refused for what the guard would refuse, and for a confirmation: only the guard can take one."""
    given = cast("Mapping[str, object]", check)
    errors = {f"/{name}": fault for name, value in given.items() if (fault := _fault(name, value))}
    if errors:
        raise Refused(422, "The prompt check was refused: " + " ".join(errors.values()), errors)


def _fault(name: str, value: object) -> str:
    rule = _FIELDS.get(name)
    if rule is None:
        return f"`{name[:50]}` is not a field of a prompt check."
    if not isinstance(value, str):
        return f"`{name}` must be a string."
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        return f"`{name}` holds half a character (a lone surrogate)."
    return rule(name, value)


def _not_longer(longest: int) -> Callable[[str, str], str]:
    def fault(name: str, value: str) -> str:
        if len(value) <= longest:
            return ""
        return f"`{name}` must not be longer than {longest} characters."

    return fault


def _language(name: str, value: str) -> str:
    return "" if value in {"en", "zh-Hans"} else f"`{name}` must be `en` or `zh-Hans`."


def _territory(name: str, value: str) -> str:
    if _TERRITORY.fullmatch(value):
        return ""
    return f"`{name}` must be two capital letters, such as `CN`, or be left out."


def _confirmation(name: str, _value: str) -> str:
    return f"`{name}` counts at the guard only, which keeps the record: ask it with the token."


_FIELDS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "prompt": _not_longer(LONGEST_PROMPT),
    "negative_prompt": _not_longer(LONGEST_PROMPT),
    "user": _not_longer(LONGEST_NAME),
    "surface": _not_longer(LONGEST_NAME),
    "language": _language,
    "territory": _territory,
    "confirmation": _confirmation,
}
