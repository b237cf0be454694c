"""A guard at the border: answers what the test tells it to and remembers what it was asked."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class FakeGuard:
    """Listens on the port while used as a context."""

    def __init__(self, port: int) -> None:
        self.status = 200
        self.answer: Any = {"decision": "allow", "rule": None, "user_message": {}, "reference": ""}
        self.delay = 0.0
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        guard = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                guard.asked.append((self.path, self.headers["Authorization"], json.loads(body)))
                time.sleep(guard.delay)
                text = (
                    guard.answer
                    if isinstance(guard.answer, bytes)
                    else json.dumps(guard.answer).encode()
                )
                try:
                    self.send_response(guard.status)
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                except ConnectionError:
                    return

            def log_message(self, *_: Any) -> None:
                """Silent."""

        return Handler

    def __enter__(self) -> "FakeGuard":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
