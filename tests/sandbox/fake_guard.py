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
        self.texts: list[dict[str, Any]] = []
        self.delay = 0.0
        self.output_status = 200
        self.output_answer: Any = {"id": "oc_1", "decision": "allow", "matches": []}
        self.output_delay = 0.0
        self.looked: list[tuple[str, dict[str, Any]]] = []
        self.proofs: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        guard = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer({"texts": guard.texts, "text_set_version": 1})

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if self.path == "/api/v1/display-proofs":
                    guard.proofs.append(body)
                    self._answer({"id": "a proof"})
                    return
                if self.path == "/api/v1/output-checks":
                    guard.looked.append((self.headers["Authorization"], body))
                    time.sleep(guard.output_delay)
                    self._answer(guard.output_answer, guard.output_status)
                    return
                guard.asked.append((self.path, self.headers["Authorization"], body))
                time.sleep(guard.delay)
                self._answer(guard.answer)

            def _answer(self, answer: Any, status: int = 0) -> None:
                text = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                try:
                    self.send_response(status or guard.status)
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
