"""What a user asks for, read strictly."""

from dataclasses import dataclass
from typing import Any

from sandbox.engines import BASE_MODEL, ENGINES
from sandbox.problems import invalid

FORMATS = {"png": "image/png", "jpeg": "image/jpeg"}
LONGEST_TOKEN = 200


@dataclass(frozen=True)
class Request:
    """What a user asks for; read by `read_request`."""

    prompt: str
    negative_prompt: str
    lora: str
    user: str
    model: str = BASE_MODEL
    format: str = "png"
    seed: int | None = None
    paid: bool = False
    confirmation: str = ""
    """The token of a warning of the guard that the user confirmed."""


def read_request(body: Any) -> Request:
    """Raises Problem 422 naming each wrong field."""
    if not isinstance(body, dict):
        raise invalid(("", "send a JSON object"))
    texts = {name: body.get(name) or "" for name in ("prompt", "negative_prompt", "lora", "user")}
    errors = [
        (f"/{name}", "text of at most 2000 characters")
        for name, text in texts.items()
        if not isinstance(text, str) or len(text) > 2000
    ]
    errors += [
        (f"/{name}", "must not be empty")
        for name in ("prompt", "user")
        if not str(texts[name]).strip()
    ]
    seed = body.get("seed")
    if seed is not None and (
        isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**32
    ):
        errors.append(("/seed", "a whole number from 0 to 4294967295"))
    confirmation = body.get("confirmation") or ""
    if not isinstance(confirmation, str) or len(confirmation) > LONGEST_TOKEN:
        errors.append(
            ("/confirmation", f"the token of a warning, at most {LONGEST_TOKEN} characters")
        )
    if not isinstance(body.get("paid", False), bool):
        errors.append(("/paid", "true or false"))
    chosen = {"model": body.get("model") or BASE_MODEL, "format": body.get("format") or "png"}
    errors += [
        (f"/{name}", f"one of {', '.join(allowed)}")
        for name, allowed in (("model", ENGINES), ("format", FORMATS))
        if not isinstance(chosen[name], str) or chosen[name] not in allowed
    ]
    if errors:
        raise invalid(*errors)
    paid = body.get("paid", False)
    return Request(**texts, **chosen, seed=seed, paid=paid, confirmation=confirmation)
