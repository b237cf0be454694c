"""A warning is confirmed by its own token: this prompt, this user, this rule, soon, and once."""

import time
import uuid
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from screening.engine.matcher import RuleSet
from screening.engine.rules import Mode
from screening.guard.app import Guard
from screening.guard.checking import Checker
from screening.guard.confirming import LIFE, Confirmations, Refusal, Warned
from screening.guard.entries import Entry
from screening.guard.keeper import Held
from screening.guard.options import Keeping, Options
from screening.guard.questions import Check
from tests.screening.asking import MESSAGE, NOW, rule
from tests.screening.callers import TOKEN, Caller

SIGNS = Confirmations.under("a secret of the tests")
WARNED = Warned(uuid.uuid4(), uuid.uuid4())
CHECK = Check("draw Ultraman", user="u_paul")
OWL = rule("owl", mode=Mode.WARN, user_message=MESSAGE, appeal_url="https://redress.example/")


class Kept:
    """A record in memory. Lost: it cannot be reached."""

    def __init__(self, *, lost: bool = False) -> None:
        self.rows: list[Entry] = []
        self.lost = lost

    def note(self, one: Entry) -> None:
        self.rows.append(one)

    def once(self, one: Entry) -> bool:
        if self.lost:
            raise psycopg.OperationalError("away")
        confirms = one.row[10]
        if any(row.row[10] == confirms for row in self.rows):
            return False
        self.rows.append(one)
        return True

    def lose(self) -> None:
        raise AssertionError("nothing is lost here")


class StillKeeper:
    def __init__(self, held: Held[RuleSet]) -> None:
        self.held = held


def caller(record: Any, *rules: Any) -> Caller:
    held = Held(RuleSet.build(rules or (OWL,), 7), NOW, time.monotonic())
    checker = Checker(SIGNS, Keeping(sample=0), record)
    options = Options(TOKEN, 30)
    return Caller(Guard(StillKeeper(held), options, "https://redress.example", checker=checker))  # type: ignore[arg-type]


def test_a_token_stands_for_its_prompt_user_and_moment_alone() -> None:
    token, expires = SIGNS.token(WARNED, CHECK, NOW)
    assert expires - NOW == LIFE
    assert SIGNS.read(token, CHECK, NOW) == WARNED
    assert SIGNS.read(token, CHECK, expires - timedelta(seconds=1)) == WARNED
    assert SIGNS.read(token, CHECK, expires) is Refusal.EXPIRED
    for other in (
        Check("draw Ultraman ", user="u_paul"),
        Check("draw Ultraman", user="u_pia"),
        Check("draw Ultraman"),
        Check("draw Ultraman", user="u_paul", negative_prompt=""),
        Check("draw Ultra", user="u_pauldraw man"),
    ):
        assert SIGNS.read(token, other, NOW) is Refusal.OTHER


@pytest.mark.parametrize("token", ["", "x", "=" * 96, "A" * 96, "é", "A" * 1000])
def test_what_is_no_token_of_ours_is_refused(token: str) -> None:
    assert SIGNS.read(token, CHECK, NOW) is Refusal.OTHER


def test_no_letter_of_a_token_can_be_changed() -> None:
    token, _ = SIGNS.token(WARNED, CHECK, NOW)
    for place in range(0, len(token), 5):
        letter = "A" if token[place] != "A" else "B"
        assert SIGNS.read(token[:place] + letter + token[place + 1 :], CHECK, NOW) is Refusal.OTHER
    assert Confirmations.under("another").read(token, CHECK, NOW) is Refusal.OTHER


def test_a_warning_is_confirmed_once_and_then_warns_again() -> None:
    record = Kept()
    guard = caller(record)
    warned = guard.check(prompt="an owl", user="u1").body
    assert (warned["decision"], warned["user_message"]) == ("warn", MESSAGE)
    token = warned["confirmation"]["token"]
    assert warned["confirmation"]["refused"] is None

    confirmed = guard.check(prompt="an owl", user="u1", confirmation=token).body
    assert (confirmed["decision"], confirmed["mode"]) == ("allow", "confirmed")
    assert confirmed["rule"]["id"] == str(OWL.id)
    assert confirmed["confirmation"] is confirmed["user_message"] is None

    again = guard.check(prompt="an owl", user="u1", confirmation=token).body
    assert (again["decision"], again["confirmation"]["refused"]) == ("warn", "used")
    assert again["confirmation"]["token"] != token
    outcomes = [(row.row[6], row.row[10] is not None) for row in record.rows]
    assert outcomes == [("warn", False), ("allow", True), ("warn", False)]


@pytest.mark.parametrize(
    ("record", "why"), [(None, "not-recorded"), (Kept(lost=True), "not-recorded")]
)
def test_without_a_record_nothing_is_let_pass(record: Any, why: str) -> None:
    guard = caller(record)
    token = guard.check(prompt="an owl").body["confirmation"]["token"]
    told = guard.check(prompt="an owl", confirmation=token).body
    assert (told["decision"], told["confirmation"]["refused"]) == ("warn", why)


def test_a_token_opens_no_block_and_no_other_rule() -> None:
    record = Kept()
    token = caller(record).check(prompt="an owl").body["confirmation"]["token"]
    blocked = caller(record, OWL, rule("owl")).check(prompt="an owl", confirmation=token).body
    assert (blocked["decision"], blocked["confirmation"]) == ("block", None)
    other = rule("owl", mode=Mode.WARN)
    warned = caller(record, other).check(prompt="an owl", confirmation=token).body
    assert (warned["decision"], warned["confirmation"]["refused"]) == ("warn", "other")


def test_where_nothing_warns_a_token_is_not_looked_at() -> None:
    told = caller(Kept()).check(prompt="a cat", confirmation="whatever").body
    assert (told["decision"], told["mode"], told["confirmation"]) == ("allow", "enforce", None)


@pytest.mark.parametrize("token", [None, 7, ["x"], {}, "x" * 201, "é"])
def test_a_confirmation_that_is_no_token_is_refused(token: Any) -> None:
    refused = caller(Kept()).check(prompt="an owl", confirmation=token)
    assert refused.status == 422
    assert refused.body["errors"][0]["pointer"] == "/confirmation"
