"""The offline client and the house: the real feed between them, and the guard's own decisions on the same prompts."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from random import Random
from typing import Any

import httpx
import psycopg
import pytest
from django.test import Client

from common.actors import Actor
from common.clock import now
from redress_client import Decision, Guard, Refused
from redress_client.feed import RuleFeed
from redress_client.offline import OfflineGuard
from screening.corpus.samples import TUNING, Sample
from screening.corpus.trial import clean, disguised
from screening.engine.rules import Mode
from screening.guard import store
from screening.guard.app import Guard as Application
from screening.guard.keeper import Held
from screening.guard.options import Options
from screening.rules import TermText
from screening.services.rules import create_rule, end_rule
from screening.signing import public_key
from tests.conftest import Cast
from tests.people import issue_token
from tests.screening.asking import NOW, new_rule
from tests.screening.callers import TOKEN
from tests.screening.test_asking_the_guard import StillKeeper

DAN = Actor("staff", "dan")
PROMPTS = 200
MODES = (Mode.BLOCK, Mode.BLOCK, Mode.WARN, Mode.SHADOW)
WRONG: list[dict[str, Any]] = [
    {"prompt": "x" * 20_001},
    {"prompt": "x", "negative_prompt": "half \ud800"},
    {"prompt": "x", "user": "u" * 201},
    {"prompt": "x", "user": None},
    {"prompt": "x", "surface": 7},
    {"prompt": "x", "language": "fr"},
    {"prompt": "x", "territory": "cn"},
    {"prompt": "x", "prompts": "y"},
]
pytestmark = pytest.mark.django_db(transaction=True)


def house() -> httpx.MockTransport:
    """The house's own API, asked over HTTP but for the wire."""

    def answer(request: httpx.Request) -> httpx.Response:
        told = Client().get(request.url.raw_path.decode(), headers=dict(request.headers))
        return httpx.Response(told.status_code, headers=dict(told.headers), content=told.content)

    return httpx.MockTransport(answer)


@pytest.fixture
def feed(committed_db: None, cast: Cast) -> Iterator[RuleFeed]:
    key = issue_token(cast.eno, "feed", now=now())
    with RuleFeed("http://testserver", key, key=public_key(), transport=house()) as made:
        yield made


def online() -> Guard:
    """The guard with the rules that the database holds at this moment."""
    with closing(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)) as connection:
        rules = store.load(connection, None)
    held = Held(rules, now(), time.monotonic())
    application = Application(StillKeeper(held), Options(TOKEN, 30), "https://redress.example")  # type: ignore[arg-type]
    transport = httpx.WSGITransport(app=application)
    return Guard("http://guard.test", TOKEN, on_timeout="block", transport=transport, timeout=60)


def give_rules(sample: Sample) -> list[Any]:
    """A rule for each name, of every kind in turn."""
    made = []
    for number, name in enumerate(sample.names):
        more: dict[str, Any] = {"mode": MODES[number % len(MODES)]}
        if number % 5 == 0:
            more |= {"territory": "EU", "fields": ["prompt"]}
        if number % 7 == 0:
            more |= {"allow_phrases": [f"{name} station", f"{name}车站"]}
        new = new_rule(terms=[TermText(name, "en")], **more)
        made.append(create_rule(new, actor=DAN, at=NOW))
    return made


def corpus(sample: Sample) -> list[Mapping[str, Any]]:
    """Prompts of every kind of disguise, and clean ones, here and there with a territory."""
    draw = Random(7)
    hidden = draw.sample(list(disguised(sample, 1, seed=7)), PROMPTS * 3 // 4)
    plain = list(clean(sample, PROMPTS - len(hidden), seed=7))
    places = ({}, {"territory": "DE"}, {"territory": "CN"})
    return [{**one.fields, **draw.choice(places)} for one in [*hidden, *plain]]


def seen(decision: Decision) -> tuple[object, ...]:
    """All that is told, but who told it, under which number, and how a warning is confirmed."""
    return (
        decision.decision,
        decision.rule,
        decision.matches,
        dict(decision.user_message),
        decision.appeal_url,
        decision.rule_set_version,
        decision.mode,
    )


def test_two_hundred_prompts_are_decided_alike_online_and_offline(feed: RuleFeed) -> None:
    made = give_rules(TUNING)
    feed.refresh()
    for rule in made[::9]:
        end_rule(rule.id, actor=DAN, at=NOW, reason="case_restored")
    create_rule(new_rule(), actor=DAN, at=NOW)
    feed.refresh()  # the second part of the rules comes as a change
    offline, guard, asked = OfflineGuard(feed), online(), corpus(TUNING)
    assert len(asked) == PROMPTS
    ours = [offline.check(**one) for one in asked]
    theirs = [guard.check(**one) for one in asked]
    unlike = [
        (one, a, b) for one, a, b in zip(asked, ours, theirs, strict=True) if seen(a) != seen(b)
    ]
    assert not unlike
    assert {one.source for one in ours} == {"offline"}
    assert {one.source for one in theirs} <= {"guard", "cache"}
    told = {(one.decision, one.mode) for one in ours}
    assert told == {
        ("block", "enforce"),
        ("warn", "enforce"),
        ("allow", "shadow"),
        ("allow", "enforce"),
    }
    assert sum(one.rule is not None for one in ours) > PROMPTS // 3


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: "+".join(wrong))
def test_what_one_refuses_the_other_refuses_in_the_same_words(wrong: dict[str, Any]) -> None:
    caught = []
    feed = RuleFeed("http://testserver", "x", key=None, transport=house())
    for asking in (OfflineGuard(feed, on_stale="allow"), online()):
        with pytest.raises(Refused) as refused:
            asking.check(**wrong)
        caught.append((refused.value.status, refused.value.errors, refused.value.detail))
    assert caught[0] == caught[1]


def test_the_feed_follows_the_house_and_nothing_is_sent_twice(feed: RuleFeed) -> None:
    assert feed.refresh()
    fox = create_rule(new_rule(terms=[TermText("Fox Spirit", "en")]), actor=DAN, at=NOW)
    assert feed.refresh()
    assert not OfflineGuard(feed).check("a f0x spirit").allowed
    assert [feed.refresh() for _ in range(2)] == [False, False]
    assert feed.held is not None
    assert feed.held.etag == f'"{fox.version}.{fox.version}"'
    end_rule(fox.id, actor=DAN, at=NOW, reason="case_restored")
    assert feed.refresh()
    assert OfflineGuard(feed).check("a f0x spirit").allowed


def test_a_token_that_may_not_have_the_rules_is_refused(committed_db: None, cast: Cast) -> None:
    for key, status in (("nonsense", 401), (issue_token(cast.eve, "feed", now=now()), 403)):
        asking = RuleFeed("http://testserver", key, key=None, transport=house())
        with pytest.raises(Refused) as refused:
            asking.refresh()
        assert refused.value.status == status
