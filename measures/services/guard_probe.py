"""Asking our own guard over HTTP, as any service of the platform does."""

import json
from dataclasses import dataclass
from typing import Any, Final

import httpx

from common.wire import Answer, exchange
from screening.record_names import OURS

ANSWER_LIMIT: Final = 1_000_000
DECISIONS: Final = frozenset({"allow", "warn", "block"})


class GuardUnreachable(Exception):
    """The guard gave no answer that can be trusted; the text says why, in a word."""


@dataclass(frozen=True)
class Told:
    """What the guard decided on one prompt. `rule_id` is '' where no rule spoke."""

    decision: str
    rule_id: str


@dataclass(frozen=True)
class GuardProbe:
    """The guard at `base_url`, asked with `token`. Every method raises GuardUnreachable."""

    base_url: str
    token: str
    timeout: float = 5.0

    def ask(self, fields: dict[str, str]) -> Told:
        """The decision on a prompt, given by the fields of a prompt check. Nobody's record is touched."""
        body = self._call("POST", "/api/v1/prompt-checks", {**fields, "surface": OURS})
        rule = body.get("rule")
        named = str(rule.get("id", "")) if isinstance(rule, dict) else ""
        if body.get("decision") not in DECISIONS:
            raise GuardUnreachable("no_decision")
        return Told(str(body["decision"]), named)

    def version(self) -> int:
        """The version of the rules that the guard holds."""
        held = self._call("GET", "/healthz").get("rule_set_version")
        if not isinstance(held, int):
            raise GuardUnreachable("no_version")
        return held

    def _call(self, method: str, path: str, sent: dict[str, str] | None = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "identity"}
        request = httpx.Request(
            method, self.base_url.rstrip("/") + path, headers=headers, json=sent
        )
        try:
            answer = exchange(request, seconds=self.timeout, limit=ANSWER_LIMIT)
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise GuardUnreachable("no_answer") from error
        return _read(answer)


def _read(answer: Answer) -> dict[str, Any]:
    if answer.status != httpx.codes.OK:
        raise GuardUnreachable(f"http_{answer.status}")
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise GuardUnreachable("no_json") from error
    if not isinstance(body, dict):
        raise GuardUnreachable("no_json")
    return body
