"""The plan of tests: soon, then an hour, a day, a week, thirty days, then every thirty days. Pure."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from measures.checks import (
    AFTER,
    MONTH,
    SOON,
    TESTS,
    WHILE_BROKEN,
    Result,
    miss_wait,
    next_test,
    planned_after,
    sum_up,
)
from measures.rules import Family

SINCE = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
PAST = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000))
RESULTS = st.sampled_from(list(Result))


def test_the_first_rounds_are_named() -> None:
    moments, at = [], SINCE
    for _ in range(7):
        at = planned_after(SINCE, at)
        moments.append(at - SINCE)
    assert moments == [*AFTER, 2 * MONTH, 3 * MONTH]


@given(PAST)
def test_the_next_round_lies_ahead_and_never_more_than_a_month(past: timedelta) -> None:
    now = SINCE + past
    ahead = planned_after(SINCE, now)
    assert now < ahead <= now + MONTH


@given(PAST, PAST)
def test_a_later_look_never_plans_an_earlier_round(one: timedelta, other: timedelta) -> None:
    early, late = sorted((SINCE + one, SINCE + other))
    assert planned_after(SINCE, early) <= planned_after(SINCE, late)


@given(PAST)
def test_the_plan_does_not_drift_with_the_worker_s_delay(past: timedelta) -> None:
    ahead = planned_after(SINCE, SINCE + past) - SINCE
    assert ahead in AFTER or ahead % MONTH == timedelta(0)


@given(RESULTS, PAST, st.integers(0, 10_000))
def test_while_a_measure_is_in_force_there_is_always_a_next_test(
    result: Result, past: timedelta, misses: int
) -> None:
    now = SINCE + past
    again = next_test(result, since=SINCE, now=now, misses=misses)
    assert again is not None
    assert now < again <= now + MONTH
    if result != Result.HOLDS:
        assert again <= now + WHILE_BROKEN


@given(RESULTS, PAST, st.integers(0, 10_000))
def test_after_a_lifting_tests_go_on_exactly_until_one_holds(
    result: Result, past: timedelta, misses: int
) -> None:
    again = next_test(result, since=None, now=SINCE + past, misses=misses)
    assert (again is None) == (result == Result.HOLDS)


def test_what_nobody_answered_is_asked_again_after_longer_and_longer() -> None:
    waits = [miss_wait(misses).total_seconds() / 60 for misses in (1, 2, 3, 6, 7, 1000)]
    assert waits == [1, 2, 4, 32, 60, 60]


@given(st.lists(RESULTS, min_size=1))
def test_a_round_holds_only_where_every_test_does(results: list[Result]) -> None:
    whole = sum_up(results)
    assert (whole == Result.HOLDS) == all(one == Result.HOLDS for one in results)
    assert (whole == Result.BROKEN) == (Result.BROKEN in results)


def test_no_test_at_all_shows_nothing() -> None:
    assert sum_up([]) == Result.UNREACHABLE


def test_every_family_says_how_it_is_tested() -> None:
    assert set(TESTS) == set(Family)
    assert {family for family, tests in TESTS.items() if not tests} == {Family.MODEL_OPTIMISATION}
    assert timedelta(seconds=2) < SOON
