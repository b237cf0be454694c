"""An embedded Valkey, the broker between the web and the worker, on a private socket."""

import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from launch.accounts import server_account
from launch.errors import Breakdown
from launch.postgres import plain_environment
from launch.process import Child, end_leftovers, start
from launch.sockets import claim, socket_folder
from launch.wheels import valkey_program

START_SECONDS = 30.0
STOP_SECONDS = 10.0


class Broker:
    """One Valkey server that writes every accepted message to disk before the next second."""

    def __init__(self, data: Path, *, say: Callable[[str], None] = print) -> None:
        self.data = data.resolve()
        self.folder = self.data / "valkey"
        self.sockets = socket_folder(self.data)
        self.socket = self.sockets / "valkey.sock"
        self.say = say
        self.child: Child | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The address in the form Celery's redis transport reads."""
        return f"redis+socket://{self.socket}"

    def start(self) -> None:
        """Bring the server up within START_SECONDS."""
        self.data.mkdir(parents=True, exist_ok=True)
        account = server_account(self.data, [valkey_program()])
        self._clean_up_after_predecessor()
        account.own(self.folder)
        claim(self.sockets, account)
        self.child = start(
            "valkey",
            account.command(self._command(), signal.SIGTERM),
            log=self.data / "log" / "valkey.log",
            env=plain_environment(),
            cwd=Path("/"),
        )
        self._wait_until_ready(self.child)

    def stop(self) -> None:
        """Stop the server; what it holds is on disk."""
        if self.child is not None:
            self.child.tell(signal.SIGTERM)
            self.child.wait(STOP_SECONDS)
            self.child = None

    def _command(self) -> list[str]:
        return [
            str(valkey_program()),
            *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
            *("--save", "", "--appendonly", "yes", "--dir", str(self.folder)),
        ]

    def _clean_up_after_predecessor(self) -> None:
        if end_leftovers(self.folder, signal.SIGTERM):
            self.say("Ended the Valkey that a killed predecessor had left running.")
        if self.socket.exists():
            self.socket.unlink()
            self.say("Removed the socket of a Valkey that was killed; its messages are on disk.")

    def _wait_until_ready(self, child: Child) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and child.alive:
            if self._answers():
                return
            time.sleep(0.01)
        child.wait(0)
        raise Breakdown(f"Valkey did not start; {child.log} ends:\n{child.last_words()}")

    def _answers(self) -> bool:
        """Whether it says PONG: while it still loads its file it says LOADING."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            try:
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(64).startswith(b"+PONG")
            except OSError:
                return False
