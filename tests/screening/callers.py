"""Callers of the guard: one of the bare application, one of a real process."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.sandbox_process import free_port

TOKEN = "a token for the tests only"
ROOT = Path(__file__).parent.parent.parent
CHECKS = "/api/v1/prompt-checks"


@dataclass
class Answer:
    """What a WSGI application answered."""

    status: int
    headers: Mapping[str, str]
    body: dict[str, Any]


@dataclass
class Caller:
    """Calls a WSGI application as a server would."""

    application: Callable[..., Any]
    token: str | None = TOKEN
    started: list[Any] = field(default_factory=list)

    def check(self, **fields: object) -> Answer:
        """POST a prompt check."""
        return self.send(json.dumps(fields).encode())

    def send(self, body: bytes, **environ: Any) -> Answer:
        """POST any bytes."""
        given = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": CHECKS,
            "CONTENT_TYPE": "application/json",
            "wsgi.input": io.BytesIO(body),
        }
        if self.token is not None:
            given["HTTP_AUTHORIZATION"] = f"Bearer {self.token}"
        parts = self.application(given | environ, lambda *answer: self.started.append(answer))
        status, headers = self.started.pop()
        return Answer(int(status[:3]), dict(headers), json.loads(b"".join(parts)))


@dataclass
class GuardProcess:
    """gunicorn with the guard, as production runs it."""

    address: str
    log: Path

    def check(self, prompt: object, **more: object) -> httpx.Response:
        """One check on a connection of its own, so that any worker may take it."""
        return httpx.post(
            self.address + CHECKS,
            json={"prompt": prompt, **more},
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=10,
            trust_env=False,
        )

    def health(self) -> httpx.Response:
        """One look at the health of whichever worker answers."""
        return httpx.get(self.address + "/healthz", timeout=10, trust_env=False)

    def workers(
        self, wanted: Callable[[httpx.Response], bool], count: int, patience: float
    ) -> bool:
        """Whether within `patience` seconds `count` workers were seen that all say what is wanted."""
        last: dict[int, bool] = {}
        end = time.monotonic() + patience
        while time.monotonic() < end:
            answer = self.health()
            time.sleep(0.02)  # leave the processors to the guard
            last[answer.json().get("worker", 0)] = wanted(answer)
            if len(last) == count and all(last.values()):
                return True
        return False

    def until(self, status: int, patience: float) -> bool:
        """Whether the health says `status` within `patience` seconds."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self.health().status_code == status:
                return True
            time.sleep(0.05)
        return False


@contextmanager
def guard_process(
    database: str,
    log: Path,
    *,
    workers: int = 2,
    stale: int = 30,
    port: int = 0,
    token: str = TOKEN,
) -> Iterator[Any]:
    """Start the guard on a port of the loopback (0: a free one), wait until it answers, end it afterwards."""
    port = port or free_port()
    command = [sys.executable, "-m", "gunicorn", "screening.guard.wsgi:application"]
    command += ["--worker-class", "gthread", "--workers", str(workers), "--threads", "4"]
    command += ["--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    environment = os.environ | {
        "DATABASE_URL": database,
        "GUARD_TOKEN": token,
        "GUARD_MAX_STALE_SECONDS": str(stale),
    }
    environment.pop("DATABASE_OWNER_URL", None)
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stream, stderr=stream)
    guard = GuardProcess(f"http://127.0.0.1:{port}", log)
    try:
        _wait(guard, process)
        yield guard
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(guard: GuardProcess, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            guard.health()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The guard did not start: {guard.log.read_text()}")
