"""The body of a prompt check: read strictly, or refused."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from screening.engine.rules import Question
from screening.guard.problems import Problem, invalid

LONGEST_PROMPT: Final = 20_000  # code points, each of the two prompts
LARGEST_BODY: Final = 1_000_000  # bytes: both prompts, every character escaped as a surrogate pair
LONGEST_NAME: Final = 200
LONGEST_TOKEN: Final = 200
_TERRITORY: Final = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Check:
    """What was asked. `user`, `surface` and `language` say for whom; they never change a decision.

    `confirmation`: the token of a warning that the user confirmed.
    """

    prompt: str
    negative_prompt: str | None = None
    user: str | None = None
    surface: str | None = None
    language: str | None = None
    territory: str | None = None
    confirmation: str | None = None

    def question(self, at: datetime) -> Question:
        """For the engine."""
        fields = {"prompt": self.prompt}
        if self.negative_prompt is not None:
            fields["negative_prompt"] = self.negative_prompt
        return Question(fields, at, self.territory)


def _prompt(name: str, value: str) -> str:
    if len(value) > LONGEST_PROMPT:
        return f"`{name}` must not be longer than {LONGEST_PROMPT} characters."
    return ""


def _name(name: str, value: str) -> str:
    if len(value) > LONGEST_NAME:
        return f"`{name}` must not be longer than {LONGEST_NAME} characters."
    return ""


def _token(name: str, value: str) -> str:
    if len(value) > LONGEST_TOKEN or not value.isascii():
        return f"`{name}` must be the token of a warning, as it was given."
    return ""


def _language(name: str, value: str) -> str:
    return "" if value in {"en", "zh-Hans"} else f"`{name}` must be `en` or `zh-Hans`."


def _territory(name: str, value: str) -> str:
    if _TERRITORY.fullmatch(value):
        return ""
    return f"`{name}` must be two capital letters, such as `CN`, or be left out."


_FIELDS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "prompt": _prompt,
    "negative_prompt": _prompt,
    "user": _name,
    "surface": _name,
    "language": _language,
    "territory": _territory,
    "confirmation": _token,
}


def read(body: bytes) -> Check:
    """The check that a body asks for. Raises Problem: 400 for what is no JSON, 422 for all else."""
    asked = document(body)
    if not isinstance(asked, dict):
        raise invalid({"": "The body must be a JSON object with the field `prompt`."})
    errors = {f"/{pointer(name)}": s for name, v in asked.items() if (s := _fault(name, v))}
    if "prompt" not in asked:
        errors["/prompt"] = "`prompt` is missing."
    if errors:
        raise invalid(errors)
    return Check(**asked)


def _fault(name: str, value: object) -> str:
    rule = _FIELDS.get(name)
    if rule is None:
        return f"`{name[:50]}` is not a field of a prompt check."
    if not isinstance(value, str):
        return f"`{name}` must be a string."
    if halved(value):
        return f"`{name}` holds half a character (a lone surrogate)."
    return rule(name, value)


def halved(text: str) -> bool:
    """Whether a text holds a lone surrogate, which is no character."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def pointer(name: str) -> str:
    """A field's name as a part of a JSON pointer (RFC 6901)."""
    return name[:50].replace("~", "~0").replace("/", "~1")


def _refused(sentence: str) -> Problem:
    return invalid({"": sentence})


def document(body: bytes, refused: Callable[[str], Problem] = _refused) -> Any:
    """The JSON of a body, in which no object has a field twice: two readers of it must not see two things.

    Raises Problem: 400 for what is no JSON, and what `refused` makes of the sentence about the field.
    """

    def no_field_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            raise refused("A field of the body is given twice.")
        return fields

    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=no_field_twice)
    except (ValueError, RecursionError):
        raise Problem(
            HTTPStatus.BAD_REQUEST, "not-json", "The body must be one JSON document in UTF-8."
        ) from None
