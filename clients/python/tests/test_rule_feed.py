"""The copy of the rules: whole once, then what changed; signed; kept over a restart; nothing damaged or older is taken."""

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fake_house import URL, FakeHouse, public, rule

from redress_client import Refused
from redress_client.errors import DamagedFeed, FeedUnreachable, OlderFeed
from redress_client.feed import RuleFeed


def names(feed: RuleFeed) -> set[str]:
    """What the rules held look for."""
    assert feed.held is not None
    assert len(feed.held.rules) == len(feed.held.known)
    return {term for rule in feed.held.known.values() for term in rule.terms}


def sinces(house: FakeHouse) -> list[str]:
    return [request.url.params["since"] for request in house.asked]


def test_everything_comes_once_then_what_changed_then_nothing() -> None:
    house = FakeHouse(rule("Fox"), rule("Owl"))
    feed = house.feed()
    assert (feed.version, feed.age()) == (None, math.inf)
    assert feed.refresh()
    assert (names(feed), feed.version) == ({"Fox", "Owl"}, 2)
    house.end(next(iter(house.rules)))
    house.begin(rule("Elk"))
    assert feed.refresh()
    assert (names(feed), feed.version) == ({"Owl", "Elk"}, 4)
    assert not feed.refresh()
    assert not feed.refresh()
    assert sinces(house) == ["0", "2", "4", "4"]
    assert house.statuses == [200, 200, 200, 304]
    assert house.asked[0].headers["authorization"] == "Bearer secret"


def test_many_rules_come_in_pages_and_count_only_when_all_are_there() -> None:
    house = FakeHouse(*(rule(f"Zorblax {n}") for n in range(7)))
    house.at_once = 3
    feed = house.feed()
    feed.refresh()
    assert (len(names(feed)), sinces(house)) == (7, ["0", "3", "6"])
    gone = list(house.rules)[:4]
    for id in gone:
        house.end(id)
    first = house.begin(rule("Fox"))
    house.end(first)
    answers = [house._told(httpx.Request("GET", URL, params={"since": 7}))]
    house.instead = [*answers, httpx.ConnectError("broken in the middle")]
    with pytest.raises(FeedUnreachable):
        feed.refresh()
    assert (len(names(feed)), feed.version) == (7, 7)
    feed.refresh()
    assert names(feed) == {"Zorblax 4", "Zorblax 5", "Zorblax 6"}


@pytest.mark.parametrize("first", [True, False])
def test_a_rule_that_ends_between_two_pages_is_not_held(first: bool) -> None:
    house = FakeHouse(rule("Fox"), rule("Owl"), rule("Elk"), rule("Cod"))
    house.at_once = 2
    feed = house.feed()
    if not first:
        feed.refresh()
        house.begin(rule("Bee"))
    ending = house.begin(rule("Fly")) if not first else next(iter(house.rules))
    for name in ("Ant", "Asp"):
        house.begin(rule(name))

    def end(told: dict[str, Any]) -> None:
        if ending in [one["id"] for one in told["rules"]] and ending in house.rules:
            house.end(ending)

    house.bend = end
    feed.refresh()
    assert ending not in [one["id"] for one in house.rules.values()]
    assert names(feed) == {"Owl", "Elk", "Cod", "Ant", "Asp"} | (set() if first else {"Fox", "Bee"})


def test_a_rule_that_is_told_again_counts_as_told_last() -> None:
    house = FakeHouse(rule("Fox"), rule("Owl"))
    feed = house.feed()
    feed.refresh()
    fox = next(iter(house.rules))
    house.begin(rule("Fox", id=fox, mode="shadow"))
    feed.refresh()
    assert feed.held is not None
    assert (len(feed.held.rules), len(feed.held.known)) == (2, 2)
    house.end(fox)
    feed.refresh()
    del house.ended[fox]
    house.begin(rule("Fox", id=fox))
    feed.refresh()
    assert names(feed) == {"Fox", "Owl"}


@pytest.mark.parametrize(
    "bend",
    [
        lambda told: told.update(format="redress.prompt-rules/2"),
        lambda told: told.update(since=1),
        lambda told: told.update(version="2"),
        lambda told: told.update(version=True),
        lambda told: told.update(version=1),
        lambda told: told.update(more=0),
        lambda told: told.pop("ended"),
        lambda told: told.update(ended=[7]),
        lambda told: told.update(ended=["fox"]),
        lambda told: told.update(ended=[told["rules"][0]["id"]]),
        lambda told: told.update(rules={}),
        lambda told: told["rules"].append(told["rules"][0]),
        lambda told: told["rules"].append("Fox"),
        lambda told: told["rules"][0].update(mode="ask"),
        lambda told: told["rules"][0].update(terms=[]),
        lambda told: told["rules"][0].update(terms=["Fox"]),
        lambda told: told["rules"][0].update(terms=[{"text": 7}]),
        lambda told: told["rules"][0].update(fields="prompt"),
        lambda told: told["rules"][0].update(fields=[]),
        lambda told: told["rules"][0].update(territory=None),
        lambda told: told["rules"][0].update(expires="2027-01-01T00:00:00"),
        lambda told: told["rules"][0].update(expires="soon"),
        lambda told: told["rules"][0].update(user_message=["x"]),
        lambda told: told["rules"][0].update(id=7),
        lambda told: told["rules"][0].pop("allow_phrases"),
        lambda told: told["rules"][0].update(version=9),
        lambda told: told["rules"][0].update(version=True),
    ],
)
def test_what_is_no_feed_is_refused_even_when_it_is_signed(
    bend: Callable[[dict[str, Any]], object],
) -> None:
    house = FakeHouse(rule("Fox"), rule("Owl"))
    house.bend = bend
    feed = house.feed()
    with pytest.raises(DamagedFeed):
        feed.refresh()
    assert feed.held is None


def test_changes_without_a_newer_version_are_refused() -> None:
    house = FakeHouse(rule("Fox"))
    feed = house.feed()
    feed.refresh()
    for change in ({"more": True}, {"ended": list(house.rules)}, {"rules": [rule("x", version=1)]}):
        house.bend = lambda told, change=change: told.update(change)  # type: ignore[misc]
        with pytest.raises(DamagedFeed, match="no newer version"):
            feed.refresh()
    house.instead = [httpx.Response(304)]
    with pytest.raises(DamagedFeed, match="was not asked"):
        feed.refresh()


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"\xff", b"[" * 100_000])
def test_bytes_that_are_no_document_are_refused(body: bytes) -> None:
    house = FakeHouse()
    house.signing = None
    house.instead = [httpx.Response(200, content=body)]
    with pytest.raises(DamagedFeed):
        house.feed(key=None).refresh()


def test_only_the_key_that_is_trusted_counts() -> None:
    house = FakeHouse(rule("Fox"))
    stranger = Ed25519PrivateKey.generate()
    with pytest.raises(DamagedFeed, match="another key"):
        house.feed(key=public(stranger)).refresh()
    genuine = house._told(httpx.Request("GET", URL, params={"since": 0}))
    changed = genuine.content.replace(b"Fox", b"Fix")
    for content, headers in (
        (changed, dict(genuine.headers)),
        (genuine.content, {"Redress-Key": house.key}),
        (genuine.content, {"Redress-Key": house.key, "Redress-Signature": "?"}),
    ):
        house.instead = [httpx.Response(200, content=content, headers=headers)]
        feed = house.feed()
        with pytest.raises(DamagedFeed, match="sign"):
            feed.refresh()
        assert feed.held is None
    for wrong in ("", "short", house.key[:-4]):
        with pytest.raises(ValueError, match="32 bytes"):
            house.feed(key=wrong)


def test_without_a_key_the_first_one_seen_is_trusted_from_then_on(tmp_path: Path) -> None:
    house = FakeHouse(rule("Fox"))
    feed = house.feed(key=None, file=tmp_path / "rules")
    feed.refresh()
    house.signing = Ed25519PrivateKey.generate()
    house.begin(rule("Owl"))
    for asking in (feed, house.feed(key=None, file=tmp_path / "rules")):
        with pytest.raises(DamagedFeed, match="another key"):
            asking.refresh()
    house.signing = None
    with pytest.raises(DamagedFeed, match="not signed"):
        feed.refresh()
    unsigned = house.feed(key=None)
    assert unsigned.refresh()


def test_an_older_feed_is_refused_until_it_is_said_to_begin_anew(tmp_path: Path) -> None:
    house, restored = FakeHouse(rule("Fox"), rule("Owl")), FakeHouse(rule("Elk"))
    feed = house.feed(file=tmp_path / "rules")
    feed.refresh()
    restored.signing = house.signing
    old = restored._told(httpx.Request("GET", URL, params={"since": 2}))
    for _ in range(2):
        house.instead = [old]
        with pytest.raises(OlderFeed, match=r"version 1 after version 2.*forget"):
            feed.refresh()
    assert names(feed) == {"Fox", "Owl"}
    feed.forget()
    assert (feed.held, list(tmp_path.iterdir())) == (None, [])
    house.instead = [restored._told(httpx.Request("GET", URL, params={"since": 0}))]
    feed.refresh()
    assert names(feed) == {"Elk"}


@pytest.mark.parametrize(
    "nothing",
    [httpx.ConnectError("refused"), *(httpx.Response(s) for s in (204, 301, 429, 500, 503))],
)
def test_without_an_answer_what_is_held_stays_and_grows_older(nothing: Any) -> None:
    house = FakeHouse(rule("Fox"))
    feed = house.feed()
    feed.refresh()
    confirmed = feed.held.confirmed if feed.held else None
    house.instead = [nothing]
    with pytest.raises(FeedUnreachable):
        feed.refresh()
    assert feed.held is not None
    assert feed.held.confirmed == confirmed
    assert 0 < feed.age() < 60
    for status in (401, 403, 404):
        house.instead = [httpx.Response(status)]
        with pytest.raises(Refused, match=f"{status}: The house hands no rules out"):
            feed.refresh()


def test_an_answer_that_drips_is_cut_off() -> None:
    def drip() -> Any:
        while True:
            time.sleep(0.02)
            yield b" "

    house = FakeHouse()
    house.instead = [httpx.Response(200, content=drip())]
    with pytest.raises(FeedUnreachable, match="too slow"):
        house.feed(timeout=0.1).refresh()


def test_a_wrong_address_is_told_at_once() -> None:
    for wrong in ("house.test", "ftp://house.test"):
        with pytest.raises(ValueError, match="address"):
            RuleFeed(wrong, "secret", key=None)
    with pytest.raises(ValueError, match="timeout"):
        RuleFeed(URL, "secret", key=None, timeout=0)
    with pytest.raises(TypeError):
        RuleFeed(URL, "secret")  # type: ignore[call-arg]


def test_it_follows_by_itself_through_outages_until_it_is_closed() -> None:
    house = FakeHouse(rule("Fox"))
    house.instead = [httpx.ConnectError("refused")] * 3
    with house.feed().follow(every=0.01) as feed:
        _until(lambda: feed.version == 1)
        house.instead = [httpx.Response(200, content=b"<html>")] * 2
        house.begin(rule("Owl"))
        _until(lambda: feed.version == 2)
    asked = len(house.asked)
    time.sleep(0.05)
    assert len(house.asked) == asked
    wrong = FakeHouse()
    wrong.instead = [httpx.Response(401)]
    with pytest.raises(Refused):
        wrong.feed().follow()


def _until(wanted: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not wanted():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_what_the_house_tells_is_in_the_file_as_it_was(tmp_path: Path) -> None:
    house = FakeHouse(
        rule("Fox", "狐妖", mode="warn", territory="EU", expires="2099-01-01T00:00:00+08:00"),
        rule("Owl", mode="shadow", allow_phrases=["owl light"], fields=["prompt"]),
    )
    feed = house.feed(file=tmp_path / "rules")
    feed.refresh()
    again = house.feed(file=tmp_path / "rules")
    assert feed.held is not None
    assert again.held is not None
    assert again.held.known == feed.held.known
    assert (again.version, again.held.key) == (2, house.key)
