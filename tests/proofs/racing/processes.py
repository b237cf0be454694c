"""The web server as the launcher runs it, with its two workers, and two sweepers."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx

from launch.services import WEB, gunicorn
from tests.sandbox_process import free_port

ROOT = Path(__file__).parent.parent.parent.parent
SWEEPERS = 2
PATIENCE = 60.0


class Web:
    """`with Web(folder) as web:` answers at `web.url`."""

    def __init__(self, folder: Path) -> None:
        self._port, self._log = free_port(), folder / "web.log"
        self.url = f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> "Web":
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                gunicorn(WEB, self._port, "--workers", "2", "--preload"),
                cwd=ROOT,
                env={**os.environ, "PUBLIC_URL": self.url},
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > end or self._process.poll() is not None:
                raise TimeoutError(self._log.read_text()[-2000:])
            time.sleep(0.2)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)

    def _answers(self) -> bool:
        try:
            return httpx.get(self.url, trust_env=False, timeout=20).status_code < 500
        except httpx.TransportError:
            return False


class Sweepers:
    """`with Sweepers(folder) as sweepers:` and afterwards `sweepers.counts`."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.counts = folder, Counter[str]()

    def __enter__(self) -> "Sweepers":
        command = [sys.executable, "-W", "ignore", "-m", "tests.proofs.racing.sweeper"]
        self._running = [
            subprocess.Popen(
                [*command, str(self._folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
            )
            for _ in range(SWEEPERS)
        ]
        return self

    def check(self) -> None:
        """Raise RuntimeError when one has ended by itself."""
        if any(process.poll() is not None for process in self._running):
            raise RuntimeError("A sweeper has ended by itself; what it said stands above.")

    def __exit__(self, *_: object) -> None:
        (self._folder / "stop").touch()
        for process in self._running:
            said, _nothing = process.communicate(timeout=PATIENCE)
            self.counts.update(json.loads(said or "{}"))
