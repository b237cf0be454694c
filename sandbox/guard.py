"""Asking the guard before anything is drawn. No clear yes within two seconds is a no."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx

from sandbox.settings import Settings

PATIENCE_SECONDS = 2.0
LARGEST_ANSWER = 65_536
DECISIONS = ("allow", "warn", "block")
callers = ThreadPoolExecutor(max_workers=16, thread_name_prefix="guard")


class GuardUnavailable(Exception):
    """The guard gave no usable answer in time; the text says what was wrong, for operators."""


@dataclass(frozen=True)
class Question:
    prompt: str
    negative_prompt: str
    user: str
    surface: str


@dataclass(frozen=True)
class Verdict:
    decision: str
    """allow, warn or block."""
    user_message: dict[str, str] = field(default_factory=dict)
    """Language tag to text; empty when the guard has nothing to say."""
    reference: str = ""
    notices: list[Any] = field(default_factory=list)
    """Texts of Redress to be shown with the result, whatever the decision."""


def ask(question: Question, settings: Settings) -> Verdict:
    """Asks the guard, two seconds in all. Raises GuardUnavailable: the caller must then refuse."""
    if not settings.guard_url:
        raise GuardUnavailable("GUARD_URL is not set")
    call = callers.submit(_call, question, settings)
    try:
        return _verdict(call.result(timeout=PATIENCE_SECONDS))
    except TimeoutError as error:
        call.cancel()
        raise GuardUnavailable("no answer within two seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
        raise GuardUnavailable(f"{type(error).__name__}: {error}") from error


@cache
def _client() -> httpx.Client:
    """Made with the first question, so that every worker process has its own."""
    return httpx.Client(timeout=PATIENCE_SECONDS, follow_redirects=False, trust_env=False)


def _call(question: Question, settings: Settings) -> Any:
    url = f"{settings.guard_url}/api/v1/prompt-checks"
    headers = {"Authorization": f"Bearer {settings.guard_token}", "Accept": "application/json"}
    with _client().stream("POST", url, json=vars(question), headers=headers) as response:
        if response.status_code != httpx.codes.OK:
            raise ValueError(f"the guard answered {response.status_code}")
        body = b""
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > LARGEST_ANSWER:
                raise ValueError("the guard's answer is too long")
    return httpx.Response(200, content=body).json()


def _verdict(answer: Any) -> Verdict:
    if not isinstance(answer, dict) or answer.get("decision") not in DECISIONS:
        raise ValueError("the guard's answer holds no decision")
    message = answer.get("user_message") or {}
    if not isinstance(message, dict) or not all(isinstance(text, str) for text in message.values()):
        raise ValueError("the guard's message is no table of texts")
    notices = answer.get("notices")
    reference = str(answer.get("reference") or answer.get("id") or "")
    return Verdict(
        answer["decision"], message, reference, notices if isinstance(notices, list) else []
    )
