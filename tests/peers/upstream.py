"""A model provider with OpenAI's interface: remembers whatever reaches it, and answers anything."""

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

USAGE: Final = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
HEAD: Final = {"id": "x1", "created": 1_760_000_000, "model": "fake"}


@dataclass(frozen=True)
class Arrived:
    """A request that was let through."""

    path: str
    body: bytes


class Upstream:
    """Listens on a free port of the loopback while used as a context. `says` is what its models answer."""

    def __init__(self) -> None:
        self.says = "An answer."
        self.arrived: list[Arrived] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}
        )

    @property
    def url(self) -> str:
        """Its base address, as OpenAI's clients want it."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                upstream.arrived.append(Arrived(self.path, body))
                kind, content = reply(self.path, body, upstream.says)
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Silent."""

        return Handler

    def __enter__(self) -> "Upstream":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def reply(path: str, body: bytes, says: str) -> tuple[str, bytes]:
    """The media type and the bytes of an answer."""
    if path.endswith("/audio/speech"):
        return "audio/mpeg", b"ID3 a sound"
    if path.endswith("/chat/completions") and b'"stream": true' in body.replace(
        b":true", b": true"
    ):
        return "text/event-stream", _stream(says)
    return "application/json", json.dumps(_document(path, says)).encode()


def _document(path: str, says: str) -> dict[str, Any]:
    if "/images/" in path:
        return {"created": 1, "data": [{"b64_json": "AA=="}]}
    if path.endswith("/embeddings"):
        vector = {"object": "embedding", "index": 0, "embedding": [0.5]}
        return {"object": "list", "data": [vector], "model": "fake", "usage": USAGE}
    if path.endswith("/responses"):
        content = [{"type": "output_text", "text": says, "annotations": []}]
        message = {
            "type": "message",
            "id": "m",
            "role": "assistant",
            "status": "completed",
            "content": content,
        }
        usage = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
        return {
            "id": "r",
            "object": "response",
            "created_at": 1,
            "status": "completed",
            "model": "fake",
            "output": [message],
            "usage": usage,
            "tools": [],
            "parallel_tool_calls": True,
            "tool_choice": "auto",
        }
    if path.endswith("/chat/completions"):
        message = {"role": "assistant", "content": says}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        return {**HEAD, "object": "chat.completion", "choices": [choice], "usage": USAGE}
    choice = {"index": 0, "finish_reason": "stop", "text": says, "logprobs": None}
    return {**HEAD, "object": "text_completion", "choices": [choice], "usage": USAGE}


def _stream(says: str) -> bytes:
    deltas: list[tuple[dict[str, str], str | None]] = [({"role": "assistant", "content": ""}, None)]
    deltas += [({"content": letter}, None) for letter in says]
    deltas.append(({}, "stop"))
    lines = []
    for delta, reason in deltas:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        lines.append(json.dumps({**HEAD, "object": "chat.completion.chunk", "choices": [choice]}))
    return "".join(f"data: {line}\n\n" for line in (*lines, "[DONE]")).encode()
