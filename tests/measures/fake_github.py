"""GitHub Issues as its REST API documents it, on this machine: what it was told, and how it fails on demand."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

REPOSITORY = "acme/models"
TOKEN = "a-token-of-the-tests"
_ISSUE = re.compile(rf"/repos/{REPOSITORY}/issues(?:/(\d+)(/comments)?)?")


class FakeGitHub:
    """Listens on a free port while used as a context."""

    def __init__(self) -> None:
        self.issues: list[dict[str, Any]] = []
        self.comments: list[dict[str, Any]] = []
        self.failures: list[tuple[int, dict[str, str]]] = []
        """Answered first, before anything is done."""
        self.lost = 0
        """So many requests are carried out, and their answers lost."""
        self.seen: list[tuple[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}
        )

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """What the documented API answers."""
        parts = urlsplit(path)
        found = _ISSUE.fullmatch(parts.path)
        if found is None:
            return 404, {"message": "Not Found"}
        number, comments = found.groups()
        if number is None:
            return self._all(method, parse_qs(parts.query), body)
        if comments:
            return self._comments(method, int(number), body)
        return self._change(method, int(number), body)

    def _all(
        self, method: str, query: dict[str, list[str]], body: dict[str, Any]
    ) -> tuple[int, Any]:
        if method == "GET":
            page, size = int(query["page"][0]), int(query["per_page"][0])
            return 200, self.issues[(page - 1) * size : page * size]
        if not body.get("title"):
            return 422, {"message": "Validation Failed"}
        number = len(self.issues) + 1
        address = f"https://github.example/{REPOSITORY}/issues/{number}"
        made = {"number": number, "html_url": address, "state": "open", **body}
        self.issues.append(made)
        return 201, made

    def _comments(self, method: str, number: int, body: dict[str, Any]) -> tuple[int, Any]:
        if method == "GET":
            return 200, [one for one in self.comments if one["issue"] == number]
        self.comments.append({"issue": number, **body})
        return 201, {"id": len(self.comments)}

    def _change(self, method: str, number: int, body: dict[str, Any]) -> tuple[int, Any]:
        if method != "PATCH" or not 0 < number <= len(self.issues):
            return 404, {"message": "Not Found"}
        self.issues[number - 1].update(body)
        return 200, self.issues[number - 1]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def _do(self) -> None:
                method = self.command
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                hub.seen.append((method, self.path))
                if self.headers["Authorization"] != f"Bearer {TOKEN}":
                    return self._send(401, {"message": "Bad credentials"}, {})
                if hub.failures:
                    status, headers = hub.failures.pop(0)
                    return self._send(status, {"message": "not now"}, headers)
                status, told = hub.answer(method, self.path, json.loads(raw or b"{}"))
                if hub.lost:
                    hub.lost -= 1
                    self.close_connection = True
                    return None
                return self._send(status, told, {})

            def _send(self, status: int, told: Any, headers: dict[str, str]) -> None:
                text = json.dumps(told).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(text))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PATCH = _do

            def log_message(self, *_: Any) -> None:
                """Silent."""

        return Handler

    def __enter__(self) -> "FakeGitHub":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
