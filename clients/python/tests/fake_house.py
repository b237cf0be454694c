"""A house at the border: hands its rules out as the real one does, and lies when it is told to."""

import base64
import json
import uuid
from collections.abc import Callable
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from redress_client.feed import RuleFeed

URL = "https://house.test"


def rule(*terms: str, **more: Any) -> dict[str, Any]:
    """A rule as the feed tells it; the house gives it its version."""
    return {
        "id": str(uuid.uuid4()),
        "mode": "block",
        "case": "N-1",
        "terms": [{"text": term, "language": "en", "alias": False} for term in terms],
        "allow_phrases": [],
        "fields": ["prompt", "negative_prompt"],
        "territory": "",
        "reason": "character_protected",
        "expires": None,
        "user_message": {"en": "Protected.", "zh-Hans": "受保护。"},
        "appeal_url": "https://house.test/appeal/",
        "added_later": 1,
    } | more


class FakeHouse(httpx.MockTransport):
    """`instead` is given in the place of the next answers, `bend` changes what is told before it is signed."""

    def __init__(self, *rules: dict[str, Any]) -> None:
        super().__init__(self._answer)
        self.asked: list[httpx.Request] = []
        self.statuses: list[int] = []
        self.version, self.at_once = 0, 100
        self.rules: dict[str, dict[str, Any]] = {}
        self.ended: dict[str, int] = {}
        self.instead: list[Any] = []
        self.bend: Callable[[dict[str, Any]], object] = lambda told: None
        self.signing: Ed25519PrivateKey | None = Ed25519PrivateKey.generate()
        for one in rules:
            self.begin(one)

    def begin(self, one: dict[str, Any]) -> str:
        self.version += 1
        self.rules[one["id"]] = {"version": self.version} | one
        return str(one["id"])

    def end(self, id: str) -> None:
        self.version += 1
        del self.rules[id]
        self.ended[id] = self.version

    @property
    def key(self) -> str:
        return public(self.signing) if self.signing else ""

    def feed(self, **more: Any) -> RuleFeed:
        """A feed of this house that trusts its key."""
        return RuleFeed(URL, "secret", **{"key": self.key, "transport": self} | more)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self._told(request)
        if isinstance(answer, Exception):
            raise answer
        self.statuses.append(answer.status_code)
        return answer

    def _told(self, request: httpx.Request) -> Any:
        if self.instead:
            return self.instead.pop(0)
        since = int(request.url.params["since"])
        etag = f'"{self.version}.{since}"'
        if request.headers.get("If-None-Match") == etag:
            return httpx.Response(304, headers={"ETag": etag})
        body = json.dumps(self._page(since), ensure_ascii=False).encode()
        return httpx.Response(200, content=body, headers={"ETag": etag, **self._signed(body)})

    def _page(self, since: int) -> dict[str, Any]:
        since = since if since <= self.version else 0
        began = [(one["version"], one["id"]) for one in self.rules.values()]
        ended = [(version, id) for id, version in self.ended.items() if since]
        changed = sorted(one for one in began + ended if one[0] > since)
        page, more = changed[: self.at_once], len(changed) > self.at_once
        told: dict[str, Any] = {
            "format": "redress.prompt-rules/1",
            "since": since,
            "version": page[-1][0] if more else self.version,
            "more": more,
            "rules": [self.rules[id] for _version, id in page if id in self.rules],
            "ended": [id for _version, id in page if id in self.ended],
        }
        self.bend(told)
        return told

    def _signed(self, body: bytes) -> dict[str, str]:
        if self.signing is None:
            return {}
        signature = base64.b64encode(self.signing.sign(body)).decode()
        return {"Redress-Signature": signature, "Redress-Key": self.key}


def public(key: Ed25519PrivateKey) -> str:
    """The public half, as the house shows it."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()
