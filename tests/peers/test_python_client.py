"""The Python client and the guard understand each other: no fake between them."""

import httpx
import pytest

from redress_client import Guard, Refused
from screening.engine.rules import Mode
from tests.screening.asking import MESSAGE, rule
from tests.screening.callers import TOKEN
from tests.screening.test_asking_the_guard import FOX, caller


def client(token: str = TOKEN, age: float = 0) -> Guard:
    """A client of a guard that knows the fox."""
    application = caller(FOX, rule("owl", mode=Mode.WARN), age=age).application
    transport = httpx.WSGITransport(app=application)
    return Guard("http://guard.test", token, on_timeout="block", transport=transport)


def test_decisions_arrive_whole() -> None:
    asking = client()
    blocked = asking.check(
        "draw a 😀 Ｆox-spirit", "blurry", user="u1", surface="web", language="en"
    )
    assert (blocked.decision, blocked.mode, blocked.rule_set_version) == ("block", "enforce", 7)
    assert (blocked.matches[0].start, blocked.matches[0].end) == (9, 19)
    assert blocked.message("zh-Hans") == MESSAGE["zh-Hans"]
    warned = asking.check("an owl")
    assert (warned.decision, warned.confirmation is not None) == ("warn", True)
    assert [asking.check("a cat").source for _ in range(2)] == ["guard", "cache"]


def test_what_the_guard_refuses_is_told_by_its_field() -> None:
    with pytest.raises(Refused) as caught:
        client().check("x", territory="China")
    assert set(caught.value.errors) == {"/territory"}
    with pytest.raises(Refused, match="401"):
        client(token="wrong").check("x")


def test_a_guard_that_cannot_confirm_its_rules_is_no_answer() -> None:
    decision = client(age=31).check("x")
    assert (decision.decision, decision.source) == ("block", "timeout")
    assert "503" in decision.problem
