"""Requests to a server on this machine over many connections at once, and how long each took.

One thread and bare sockets, because the measuring takes its share of the same processors.
"""

import selectors
import socket
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Final

HOST: Final = "127.0.0.1"
EMPTY: Final = "/empty"  # what the route that does nothing is called
PATIENCE: Final = 10.0  # seconds of silence after which measuring is given up
_END_OF_HEAD: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length:"


@dataclass
class Told:
    """Microseconds of each answer, how many were not 200, and the seconds it all took."""

    microseconds: list[float] = field(default_factory=list)
    failures: int = 0
    seconds: float = 0.0

    @property
    def answers(self) -> int:
        """How many came back."""
        return len(self.microseconds)

    @property
    def median(self) -> float:
        """Microseconds within which half of them came."""
        return statistics.median(self.microseconds)

    @property
    def per_second(self) -> float:
        """Answers each second."""
        return self.answers / self.seconds


@dataclass
class _Line:
    """A connection, what has come back on it, and when its question was sent."""

    socket: socket.socket
    received: bytes = b""
    asked: float = 0.0


def post(path: str, body: bytes, token: str) -> bytes:
    """A whole request, ready to be sent again and again on one connection."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def load(
    port: int, requests: Sequence[bytes], connections: int, enough: Callable[[Told], bool]
) -> Told:
    """Ask until `enough(what was told so far)`, each connection anew as soon as it has its answer.

    Raises TimeoutError when the server falls silent, OSError when it cannot be reached.
    """
    told, endless = Told(), cycle(requests)
    with selectors.DefaultSelector() as selector:
        lines = [_connect(port) for _ in range(connections)]
        try:
            began = time.perf_counter()
            for line in lines:
                selector.register(line.socket, selectors.EVENT_READ, line)
                _ask(line, next(endless))
            while not enough(told):
                for line in _answered(selector, told):
                    _ask(line, next(endless))
                told.seconds = time.perf_counter() - began
        finally:
            for line in lines:
                line.socket.close()
    return told


def free_port() -> int:
    """A port of the loopback nobody listens on."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
    return port


def _answered(selector: selectors.BaseSelector, told: Told) -> Iterator[_Line]:
    ready = selector.select(PATIENCE)
    if not ready:
        raise TimeoutError("The server fell silent.")
    for key, _events in ready:
        line: _Line = key.data
        line.received += line.socket.recv(65_536)
        if _whole(line.received):
            told.microseconds.append((time.perf_counter() - line.asked) * 1e6)
            told.failures += not line.received.startswith(b"HTTP/1.1 200")
            yield line


def _whole(received: bytes) -> bool:
    head, end, body = received.partition(_END_OF_HEAD)
    if not received:
        raise ConnectionResetError("The server closed a connection.")
    if not end:
        return False
    _, _, rest = head.lower().partition(_LENGTH)
    return len(body) >= int(rest.split(b"\r\n", 1)[0])


def _connect(port: int) -> _Line:
    line = _Line(socket.create_connection((HOST, port), timeout=PATIENCE))
    line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def _ask(line: _Line, request: bytes) -> None:
    line.received, line.asked = b"", time.perf_counter()
    line.socket.sendall(request)
