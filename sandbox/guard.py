"""Asking the guard before anything is drawn, and again before it is delivered. No clear yes within two seconds is a no."""

import base64
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx

from sandbox.settings import Settings

PATIENCE_SECONDS = 2.0
LARGEST_ANSWER = 65_536
ON_PROMPTS = ("allow", "warn", "block")
ON_OUTPUTS = ("allow", "review", "block")
callers = ThreadPoolExecutor(max_workers=16, thread_name_prefix="guard")


class GuardUnavailable(Exception):
    """The guard gave no usable answer in time; the text says what was wrong, for operators."""


@dataclass(frozen=True)
class Question:
    """May this be drawn?"""

    prompt: str
    negative_prompt: str
    user: str
    surface: str
    confirmation: str = ""
    """The token of a warning that the user confirmed."""

    def body(self) -> dict[str, str]:
        """As the guard reads it; a token only where there is one."""
        return {k: v for k, v in vars(self).items() if v or k != "confirmation"}


@dataclass(frozen=True)
class Picture:
    """May this be delivered? `output` is our own name for it, by which Redress asks us for it."""

    content: bytes
    user: str
    surface: str
    output: str

    def body(self) -> dict[str, str]:
        """As the guard reads it."""
        names = {"user": self.user, "surface": self.surface, "output": self.output}
        return {"picture": base64.b64encode(self.content).decode(), **names}


@dataclass(frozen=True)
class Verdict:
    decision: str
    """Of a prompt allow, warn or block; of an output allow, review or block."""
    user_message: dict[str, str] = field(default_factory=dict)
    """Language tag to text; empty when the guard has nothing to say."""
    reference: str = ""
    notices: list[Any] = field(default_factory=list)
    """Texts of Redress to be shown with the result, whatever the decision."""
    appeal_url: str = ""
    """Where the user may object; empty when the guard names no address."""
    confirmation: dict[str, Any] | None = None
    """`token`, `expires` and `refused` (why the last token did not count); None where nothing can be confirmed."""


def ask(question: Question, settings: Settings) -> Verdict:
    """Asks about a prompt, two seconds in all. Raises GuardUnavailable: the caller must then refuse."""
    return _asked("/api/v1/prompt-checks", question.body(), ON_PROMPTS, settings)


def look(picture: Picture, settings: Settings) -> Verdict:
    """Asks about what was drawn, two seconds in all. Raises GuardUnavailable: the caller must then not deliver."""
    return _asked("/api/v1/output-checks", picture.body(), ON_OUTPUTS, settings)


def _asked(
    path: str, body: Mapping[str, str], decisions: tuple[str, ...], settings: Settings
) -> Verdict:
    if not settings.guard_url:
        raise GuardUnavailable("GUARD_URL is not set")
    call = callers.submit(_call, path, body, settings)
    try:
        return _verdict(call.result(timeout=PATIENCE_SECONDS), decisions)
    except TimeoutError as error:
        call.cancel()
        raise GuardUnavailable("no answer within two seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
        raise GuardUnavailable(f"{type(error).__name__}: {error}") from error


@cache
def _client() -> httpx.Client:
    """Made with the first question, so that every worker process has its own."""
    return httpx.Client(timeout=PATIENCE_SECONDS, follow_redirects=False, trust_env=False)


def _call(path: str, asked: Mapping[str, str], settings: Settings) -> Any:
    url = f"{settings.guard_url}{path}"
    headers = {"Authorization": f"Bearer {settings.guard_token}", "Accept": "application/json"}
    with _client().stream("POST", url, json=asked, headers=headers) as response:
        if response.status_code != httpx.codes.OK:
            raise ValueError(f"the guard answered {response.status_code}")
        body = b""
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > LARGEST_ANSWER:
                raise ValueError("the guard's answer is too long")
    return httpx.Response(200, content=body).json()


def _verdict(answer: Any, decisions: tuple[str, ...]) -> Verdict:
    if not isinstance(answer, dict) or answer.get("decision") not in decisions:
        raise ValueError("the guard's answer holds no decision")
    message = answer.get("user_message") or {}
    if not isinstance(message, dict) or not all(isinstance(text, str) for text in message.values()):
        raise ValueError("the guard's message is no table of texts")
    notices = answer.get("notices")
    return Verdict(
        answer["decision"],
        message,
        reference=str(answer.get("reference") or answer.get("id") or ""),
        notices=notices if isinstance(notices, list) else [],
        appeal_url=_address(answer.get("appeal_url")),
        confirmation=_confirmation(answer.get("confirmation")),
    )


def _confirmation(told: Any) -> dict[str, Any] | None:
    if told is None:
        return None
    if not isinstance(told, dict) or not isinstance(told.get("token"), str) or not told["token"]:
        raise ValueError("the guard's confirmation holds no token")
    return {name: told.get(name) for name in ("token", "expires", "refused")}


def _address(told: object) -> str:
    """An address that a page may link to, or nothing."""
    usable = isinstance(told, str) and told.startswith(("https://", "http://"))
    return str(told) if usable else ""
