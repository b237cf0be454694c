"""Asking a house for its rules over HTTP."""

import time
from contextlib import closing
from typing import Final, NamedTuple

import httpx

from redress_client.errors import FeedUnreachable, Refused

RULES: Final = "/api/v1/prompt-rules"
LARGEST_PAGE: Final = 256_000_000  # bytes
NOT_MODIFIED: Final = 304


class Answer(NamedTuple):
    """`body` is None when nothing changed since the answer with the `etag` that was sent."""

    body: bytes | None
    etag: str
    signature: str
    key: str


class House:
    """The house at `url`, asked with `token`; an answer takes at most `timeout` seconds.

    Raises ValueError for what is no address.
    """

    def __init__(
        self, url: str, token: str, *, timeout: float, transport: httpx.BaseTransport | None
    ) -> None:
        if httpx.URL(url).scheme not in ("http", "https"):
            raise ValueError("url must be the house's address, such as https://redress.example.")
        if timeout <= 0:
            raise ValueError("timeout must be more than 0 seconds.")
        self.address = url.rstrip("/") + RULES
        self._timeout = timeout
        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx.Client(
            transport=transport, trust_env=False, timeout=timeout, headers=headers
        )

    def changes(self, since: int, etag: str = "") -> Answer:
        """What came after version `since`. Raises FeedUnreachable, and Refused for a wrong token."""
        headers = {"If-None-Match": etag} if etag else {}
        params = {"since": since}
        request = self._http.build_request("GET", self.address, params=params, headers=headers)
        try:
            return self._answer(request)
        except httpx.RequestError as error:
            raise FeedUnreachable(f"No answer from the house ({type(error).__name__}).") from None

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _answer(self, request: httpx.Request) -> Answer:
        end = time.monotonic() + self._timeout
        with closing(self._http.send(request, stream=True)) as response:
            _check(response.status_code)
            body = _body(response, end)
        head = response.headers
        told = (
            head.get("ETag", ""),
            head.get("Redress-Signature", ""),
            head.get("Redress-Key", ""),
        )
        return Answer(None if response.status_code == NOT_MODIFIED else body, *told)


def _check(status: int) -> None:
    if 400 <= status < 500 and status not in (408, 425, 429):
        raise Refused(status, "The house hands no rules out: look at `url` and `token`.", {})
    if status not in (200, NOT_MODIFIED):
        raise FeedUnreachable(f"No answer from the house: it said {status}.")


def _body(response: httpx.Response, end: float) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if time.monotonic() > end or len(body) > LARGEST_PAGE:
            raise FeedUnreachable("The answer of the house is too long, or too slow.")
    return bytes(body)
