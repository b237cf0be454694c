"""A small platform and guard of our own over real HTTP, which may say one thing and do another."""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from measures.services.guard_probe import GuardProbe
from measures.services.testing import Eyes
from platforms.client import PlatformClient
from platforms.public import PublicFace

MOMENT = "2026-09-01T08:00:00Z"
KEY, TOKEN = "the-platform-key", "the-guard-token"


@dataclass
class Liar:
    """What the platform and the guard answer; every part can be set apart from the others."""

    port: int = 0
    state: str = "available"
    standing: str = "active"
    page: int = 200
    body: bytes = b"the picture"
    resolves: str | None = "output_1"
    other_state: str = "available"
    decision: str = "allow"
    rule: str = ""
    version: int = 10_000_000
    down: bool = False
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    obeys: bool = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def eyes(self) -> Eyes:
        return Eyes(
            PlatformClient(self.url, KEY, timeout=2),
            PublicFace(self.url, timeout=2),
            GuardProbe(self.url, TOKEN, timeout=2),
        )

    def record(self, name: str, state: str) -> dict[str, Any]:
        return {
            "id": name, "kind": "output", "title": "Fox", "url": f"{self.url}/o/{name}",
            "state": state, "owner": "user_paul", "created_at": MOMENT, "parent": None,
            "produce_id": None, "generation": None, "licensed": False,
        }  # fmt: skip

    def acknowledge(self, measure: str, state: str, key: str) -> dict[str, Any]:
        self.keys.append(key)
        if self.obeys:
            taken = state == "applied"
            self.state, self.page = ("removed", 410) if taken else ("available", 200)
        lifted = MOMENT if state == "lifted" else None
        return {
            "acknowledgement_id": f"ack_{len(self.keys)}", "measure_id": measure, "state": state,
            "applied_at": MOMENT, "lifted_at": lifted,
            "effect": {"before": "available", "after": "removed"},
        }  # fmt: skip

    def answer(self, method: str, path: str, key: str) -> tuple[int, Any]:
        """Status and body (JSON, or bytes as they are)."""
        if self.down:
            return 503, {}
        parts = path.partition("?")[0].strip("/").split("/")
        if parts[0] == "o":
            return self.page, self.body
        if parts[:2] == ["v1", "measures"]:
            return 200, self.acknowledge(parts[2], "applied" if method == "PUT" else "lifted", key)
        if parts[:2] == ["v1", "users"]:
            told = {"id": parts[2], "handle": "paul", "state": self.standing, "since": MOMENT}
            return 200, {**told, "contact_email": "paul@example.org"}
        if parts[:2] == ["v1", "resolve"]:
            if self.resolves is None:
                return 404, {"type": "https://x/target-not-found", "title": "No", "status": 404}
            own = self.resolves == "output_1"
            return 200, self.record(self.resolves, self.state if own else self.other_state)
        if parts[-1] == "content":
            return 200, self.body
        if parts[:2] == ["v1", "artefacts"]:
            return 200, self.record(parts[2], self.state)
        if parts == ["healthz"]:
            return 200, {"status": "ok", "rule_set_version": self.version}
        rule = {"id": self.rule} if self.rule else None
        return 200, {"decision": self.decision, "rule": rule}


@contextmanager
def lying(**told: Any) -> Iterator[Liar]:
    """The server is up on a port of its own."""
    liar = Liar(**told)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.rfile.read(int(headers.get("content-length", 0)))
            liar.asked.append((self.command, self.path, headers))
            status, body = liar.answer(self.command, self.path, headers.get("idempotency-key", ""))
            sent = body if isinstance(body, bytes) else json.dumps(body).encode()
            digest = base64.b64encode(hashlib.sha256(sent).digest()).decode()
            kind = "application/problem+json" if status == 404 else "application/json"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(sent)))
            self.send_header("Content-Digest", f"sha-256=:{digest}:")
            self.end_headers()
            self.wfile.write(sent)

        do_PUT = do_DELETE = do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    liar.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
