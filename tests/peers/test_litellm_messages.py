"""In the messages that LiteLLM passes on every text is read, bytes are noted, and the rest is refused."""

import base64
from typing import Any

import pytest

from tests.peers import captured
from tests.peers.test_litellm import action, ask

DRAW = "draw Ultraman"
PNG = "data:image/png;base64,iVBORw0KGgo="
TEXT = {"type": "text", "text": "hello"}


def talk(*messages: dict[str, Any]) -> dict[str, Any]:
    return captured.chat("hello", structured_messages=list(messages))


def parts(*more: dict[str, Any], role: str = "user", **beside: Any) -> dict[str, Any]:
    return talk({"role": role, "content": [TEXT, *more], **beside})


def inline(text: str, kind: str = "text/plain;charset=utf-8") -> str:
    return f"data:{kind};base64," + base64.b64encode(text.encode()).decode()


CALL = {"id": "call_1", "type": "function", "function": {"name": "draw", "arguments": "{}"}}
ESCAPED = '{"\\u0055ltraman": 1}'


@pytest.mark.parametrize(
    "request_",
    [
        parts(name=DRAW),
        parts(role="assistant", refusal=DRAW),
        parts(role="assistant", reasoning_content=DRAW),
        parts(role="assistant", thinking_blocks=[{"type": "thinking", "thinking": DRAW}]),
        parts(role="assistant", reasoning_items=[{"summary": [{"text": DRAW}]}]),
        parts(role="assistant", annotations=[{"url_citation": {"title": DRAW}}]),
        parts(role="assistant", audio={"id": "audio_1", "transcript": DRAW}),
        parts(role="assistant", tool_calls=[CALL | {"function": {"name": DRAW}}]),
        parts(role="assistant", tool_calls=[CALL | {"function": {"arguments": ESCAPED}}]),
        parts(role="assistant", function_call={"name": "draw", "arguments": ESCAPED}),
        parts(role="tool", tool_call_id=DRAW),
        parts({"type": "file", "file": {"filename": DRAW, "file_data": "data:application/pdf,"}}),
        parts({"type": "file", "file": {"filename": "a.txt", "file_data": inline(DRAW)}}),
        parts({"type": "file", "file": {"file_data": "data:text/plain,draw%20Ultraman"}}),
        parts({"type": "image_url", "image_url": {"url": inline(DRAW)}}),
        parts({"type": "image_url", "image_url": {"url": PNG, "detail": DRAW}}),
        parts({"type": "document", "source": {"type": "text", "data": DRAW}}),
        parts({"type": "document", "source": {"type": "text", "data": "x"}, "title": DRAW}),
        parts({"type": "thinking", "thinking": DRAW}, role="assistant"),
        parts({"type": "tool_reference", "tool_name": DRAW}, role="tool"),
        captured.answer(texts=[], tool_calls=[{"function": {"name": DRAW}}]),
    ],
)
def test_a_name_is_found_in_every_field_that_a_person_can_write(request_: dict[str, Any]) -> None:
    assert action(request_) == "BLOCKED"


@pytest.mark.parametrize(
    "request_",
    [
        talk({"role": "user", "content": "hello", "prompt": DRAW}),
        talk({"role": "user", "content": "hello", "prompt": {"text": DRAW}}),
        talk({"role": "user", "content": "hello", DRAW: 1}),
        talk({"role": DRAW, "content": "hello"}),
        talk({"role": "user", "content": []}),
        parts({"type": "input_text", "input_text": DRAW}),
        parts({"type": "tool_result", "content": [{"type": "text", "text": DRAW}]}),
        parts({"type": "query", "query": {"text": DRAW}}),
        parts({"type": "text", "text": "x", "data": DRAW}),
        parts({"type": "text", "text": [DRAW]}),
        parts({"type": "file", "file": {"file_data": [DRAW]}}),
        parts(role="assistant", tool_calls=[DRAW]),
    ],
)
def test_what_is_not_known_in_a_message_is_refused_and_not_quoted(
    request_: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    answered = ask(request_)
    assert answered.status == 422
    assert [error["pointer"] for error in answered.body["errors"]] == ["/structured_messages"]
    assert "Ultraman" not in caplog.text + str(answered.body)


@pytest.mark.parametrize(
    ("request_", "notes"),
    [
        (parts(name="nora", cache_control={"type": "ephemeral", "ttl": "5m"}), []),
        (parts(TEXT | {"cache_control": {"type": "ephemeral"}}, role="system"), []),
        (parts({"type": "image_url", "image_url": {"url": PNG, "detail": "low"}}), ["images"]),
        (parts({"type": "image_url", "image_url": "https://a.example/b.png"}), ["images"]),
        (
            parts({"type": "input_audio", "input_audio": {"data": "AA", "format": "wav"}}),
            ["sounds"],
        ),
        (parts({"type": "video_url", "video_url": {"url": "https://a.example/"}}), ["videos"]),
        (parts({"type": "file", "file": {"file_id": "file-1", "format": "pdf"}}), ["files"]),
        (parts({"type": "file", "file": {"filename": "a", "file_data": inline("x")}}), []),
        (
            parts({"type": "file", "file": {"file_data": "data:text/plain;base64,//79"}}),
            ["files"],
        ),
        (
            parts({"type": "document", "source": {"type": "base64", "data": "JVBERi0="}}),
            ["files"],
        ),
        (
            parts(
                role="assistant",
                refusal=None,
                annotations=[],
                audio=None,
                function_call=None,
                tool_calls=[CALL],
            ),
            [],
        ),
        (talk({"role": "tool", "content": "hello", "tool_call_id": "call_1"}), []),
        (
            parts(
                {"type": "redacted_thinking", "data": "AAAA"},
                role="assistant",
                thinking_blocks=[{"type": "thinking", "thinking": "well", "signature": "s"}],
            ),
            ["reasoning"],
        ),
        (
            talk({"role": "user", "content": "hello"}, {"role": "assistant", "content": []}),
            ["parts"],
        ),
        (talk({"role": "user", "content": [TEXT | {"text": "what came after"}]}), ["parts"]),
        (talk({"role": "user", "content": "hello", "invented_later": None, "another": []}), []),
    ],
)
def test_ordinary_messages_are_answered_and_what_was_not_looked_at_is_named(
    request_: dict[str, Any], notes: list[str]
) -> None:
    told = ask(request_)
    assert (told.status, told.body.get("action")) == (200, "NONE"), told.body
    assert told.body["notes"] == [f"{note}-not-checked" for note in notes]
