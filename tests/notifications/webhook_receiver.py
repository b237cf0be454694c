"""A real HTTP server that receives webhooks, keeps every request, and answers as it is told."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Reply:
    """What to answer, and after how many seconds."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    after: float = 0.0


@dataclass(frozen=True)
class Received:
    """One request, as it came."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float


class Receiver:
    """`with Receiver() as receiver:`; `replies` are used up first, then `otherwise` answers."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.otherwise: Callable[[Received], Reply] = lambda _request: Reply()
        self.requests: list[Received] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/hooks"

    @property
    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.requests]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def take(self, request: Received) -> Reply:
        with self._lock:
            self.requests.append(request)
            return self.replies.pop(0) if self.replies else self.otherwise(request)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("content-length", 0))
                body = self._read(length)
                if len(body) < length:  # the sender died: no server hands on half a request
                    self.close_connection = True
                    return
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = receiver.take(Received(self.path, headers, body, time.monotonic()))
                time.sleep(reply.after)
                try:
                    self.send_response_only(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(reply.body)))
                    self.end_headers()
                    self.wfile.write(reply.body)
                except OSError:
                    self.close_connection = True  # the sender hung up

            def _read(self, length: int) -> bytes:
                try:
                    return self.rfile.read(length)
                except OSError:
                    return b""

            def log_message(self, *_words: Any) -> None:
                """Quiet."""

        return Handler
