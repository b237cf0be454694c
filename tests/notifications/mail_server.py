"""A mail server on loopback that takes mail, or answers what a test tells it to."""

import socketserver
import threading
from types import TracebackType
from typing import Self


class _Talk(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        self._say("220 tests")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ")[0].split(":")[0].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "DATA":
                self._take()
            else:
                self._say(self.server.owner.answers.get(verb, "250 ok"))

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        answer = self.server.owner.answers.get("DATA", "250 2.0.0 taken as 4711")
        if answer.startswith("250"):
            self.server.owner.taken.append(b"".join(lines))
        self._say(answer)

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    owner: "MailServer"


class MailServer:
    """`answers` maps a verb (RCPT, DATA) to the line it is answered with; `taken` holds what was taken."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.taken: list[bytes] = []
        self._server = _Server(("127.0.0.1", 0), _Talk)
        self._server.owner = self
        self.port = self._server.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Take no more connections."""
        self._server.shutdown()
        self._server.server_close()
