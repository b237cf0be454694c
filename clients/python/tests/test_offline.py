"""Checking in the own process: the guard's decisions by a copy of the rules; nothing bad is waved through."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fake_house import FakeHouse, rule

from redress_client import Refused
from redress_client.errors import FeedUnreachable
from redress_client.offline import OfflineGuard

FOX = rule("fox spirit", "狐妖")


def guard(*rules: dict[str, Any], **more: Any) -> OfflineGuard:
    feed = FakeHouse(*rules).feed()
    feed.refresh()
    return OfflineGuard(feed, **more)


def test_a_block_tells_rule_place_and_words_for_the_user() -> None:
    decision = guard(FOX).check("draw a 😀 Ｆox-spirit", "blurry", user="u1", surface="web")
    assert (decision.decision, decision.source, decision.mode) == ("block", "offline", "enforce")
    assert decision.rule is not None
    assert (decision.rule.id, decision.rule.case) == (FOX["id"], "N-1")
    (match,) = decision.matches
    assert (match.field, match.start, match.end) == ("prompt", 9, 19)
    assert (match.text, match.normalized, match.how) == (
        "Ｆox-spirit",
        "fox spirit",
        ("width",),
    )
    assert decision.message("zh-Hans") == "受保护。"
    assert decision.appeal_url == "https://house.test/appeal/"
    assert decision.rule_set_version == 1


def test_a_clean_prompt_goes_on_and_a_watching_rule_is_named() -> None:
    clean = guard(FOX).check("a cat")
    assert (clean.allowed, clean.rule, clean.matches, clean.source) == (True, None, (), "offline")
    watched = guard(rule("fox spirit", mode="shadow")).check("a fox spirit")
    assert (watched.allowed, watched.mode, watched.user_message) == (True, "shadow", {})
    assert watched.rule is not None
    assert (watched.rule.mode, len(watched.matches), watched.appeal_url) == ("shadow", 1, "")


def test_a_warning_is_no_yes_and_is_not_confirmed_here() -> None:
    asking = guard(rule("fox spirit", mode="warn"))
    warned = asking.check("a fox spirit")
    assert (warned.decision, warned.allowed, warned.confirmation) == ("warn", False, None)
    with pytest.raises(Refused) as caught:
        asking.check("a fox spirit", confirmation="token")
    assert set(caught.value.errors) == {"/confirmation"}


def test_rules_hold_where_and_as_long_as_they_say() -> None:
    soon = datetime.now(UTC)
    asking = guard(
        rule("fox spirit", territory="CN"),
        rule("barn owl", expires=(soon - timedelta(seconds=1)).isoformat()),
        rule("elk king", expires=(soon + timedelta(hours=1)).isoformat()),
        rule("moon crab", fields=["negative_prompt"]),
    )
    assert asking.check("a fox spirit", territory="US").allowed
    assert not asking.check("a fox spirit", territory="CN").allowed
    assert not asking.check("a fox spirit").allowed
    assert asking.check("a barn owl").allowed
    assert not asking.check("an elk king").allowed
    assert asking.check("a moon crab").allowed
    assert not asking.check("x", "a moon crab").allowed


def test_changes_count_from_the_next_check_on() -> None:
    house = FakeHouse(FOX)
    feed = house.feed()
    feed.refresh()
    asking = OfflineGuard(feed)
    assert asking.check("a barn owl").allowed
    house.begin(rule("barn owl"))
    house.end(FOX["id"])
    feed.refresh()
    assert not asking.check("a barn owl").allowed
    assert asking.check("a fox spirit").allowed


@pytest.mark.parametrize("prompt", [None, ["Fox"], [{"type": "text", "text": "Fox"}], 7, b"Fox"])
@pytest.mark.parametrize("choice", ["block", "allow"])
def test_a_prompt_that_is_no_string_is_never_allowed(prompt: Any, choice: Any) -> None:
    for asking in (guard(FOX, on_stale=choice), OfflineGuard(FakeHouse().feed(), on_stale=choice)):
        with pytest.raises(TypeError):
            asking.check(prompt)
        with pytest.raises(TypeError):
            asking.check("x", prompt if prompt is not None else 7)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("prompt", "x" * 20_001),
        ("negative_prompt", "half \ud800"),
        ("user", "u" * 201),
        ("user", None),
        ("surface", 7),
        ("language", "fr"),
        ("territory", "China"),
        ("prompts", "Fox"),
    ],
)
def test_what_the_guard_would_refuse_is_refused_by_its_field(field: str, value: Any) -> None:
    for choice in ("block", "allow"):
        for asking in (guard(FOX, on_stale=choice), OfflineGuard(FakeHouse().feed())):
            with pytest.raises(Refused, match="422") as caught:
                asking.check(**{"prompt": "x", field: value})
            assert set(caught.value.errors) == {f"/{field}"}


def aged(seconds: float, **more: Any) -> OfflineGuard:
    """A guard whose rules nobody has confirmed for so long."""
    feed = FakeHouse(FOX).feed()
    feed.refresh()
    held = feed.held
    assert held is not None
    ticks = held.confirmed.ticks - seconds
    feed.held = replace(held, confirmed=replace(held.confirmed, ticks=ticks))
    return OfflineGuard(feed, **more)


def test_stale_rules_block_unless_something_else_was_chosen(
    caplog: pytest.LogCaptureFixture,
) -> None:
    decision = aged(31).check("a private prompt")
    assert (decision.decision, decision.source, decision.rule) == ("block", "stale", None)
    assert "31 s" in decision.problem
    assert "31 s" in caplog.text
    assert "private" not in caplog.text
    assert aged(25).check("a cat").source == "offline"
    assert aged(31, max_age=60).check("a cat").source == "offline"


def test_going_on_with_stale_rules_still_keeps_them() -> None:
    going_on = aged(31, on_stale="allow")
    clean, fox = going_on.check("a cat"), going_on.check("a fox spirit")
    assert (clean.decision, clean.source, fox.decision, fox.source) == (
        "allow",
        "stale",
        "block",
        "stale",
    )
    assert "31 s" in fox.problem


def test_without_any_rules_the_choice_decides() -> None:
    def nothing(**more: Any) -> Any:
        house = FakeHouse()
        house.instead = [httpx.ConnectError("refused")]
        feed = house.feed()
        with pytest.raises(FeedUnreachable):
            feed.refresh()
        return OfflineGuard(feed, **more).check("a cat")

    assert (nothing().decision, nothing().source) == ("block", "stale")
    assert "no rules" in nothing().problem
    assert nothing(on_stale="allow").allowed
    empty = guard().check("a cat")
    assert (empty.allowed, empty.source, empty.rule_set_version) == (True, "offline", 0)


def test_choices_that_are_none_are_told_at_once() -> None:
    feed = FakeHouse().feed()
    for wrong in (None, "Block", True):
        with pytest.raises(ValueError, match="on_stale"):
            OfflineGuard(feed, on_stale=wrong)  # type: ignore[arg-type]
    for age in (0, -1, float("nan")):
        with pytest.raises(ValueError, match="max_age"):
            OfflineGuard(feed, max_age=age)
