"""Asking the guard over HTTP. Whoever asks has chosen what no answer means; there is no default."""

import json
import logging
import time
from types import TracebackType
from typing import Final, Literal, Self, Unpack

import httpx

from redress_client.cache import Cache, Keeping
from redress_client.decisions import Decision, read
from redress_client.errors import NoAnswer
from redress_client.questions import Details, question
from redress_client.wire import PromptCheck

CHECKS: Final = "/api/v1/prompt-checks"
LARGEST_ANSWER: Final = 1_000_000  # bytes
STEPS: Final = 4  # waiting for a connection, connecting, sending, the first byte: each gets its share of the time
IDLE_SECONDS: Final = 1.0  # the guard closes connections that are idle for two
USUAL: Final = Keeping()
BROKEN: Final = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)
log = logging.getLogger("redress_client")


class _Asking:
    """What both guards share."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        on_timeout: Literal["block", "allow"],
        timeout: float = 2.0,
        keeping: Keeping = USUAL,
    ) -> None:
        if on_timeout not in ("block", "allow"):
            raise ValueError('on_timeout must be "block" or "allow".')
        if timeout <= 0:
            raise ValueError("timeout must be more than 0 seconds.")
        if httpx.URL(url).scheme not in ("http", "https"):
            raise ValueError("url must be the guard's address, such as http://127.0.0.1:8010.")
        self._url = url.rstrip("/") + CHECKS
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Accept-Encoding": "identity",
        }
        self._on_timeout: Literal["block", "allow"] = on_timeout
        self._timeout = timeout
        self._cache = Cache(keeping)

    def _request(self, check: PromptCheck, seconds: float) -> httpx.Request:
        extensions = {"timeout": httpx.Timeout(max(seconds, 0.001) / STEPS).as_dict()}
        content = json.dumps(check).encode()
        return httpx.Request(
            "POST", self._url, headers=self._headers, content=content, extensions=extensions
        )

    def _without_answer(self, reason: Exception) -> Decision:
        problem = str(reason) if isinstance(reason, NoAnswer) else type(reason).__name__
        log.warning("No answer from the guard (%s): %s.", problem, self._on_timeout)
        return Decision(self._on_timeout, source="timeout", problem=problem)


class Guard(_Asking):
    """Asks the guard at `url` with `token`. For many threads.

    `on_timeout` is the decision when there is no usable answer within `timeout` seconds: "block" stops the
    service when the guard is away, "allow" lets protected works through. `keeping` says how long clean answers
    are kept. Close it, or use it as a context.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        on_timeout: Literal["block", "allow"],
        timeout: float = 2.0,
        keeping: Keeping = USUAL,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        super().__init__(url, token, on_timeout=on_timeout, timeout=timeout, keeping=keeping)
        self._http = httpx.Client(transport=transport, trust_env=False, limits=_limits())

    def check(
        self, prompt: str, negative_prompt: str | None = None, **details: Unpack[Details]
    ) -> Decision:
        """May this prompt be carried out? Go on only if the decision is `allowed`.

        Raises TypeError for a prompt that is no string, and Refused when the guard refuses the request itself.
        """
        check = question(prompt, negative_prompt, details)
        if (known := self._cache.find(check)) is not None:
            return known
        asked = time.monotonic()
        try:
            decision = self._ask(check, asked + self._timeout)
        except (httpx.RequestError, NoAnswer) as reason:
            return self._without_answer(reason)
        self._cache.learn(check, decision, asked)
        return decision

    def _ask(self, check: PromptCheck, end: float) -> Decision:
        try:
            return self._send(check, end)
        except BROKEN:  # an idle connection that the guard had closed
            return self._send(check, end)

    def _send(self, check: PromptCheck, end: float) -> Decision:
        request = self._request(check, end - time.monotonic())
        response = self._http.send(request, stream=True)
        try:
            body = b""
            for chunk in response.iter_bytes():
                body = _grown(body, chunk, end)
        finally:
            response.close()
        return read(response.status_code, body)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncGuard(_Asking):
    """The same as `Guard`, for asynchronous services: `await guard.check(prompt)`."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        on_timeout: Literal["block", "allow"],
        timeout: float = 2.0,
        keeping: Keeping = USUAL,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        super().__init__(url, token, on_timeout=on_timeout, timeout=timeout, keeping=keeping)
        self._http = httpx.AsyncClient(transport=transport, trust_env=False, limits=_limits())

    async def check(
        self, prompt: str, negative_prompt: str | None = None, **details: Unpack[Details]
    ) -> Decision:
        """As `Guard.check`."""
        check = question(prompt, negative_prompt, details)
        if (known := self._cache.find(check)) is not None:
            return known
        asked = time.monotonic()
        try:
            decision = await self._ask(check, asked + self._timeout)
        except (httpx.RequestError, NoAnswer) as reason:
            return self._without_answer(reason)
        self._cache.learn(check, decision, asked)
        return decision

    async def _ask(self, check: PromptCheck, end: float) -> Decision:
        try:
            return await self._send(check, end)
        except BROKEN:
            return await self._send(check, end)

    async def _send(self, check: PromptCheck, end: float) -> Decision:
        request = self._request(check, end - time.monotonic())
        response = await self._http.send(request, stream=True)
        try:
            body = b""
            async for chunk in response.aiter_bytes():
                body = _grown(body, chunk, end)
        finally:
            await response.aclose()
        return read(response.status_code, body)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


def _limits() -> httpx.Limits:
    return httpx.Limits(keepalive_expiry=IDLE_SECONDS)


def _grown(body: bytes, chunk: bytes, end: float) -> bytes:
    if time.monotonic() > end:
        raise NoAnswer("the guard's answer took too long")
    if len(body) + len(chunk) > LARGEST_ANSWER:
        raise NoAnswer("the guard's answer is too long")
    return body + chunk
