"""One call to an endpoint: the very bytes out, a status back. No redirects, 15 seconds in all, public addresses only."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from common.wire import Answer, exchange
from notifications import webhook_rules
from notifications.endpoint_urls import may_be_called

AGENT: Final = "Redress-Webhooks/1"
_NOW: Final = timedelta(0)


@dataclass(frozen=True)
class Outcome:
    """What came of a try. `status` is None when there was no answer; `error` then says why, for staff.

    `answer` is the beginning of what the endpoint said, `retry_after` how long it asked us to wait.
    """

    status: int | None
    answer: str
    error: str
    milliseconds: int
    retry_after: timedelta = _NOW

    @property
    def delivered(self) -> bool:
        """Whether the endpoint took it."""
        return self.status is not None and webhook_rules.delivered(self.status)


def call(url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
    """POST the body. Never raises: whatever goes wrong is an outcome."""
    began = time.monotonic()
    told = {
        **headers,
        "content-type": "application/json",
        "user-agent": AGENT,
        "accept-encoding": "identity",
    }
    try:
        answer = exchange(
            httpx.Request("POST", url, headers=told, content=body),
            seconds=webhook_rules.ATTEMPT_SECONDS,
            limit=webhook_rules.LARGEST_ANSWER,
            allow=may_be_called,
            cut=True,
        )
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return Outcome(None, "", _words(error), _since(began))
    return Outcome(answer.status, _text(answer), "", _since(began), _retry_after(answer))


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _text(answer: Answer) -> str:
    """The beginning of the answer, fit for a database: no NUL."""
    text = answer.body[: webhook_rules.KEPT_OF_ANSWER].decode("utf-8", "replace")
    return text.replace("\x00", "\ufffd")


def _retry_after(answer: Answer) -> timedelta:
    """What `Retry-After` asks for, in seconds or as a date beside the answer's own `Date`; a day at most."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:9])), webhook_rules.LONGEST_RETRY_AFTER)
    until, dated = _moment(said), _moment(answer.headers.get("date", ""))
    if until is None or dated is None:
        return _NOW
    return min(max(until - dated, _NOW), webhook_rules.LONGEST_RETRY_AFTER)


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
