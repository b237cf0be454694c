"""Repeated tries by one user are a sign for a person; nothing else makes one, and nothing follows by itself."""

import uuid
from datetime import timedelta

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from common.actors import Actor
from screening.inducement import Attempt, Policy, signs
from screening.selectors import Hits, checks_of, hits, signs_of
from screening.services.rules import create_rule
from tests.screening.asking import NOW, new_rule
from tests.screening.recording import DAY, match, recorded

HOUR = timedelta(hours=1)
RULES = [uuid.UUID(int=number) for number in (1, 2)]
POLICY = Policy(3, 24 * HOUR)


def attempt(hours: float, rule: uuid.UUID = RULES[0], **more: bool) -> Attempt:
    told = {"disguised": False, "passed": False} | more
    return Attempt(NOW + hours * HOUR, rule, **told)


def test_enough_tries_within_the_time_are_a_sign() -> None:
    [sign] = signs([attempt(0), attempt(10, disguised=True), attempt(24, passed=True)], POLICY)
    assert (sign.prompts, sign.disguised, sign.passed) == (3, 1, 1)
    assert (sign.since, sign.until) == (NOW, NOW + 24 * HOUR)


@pytest.mark.parametrize(
    "attempts",
    [
        [],
        [attempt(0), attempt(1)],
        [attempt(0), attempt(12), attempt(24.1)],
        [attempt(0), attempt(1), attempt(2, RULES[1])],
    ],
)
def test_fewer_or_slower_ones_or_ones_at_other_works_are_none(attempts: list[Attempt]) -> None:
    assert signs(attempts, POLICY) == []


ATTEMPTS = st.lists(
    st.builds(
        attempt,
        st.integers(0, 200),
        st.sampled_from(RULES),
        disguised=st.booleans(),
        passed=st.booleans(),
    ),
    max_size=30,
)


@given(attempts=ATTEMPTS, shuffled=st.randoms())
def test_order_does_not_matter_and_a_sign_is_never_more_than_there_was(
    attempts: list[Attempt], shuffled: object
) -> None:
    found = signs(attempts, POLICY)
    other = list(attempts)
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    assert [(s.rule, s.prompts) for s in signs(other, POLICY)] == [
        (s.rule, s.prompts) for s in found
    ]
    for sign in found:
        inside = [a for a in attempts if a.rule == sign.rule and sign.since <= a.at <= sign.until]
        assert POLICY.prompts <= sign.prompts <= len(inside)
        assert sign.until - sign.since <= POLICY.within


@given(attempts=ATTEMPTS)
def test_one_try_more_never_takes_a_sign_away(attempts: list[Attempt]) -> None:
    before = {sign.rule: sign.prompts for sign in signs(attempts, POLICY)}
    after = {s.rule: s.prompts for s in signs([*attempts, attempt(100)], POLICY)}
    assert all(after[rule] >= number for rule, number in before.items())


@pytest.mark.django_db
def test_the_record_tells_whose_tries_they_were(settings: LazySettings) -> None:
    settings.INDUCEMENT_PROMPTS, settings.INDUCEMENT_HOURS = 3, 24
    rule = create_rule(new_rule(), actor=Actor("staff", "eno"), at=NOW)
    warned = recorded(rule.id, NOW - 2 * HOUR, mode="warn", outcome="warn")
    recorded(rule.id, NOW - 2 * HOUR, mode="warn", outcome="allow", confirms=warned.id)
    recorded(rule.id, NOW - HOUR, matches=[match("leet")])
    recorded(rule.id, NOW, user_external_id="u_pia")
    recorded(None, NOW)
    recorded(rule.id, NOW - 91 * DAY)
    assert len(checks_of("u_paul", NOW - 90 * DAY)) == 3
    assert list(checks_of("", NOW - 90 * DAY)) == []
    assert signs_of("u_paul", NOW) == []  # a warning and its confirmation are one try
    recorded(rule.id, NOW)
    [sign] = signs_of("u_paul", NOW)
    assert (sign.rule, sign.prompts, sign.disguised) == (rule.id, 3, 1)
    assert signs_of("u_pia", NOW) == []


@pytest.mark.django_db
def test_hits_leave_out_our_own_tests_and_count_confirmations_apart() -> None:
    rule = create_rule(new_rule(), actor=Actor("staff", "eno"), at=NOW)
    for name in ("u_paul", "u_paul", "u_pia", ""):
        recorded(rule.id, user_external_id=name)
    recorded(rule.id, surface="verification", user_external_id="")
    recorded(rule.id, confirms=uuid.uuid4(), outcome="allow", mode="warn")
    recorded(rule.id, NOW - 8 * DAY)
    assert hits([rule.id], NOW - 7 * DAY) == {rule.id: Hits(4, 1, 2)}
