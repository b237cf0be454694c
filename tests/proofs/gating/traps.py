"""What LiteLLM's proxy does that nobody would expect, as docs/litellm.md tells it; and a guard that cannot say."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import httpx

from tests.peers.upstream import Upstream
from tests.proofs.gating import asking

Counts = dict[str, int | float]
UNAVAILABLE: Final = "is not available at the moment"
FAILED: Final = "Generic Guardrail API failed"
RIGHT: Final[Counts] = {
    "guardrails switched off by the caller: arrived": 0,
    "answer that names a work: delivered": 0,
    "stream that names a work: ended as if whole": 0,
    "guard away: closed": len(asking.DOORS),
    "guard away: arrived": 0,
    "guard without rules, fail_closed: closed in clear words": len(asking.DOORS),
    "guard without rules, fail_closed: arrived": 0,
    "guard without rules, fail_open: closed in clear words": len(asking.DOORS),
    "guard without rules, fail_open: arrived": 0,
}
"""The other traps are LiteLLM's own gaps: they are counted, and only the service behind it can close them."""


def all_of(client: httpx.Client, upstream: Upstream, name: str) -> Counts:
    """Each trap with a name in it: what arrived at the models."""
    prompt = f"draw {name}"
    no_strings = [
        ("/v1/images/generations", "fake-image", [{"type": "text", "text": prompt}]),
        ("/v1/images/generations", "fake-image", [prompt]),
        ("/v1/completions", "fake-text", [[15, 16, 17]]),
    ]
    arrived = [
        _arrived(upstream, partial(asking.post, client, path, model=model, prompt=value))
        for path, model, value in no_strings
    ]
    return {
        "prompts that are no strings: asked": len(arrived),
        "prompts that are no strings: arrived": sum(arrived),
        "guardrails switched off by the caller: arrived": _arrived(
            upstream, lambda: _switched_off(client, prompt)
        ),
        **_answers(client, upstream, name),
    }


def _arrived(upstream: Upstream, ask: Callable[[], Any]) -> int:
    upstream.arrived.clear()
    ask()
    return len(upstream.arrived)


def _switched_off(client: httpx.Client, prompt: str) -> None:
    asking.chat(client, prompt, guardrails=[])
    asking.chat(client, prompt, disable_global_guardrails=True)
    asking.chat(client, prompt, metadata={"guardrails": [], "disable_global_guardrails": True})
    asking.image(client, prompt, guardrails=[])


def _answers(client: httpx.Client, upstream: Upstream, name: str) -> Counts:
    """The model names the work in its answer, whole or letter by letter."""
    with _saying(upstream, f"Here is your picture of {name}, as you wished."):
        whole = asking.chat(client, "hello")
        text = asking.completion(client, "hello")
        streamed = _streamed(client)
    return {
        "answer that names a work: delivered": sum(name in a.text for a in (whole, text)),
        "stream that names a work: ended as if whole": int("as you wished" in streamed),
        "stream that names a work: letters before the end": len(streamed),
    }


@contextmanager
def _saying(upstream: Upstream, words: str) -> Iterator[None]:
    before, upstream.says = upstream.says, words
    yield
    upstream.says = before


def _streamed(client: httpx.Client) -> str:
    """What was delivered of a streamed answer."""
    told = asking.chat(client, "hello", stream=True).text
    events = [line[6:] for line in told.splitlines() if line.startswith("data: {")]
    choices = (choice for event in events for choice in json.loads(event).get("choices", ()))
    return "".join(choice.get("delta", {}).get("content") or "" for choice in choices)


def away(client: httpx.Client, upstream: Upstream) -> Counts:
    """Nobody listens where the guard should be."""
    answers, arrived = _everywhere(client, upstream)
    closed = [
        a.status_code == httpx.codes.INTERNAL_SERVER_ERROR and FAILED in a.text for a in answers
    ]
    return {"guard away: closed": sum(closed), "guard away: arrived": arrived}


def unable(client: httpx.Client, upstream: Upstream, fallback: str) -> Counts:
    """The guard runs and has no rules; `fallback` is what LiteLLM was told to do with a guard that fails."""
    answers, arrived = _everywhere(client, upstream)
    closed = [
        answer.status_code == httpx.codes.BAD_REQUEST
        and UNAVAILABLE in answer.json()["error"]["message"]
        for answer in answers
    ]
    what = f"guard without rules, {fallback}"
    return {f"{what}: closed in clear words": sum(closed), f"{what}: arrived": arrived}


def _everywhere(client: httpx.Client, upstream: Upstream) -> tuple[list[httpx.Response], int]:
    upstream.arrived.clear()
    answers = [door(client, "a cat on a mat") for door in asking.DOORS.values()]
    return answers, len(upstream.arrived)
