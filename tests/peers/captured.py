"""Requests as LiteLLM's proxy sends them, caught on their way to a guardrail (version 1.106.2)."""

import copy
from typing import Any, Final

_CHAT: Final[dict[str, Any]] = {
    "input_type": "request",
    "litellm_call_id": "979f0b9e-6a9c-4f3c-8a66-2f3f8f6d9a01",
    "litellm_trace_id": "23b4c0de-1d1f-4c3e-9b0e-0f8a5a4f7b02",
    "structured_messages": [{"role": "user", "content": "hello"}],
    "images": None,
    "tools": None,
    "texts": ["hello"],
    "request_data": {
        "user_api_key_hash": "88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b",
        "user_api_key_user_id": "default_user_id",
        "user_api_key_end_user_id": "end-user-7",
    },
    "request_headers": {
        "host": "127.0.0.1:4000",
        "user-agent": "curl/7.88.1",
        "accept-language": "[present]",
    },
    "litellm_version": "1.106.2",
    "additional_provider_specific_params": {"tenant": "demo"},
    "tool_calls": None,
    "model": "fake-chat",
}


def chat(*texts: str, **changes: Any) -> dict[str, Any]:
    """A conversation of one message for each text."""
    given = {"texts": list(texts), "structured_messages": _messages(texts)}
    return _with(given | changes)


def image(prompt: str, **changes: Any) -> dict[str, Any]:
    """A picture: LiteLLM gives neither numbers nor messages, and here no end user."""
    nobody = {"user_api_key_hash": _CHAT["request_data"]["user_api_key_hash"]}
    nothing: dict[str, Any] = dict.fromkeys(
        ("litellm_call_id", "litellm_trace_id", "structured_messages")
    )
    given = {"texts": [prompt], "model": "fake-image", "request_data": nobody}
    return _with(nothing | given | changes)


def answer(*texts: str, **changes: Any) -> dict[str, Any]:
    """What a model answered, before it is delivered."""
    given = {"input_type": "response", "texts": list(texts), "structured_messages": None}
    return _with(given | changes)


def _messages(texts: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"role": "user", "content": text} for text in texts]


def _with(changes: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(_CHAT) | changes
