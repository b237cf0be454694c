"""The real sandbox for tests: gunicorn on a free loopback port, its own data folder, the seed world before each test.

Import the fixtures `sandbox_server` and `sandbox` into a conftest to use them.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

KEY = "the-sandbox-key-of-the-tests"
GUARD_TOKEN = "the-guard-token-of-the-tests"
ROOT = Path(__file__).parent.parent
PATIENCE = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class SandboxProcess:
    """A sandbox that can be asked, told, killed and started again."""

    data: Path
    port: int = field(default_factory=free_port)
    guard_port: int = field(default_factory=free_port)
    """Where the sandbox expects its guard; nobody answers there unless a test does."""
    key: str = KEY
    process: subprocess.Popen[bytes] | None = None
    browser: httpx.Client = field(
        default_factory=lambda: httpx.Client(
            trust_env=False, verify=False, limits=httpx.Limits(max_keepalive_connections=0)
        )
    )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        told = {
            "SANDBOX_DATA": str(self.data),
            "SANDBOX_KEY": self.key,
            "GUARD_URL": f"http://127.0.0.1:{self.guard_port}",
            "GUARD_TOKEN": GUARD_TOKEN,
        }
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "sandbox.app:create_app()",
            "--bind",
            f"127.0.0.1:{self.port}",
        ]
        command += [
            "--worker-class",
            "gthread",
            "--threads",
            "6",
            "--workers",
            "1",
            "--no-control-socket",
            "--log-level",
            "warning",
        ]
        plain = {
            name: value
            for name, value in os.environ.items()
            if name in ("PATH", "HOME", "LANG", "TMPDIR")
        }
        self.process = subprocess.Popen(command, cwd=ROOT, env=plain | told, start_new_session=True)
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process is not None
            assert self.process.poll() is None, "the sandbox did not start"
            try:
                if self.browser.get(f"{self.url}/healthz", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the sandbox does not answer")

    def kill(self) -> None:
        """`kill -9` of the whole group: nothing can be tidied up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait(timeout=PATIENCE)
            self.process = None

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request with the key, unless `headers` say otherwise."""
        more.setdefault("timeout", PATIENCE)
        headers = {"Authorization": f"Bearer {self.key}"} | more.pop("headers", {})
        return self.browser.request(method, self.url + path, headers=headers, **more)

    def effects(self, measure_id: str | None = None) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask(
            "GET", "/sandbox/effects", params={"measure_id": measure_id} if measure_id else {}
        ).json()["effects"]
        return found

    def requests(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("GET", "/sandbox/requests").json()["requests"]
        return found

    def fault(self, **faults: dict[str, Any]) -> None:
        """For example `fault(fail={"status": 503, "times": 2})`."""
        self.ask("PUT", "/sandbox/faults", json=faults).raise_for_status()


@pytest.fixture(scope="session")
def sandbox_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    server = SandboxProcess(tmp_path_factory.mktemp("sandbox"))
    server.start()
    yield server
    server.stop()
    server.browser.close()


@pytest.fixture
def sandbox(sandbox_server: SandboxProcess) -> SandboxProcess:
    """The running sandbox with the seed world restored."""
    sandbox_server.ask("POST", "/sandbox/reset").raise_for_status()
    return sandbox_server
