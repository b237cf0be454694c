"""The client against a guard at the border: what it asks, keeps, refuses, and does without an answer."""

import asyncio
import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from redress_client import AsyncGuard, Guard, Keeping, Refused

ALLOW: dict[str, Any] = {
    "id": "pc_1",
    "decision": "allow",
    "rule": None,
    "matches": [],
    "user_message": None,
    "appeal_url": None,
    "rule_set_version": 7,
    "mode": "enforce",
    "confirmation": None,
    "added_later": {"x": 1},
}
BLOCK = ALLOW | {
    "decision": "block",
    "rule": {"id": "r1", "reason": "character", "case": "N-1", "expires": None, "mode": "block"},
    "matches": [
        {
            "field": "prompt",
            "start": 5,
            "end": 8,
            "text": "Fox",
            "normalized": "fox",
            "how": ["width"],
        }
    ],
    "user_message": {"en": "Protected.", "zh-Hans": "受保护。"},
    "appeal_url": "https://redress.example/appeal/",
}
SHADOW = BLOCK | {"decision": "allow", "mode": "shadow", "user_message": None}


class FakeGuard(httpx.MockTransport):
    """Gives the answers in turn, the last one for ever, and remembers what it was asked."""

    def __init__(self, *answers: Any) -> None:
        super().__init__(self._answer)
        self.asked: list[httpx.Request] = []
        self._answers = list(answers)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        told = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(told, Exception):
            raise told
        return told if isinstance(told, httpx.Response) else httpx.Response(200, json=told)

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(request.content) for request in self.asked]


def guard(fake: httpx.MockTransport, on_timeout: Any = "block", **more: Any) -> Guard:
    return Guard("http://guard.test/", "secret", on_timeout=on_timeout, transport=fake, **more)


def test_a_check_says_who_asks_and_nothing_that_was_not_given() -> None:
    fake = FakeGuard(ALLOW)
    decision = guard(fake).check("a 😀 fox", "blur", user="u1", territory="CN")
    assert (decision.allowed, decision.source, decision.rule_set_version) == (True, "guard", 7)
    (asked,) = fake.asked
    assert str(asked.url) == "http://guard.test/api/v1/prompt-checks"
    assert asked.headers["authorization"] == "Bearer secret"
    assert fake.bodies == [
        {"prompt": "a 😀 fox", "negative_prompt": "blur", "user": "u1", "territory": "CN"}
    ]


def test_a_block_tells_rule_place_and_words_for_the_user() -> None:
    decision = guard(FakeGuard(BLOCK)).check("draw Fox")
    assert not decision.allowed
    assert decision.rule is not None
    assert (decision.rule.case, decision.matches[0].how) == ("N-1", ("width",))
    assert (decision.message("zh-Hans"), decision.message("fr")) == ("受保护。", "Protected.")
    assert decision.appeal_url == "https://redress.example/appeal/"


def test_a_warning_is_no_yes_until_the_user_confirms_it() -> None:
    token = {"token": "t1", "expires": "2026-11-23T03:10:00+00:00", "refused": None}
    warned = BLOCK | {"decision": "warn", "confirmation": token}
    fake = FakeGuard(warned, SHADOW | {"mode": "confirmed"})
    asking = guard(fake)
    decision = asking.check("x", user="u1")
    assert not decision.allowed
    assert decision.confirmation is not None
    confirmed = asking.check("x", user="u1", confirmation=decision.confirmation.token)
    assert (confirmed.allowed, confirmed.mode) == (True, "confirmed")
    assert fake.bodies[1]["confirmation"] == "t1"


def test_what_no_answer_means_must_be_chosen() -> None:
    with pytest.raises(TypeError):
        Guard("http://guard.test", "secret")  # type: ignore[call-arg]
    for wrong in (None, "Block", True):
        with pytest.raises(ValueError, match="on_timeout"):
            guard(FakeGuard(ALLOW), wrong)
    with pytest.raises(ValueError, match="address"):
        Guard("guard.test:8010", "secret", on_timeout="block")
    with pytest.raises(ValueError, match="timeout"):
        guard(FakeGuard(ALLOW), timeout=0)


@pytest.mark.parametrize(
    "nothing",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.ReadError("broken"),
        httpx.Response(503, json={"title": "Stale rules"}),
        httpx.Response(500),
        httpx.Response(429),
        httpx.Response(302, headers={"Location": "http://elsewhere.test"}),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, content=b"[]"),
        httpx.Response(200, content=b"[" * 100_000),
        ALLOW | {"padding": "x" * 1_000_001},
        {},
        ALLOW | {"decision": "ALLOW"},
        ALLOW | {"decision": ["allow"]},
        ALLOW | {"rule": "r1"},
        ALLOW | {"matches": None},
        ALLOW | {"rule_set_version": "new"},
        {"decision": "allow"},
    ],
)
@pytest.mark.parametrize("choice", ["block", "allow"])
def test_without_a_usable_answer_the_choice_decides(choice: Any, nothing: Any) -> None:
    decision = guard(FakeGuard(nothing), choice).check("x")
    assert (decision.decision, decision.source) == (choice, "timeout")
    assert decision.problem


def test_no_answer_is_logged_without_the_prompt(caplog: pytest.LogCaptureFixture) -> None:
    guard(FakeGuard(httpx.ConnectError("refused"))).check("a private prompt")
    assert "ConnectError" in caplog.text
    assert "private" not in caplog.text


@pytest.mark.parametrize("choice", ["block", "allow"])
def test_a_request_that_the_guard_refuses_is_an_error_whatever_was_chosen(choice: Any) -> None:
    errors = [{"pointer": "/user", "detail": "Too long."}]
    refused = httpx.Response(422, json={"detail": "Refused: too long.", "errors": errors})
    with pytest.raises(Refused, match="422: Refused") as caught:
        guard(FakeGuard(refused), choice).check("x", user="u" * 300)
    assert caught.value.errors == {"/user": "Too long."}
    with pytest.raises(Refused, match="401"):
        guard(FakeGuard(httpx.Response(401, content=b"?")), choice).check("x")


@pytest.mark.parametrize("prompt", [None, ["Fox"], [{"type": "text", "text": "Fox"}], 7, b"Fox"])
def test_a_prompt_that_is_no_string_is_never_sent_and_never_allowed(prompt: Any) -> None:
    fake = FakeGuard(ALLOW)
    with pytest.raises(TypeError):
        guard(fake, "allow").check(prompt)
    with pytest.raises(TypeError):
        guard(fake, "allow").check("x", prompt if prompt is not None else 7)
    assert not fake.asked


def test_a_connection_that_was_closed_while_idle_is_opened_again() -> None:
    fake = FakeGuard(httpx.RemoteProtocolError("disconnected"), ALLOW)
    assert guard(fake).check("x").source == "guard"
    assert len(fake.asked) == 2


def test_an_answer_that_drips_is_cut_off() -> None:
    def drip() -> Iterator[bytes]:
        for letter in json.dumps(ALLOW):
            time.sleep(0.02)
            yield letter.encode()

    fake = httpx.MockTransport(lambda _: httpx.Response(200, content=drip()))
    started = time.monotonic()
    assert guard(fake, timeout=0.1).check("x").source == "timeout"
    assert time.monotonic() - started < 1


def test_a_clean_answer_is_kept_for_the_same_question_whoever_asks() -> None:
    fake = FakeGuard(ALLOW)
    asking = guard(fake)
    assert asking.check("x", user="u1").source == "guard"
    assert asking.check("x", user="u2", language="en").source == "cache"
    assert asking.check("x", "y").source == "guard"
    assert asking.check("x", "").source == "guard"
    assert asking.check("x", territory="CN").source == "guard"
    assert len(fake.asked) == 4


@pytest.mark.parametrize("answer", [BLOCK, SHADOW, BLOCK | {"decision": "warn"}])
def test_what_matched_is_asked_each_time_since_the_guard_keeps_the_record(answer: Any) -> None:
    fake = FakeGuard(answer)
    asking = guard(fake)
    assert {asking.check("x").source for _ in range(3)} == {"guard"}
    assert len(fake.asked) == 3


def test_newer_rules_end_what_was_kept_and_older_ones_are_not_kept() -> None:
    newer = ALLOW | {"rule_set_version": 8}
    fake = FakeGuard(ALLOW, newer, ALLOW, newer)
    asking = guard(fake)
    assert asking.check("x").rule_set_version == 7
    assert asking.check("y").rule_set_version == 8
    assert asking.check("x").source == "guard"  # a worker that is behind: not kept
    assert asking.check("x").source == "guard"
    assert asking.check("x").source == "cache"


def test_nothing_is_kept_longer_than_said_nor_more_than_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr("redress_client.cache.time.monotonic", lambda: now[0])
    asking = guard(FakeGuard(ALLOW), keeping=Keeping(2, 2.0), timeout=5)
    for prompt in ("a", "b", "a", "c"):
        asking.check(prompt)
    assert asking.check("a").source == "cache"
    assert asking.check("b").source == "guard"  # the one used least lately
    now[0] += 2.1
    assert asking.check("b").source == "guard"
    none = guard(FakeGuard(ALLOW), keeping=Keeping(0))
    assert [none.check("a").source for _ in range(2)] == ["guard", "guard"]


def test_no_answer_is_never_kept() -> None:
    asking = guard(FakeGuard(httpx.ConnectError("refused"), ALLOW), "allow")
    assert [asking.check("x").source for _ in range(2)] == ["timeout", "guard"]


def test_the_asynchronous_guard_does_the_same() -> None:
    async def ask(*answers: Any) -> list[Any]:
        fake = FakeGuard(*answers)
        async with AsyncGuard(
            "http://guard.test", "secret", on_timeout="block", transport=fake
        ) as asking:
            return [await asking.check("x", user="u1") for _ in range(2)]

    def sources(*answers: Any) -> list[str]:
        return [decision.source for decision in asyncio.run(ask(*answers))]

    assert sources(ALLOW) == ["guard", "cache"]
    assert sources(BLOCK) == ["guard", "guard"]
    assert sources(httpx.ConnectError("refused")) == ["timeout", "timeout"]
    assert sources(httpx.ReadError("broken"), ALLOW) == ["guard", "cache"]
    with pytest.raises(Refused):
        sources(httpx.Response(422, json={}))


def test_it_closes_what_it_opened() -> None:
    with guard(FakeGuard(ALLOW)) as asking:
        asking.check("x")
    with pytest.raises(RuntimeError, match="closed"):
        asking.check("y")
