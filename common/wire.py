"""The one door to the network: no redirects, a limit on size, one deadline for the whole exchange.

httpx's own time limits start anew with every chunk, so a server that trickles could hold a worker for ever; here every
read and write is given only what is left of the whole.

Where the address was typed by a person, the caller says which addresses it may lead to (`allow`). The name is then
looked up once, every address it has is judged, and the connection goes to a judged address: a name that changes its
mind between the look and the leap (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx

from common.addresses import Address

Allow = Callable[[Address], bool]


class TooLate(httpx.TimeoutException):
    """The whole exchange took longer than it may."""


class TooLarge(httpx.TransportError):
    """The answer is longer than the limit."""


class AddressRefused(httpx.TransportError):
    """The name leads to an address that may not be spoken to; nothing was connected."""


class _Deadline:
    def __init__(self) -> None:
        self._end = 0.0

    def begin(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, _wanted: float | None = None) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the total time limit is over")
        return left


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _TimedNetwork(httpcore.NetworkBackend):
    def __init__(self, deadline: _Deadline, allow: Allow | None) -> None:
        self._network, self._deadline = httpcore.SyncBackend(), deadline
        self._allow = allow

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        places = [host] if self._allow is None else self._judged(host, port, self._allow)
        for place in places[:-1]:
            try:
                return self._connect(place, port, local_address, socket_options)
            except httpcore.ConnectError:
                continue
        return self._connect(places[-1], port, local_address, socket_options)

    def _connect(
        self,
        place: str,
        port: int,
        local_address: str | None,
        options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left()
        stream = self._network.connect_tcp(place, port, left, local_address, options)
        return _TimedStream(stream, self._deadline)

    def _judged(self, host: str, port: int, allow: Allow) -> list[str]:
        """Every address of the name. One that is not allowed refuses them all: nobody honest mixes them."""
        call = _lookers().submit(socket.getaddrinfo, host, port, 0, socket.SOCK_STREAM)
        try:
            found = call.result(timeout=self._deadline.left())
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"the name {host} was not found in time") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} is not known: {error}") from error
        places = list(dict.fromkeys(str(address[0]) for *_kind, address in found))
        for place in places:
            if not allow(ipaddress.ip_address(place.partition("%")[0])):
                raise AddressRefused(f"{host} leads to {place}, which is not on the open internet")
        return places


@cache
def _lookers() -> ThreadPoolExecutor:
    """Where names are looked up: the system's resolver knows no time limit, so we wait for it with ours."""
    return ThreadPoolExecutor(max_workers=32, thread_name_prefix="look-up")


@dataclass(frozen=True)
class Answer:
    """What came back, byte for byte as sent; nothing was decompressed.

    `whole` is False when the body was longer than the limit and the caller wanted its beginning.
    """

    status: int
    headers: httpx.Headers
    body: bytes
    whole: bool = True


def exchange(
    request: httpx.Request,
    *,
    seconds: float,
    limit: int,
    allow: Allow | None = None,
    cut: bool = False,
) -> Answer:
    """Sends the request and reads the whole answer of at most `limit` bytes within `seconds`.

    `allow` judges every address that the name leads to; without it any is spoken to. `cut`: of a longer answer
    the beginning is kept instead of refusing it. Raises httpx.TransportError, of which TooLate, TooLarge and
    AddressRefused are kinds.
    """
    with Line(allow) as line:
        return line.exchange(request, seconds=seconds, limit=limit, cut=cut)


class Line:
    """Exchanges as `exchange` makes them, over one connection that is kept alive. One thread at a time; close it."""

    def __init__(self, allow: Allow | None = None) -> None:
        """`allow` as for `exchange`."""
        self._deadline = _Deadline()
        network = _TimedNetwork(self._deadline, allow)
        self._pool = httpcore.ConnectionPool(network_backend=network, max_connections=1, retries=0)

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._pool.close()

    def exchange(
        self, request: httpx.Request, *, seconds: float, limit: int, cut: bool = False
    ) -> Answer:
        """As the function of that name; the same errors."""
        self._deadline.begin(seconds)
        try:
            with self._pool.stream(
                request.method,
                str(request.url),
                headers=request.headers.raw,
                content=request.read(),
            ) as answer:
                body, whole = _read(answer.iter_stream(), limit)
                if not whole and not cut:
                    raise TooLarge(f"the answer is longer than {limit} bytes")
        except httpcore.TimeoutException as error:
            raise TooLate(f"no answer within {seconds:g} s", request=request) from error
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            OSError,
        ) as error:
            raise httpx.TransportError(
                f"{type(error).__name__}: {error}", request=request
            ) from error
        return Answer(answer.status, httpx.Headers(answer.headers), body, whole)


class Lines:
    """A line for each thread that asks, kept until `close`."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._all: list[Line] = []

    def exchange(self, request: httpx.Request, *, seconds: float, limit: int) -> Answer:
        """As the function of that name, on the line of the thread that calls."""
        line: Line | None = getattr(self._own, "line", None)
        if line is None:
            line = self._own.line = Line()
            self._all.append(line)
        return line.exchange(request, seconds=seconds, limit=limit)

    def close(self) -> None:
        """End every connection; nobody may be exchanging any more."""
        for line in self._all:
            line.close()


def _read(parts: Iterable[bytes], limit: int) -> tuple[bytes, bool]:
    """At most `limit` bytes, and whether that was all."""
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > limit:
            return bytes(body[:limit]), False
    return bytes(body), True
