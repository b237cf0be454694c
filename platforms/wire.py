"""The one door to a platform's network: no redirects, a limit on size, one deadline for the whole exchange.

httpx's own time limits start anew with every chunk, so a server that trickles could hold a worker for ever; here every
read and write is given only what is left of the whole.
"""

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx


class TooLate(httpx.TimeoutException):
    """The whole exchange took longer than it may."""


class TooLarge(httpx.TransportError):
    """The answer is longer than the limit."""


class _Deadline:
    def __init__(self, seconds: float) -> None:
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
    def __init__(self, deadline: _Deadline) -> None:
        self._network, self._deadline = httpcore.SyncBackend(), deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._network.connect_tcp(
            host, port, self._deadline.left(timeout), local_address, socket_options
        )
        return _TimedStream(stream, self._deadline)


@dataclass(frozen=True)
class Answer:
    """What came back, byte for byte as sent; nothing was decompressed."""

    status: int
    headers: httpx.Headers
    body: bytes


def exchange(request: httpx.Request, *, seconds: float, limit: int) -> Answer:
    """Sends the request and reads the whole answer of at most `limit` bytes within `seconds`.

    Raises httpx.TransportError, of which TooLate and TooLarge are kinds.
    """
    with httpcore.ConnectionPool(
        network_backend=_TimedNetwork(_Deadline(seconds)), retries=0
    ) as pool:
        try:
            with pool.stream(
                request.method,
                str(request.url),
                headers=request.headers.raw,
                content=request.read(),
            ) as answer:
                body = _read(answer.iter_stream(), limit)
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
    return Answer(answer.status, httpx.Headers(answer.headers), body)


def _read(parts: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > limit:
            raise TooLarge(f"the answer is longer than {limit} bytes")
    return bytes(body)
