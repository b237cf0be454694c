"""The ladder's arithmetic: what it proposes, and what never happens whatever comes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.ladder import (
    Entry,
    Law,
    Standing,
    counting,
    expiry,
    height,
    occasions,
    propose,
    step_at,
    weigh,
)
from measures.ladder_policy import (
    BUILT_IN,
    INTENTS,
    KINDS,
    STEPS,
    BadPolicy,
    Policy,
    as_data,
    check,
    from_data,
)
from measures.ladder_simulation import Span, compare
from measures.rules import Intent, Level
from regimes.words import Text
from tests.properties import tried

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DSA = Law(Text("DSA", "数字服务法"), ("warn", "suspend"), True)
US = Law(Text("17 USC 512", "美国版权法第512条"), ("warn", "suspend", "terminate"), False)
CN = Law(Text("Civil Code", "民法典"), STEPS, False)


def entry(case: str = "a", weight: int = 1, days: int = 10, **more: object) -> Entry:
    """One upheld item, decided so many days ago on a notice of the day before."""
    at = NOW - days * DAY
    made = Entry(
        id=f"{case}{days}{weight}",
        case=case,
        kind="output",
        weight=weight,
        filed_at=at - DAY,
        at=at,
        expires_at=expiry(at, BUILT_IN),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def standing(*entries: Entry, told: Sequence[datetime] = (), items: int | None = None) -> Standing:
    return Standing(tuple(entries), tuple(told), items)


def step(found: Standing, *laws: Law, policy: Policy = BUILT_IN, at: datetime = NOW) -> str:
    return propose(found, policy, laws, now=at).step


moments = st.integers(0, 400).map(lambda days: NOW - days * DAY)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    at = draw(moments)
    return Entry(
        id=str(draw(st.uuids())),
        case=draw(st.sampled_from("abcd")),
        kind=draw(st.sampled_from(KINDS)),
        weight=draw(st.integers(0, 6)),
        filed_at=at - draw(st.integers(0, 30)) * DAY,
        at=at,
        expires_at=at + draw(st.integers(1, 200)) * DAY,
        intent=draw(st.sampled_from(INTENTS)),
        voided=draw(st.booleans()),
        contested=draw(st.booleans()),
    )


policies = st.builds(
    lambda rises, expiry_days, first, share, warn: replace(
        BUILT_IN,
        thresholds={one: sum(rises[: n + 1]) for n, one in enumerate(STEPS)},
        expiry_days=expiry_days,
        first_good_faith=first,
        small_share=share,
        prior_warning=warn,
    ),
    st.lists(st.integers(1, 4), min_size=4, max_size=4),
    st.integers(1, 200),
    st.booleans(),
    st.integers(0, 1000),
    st.booleans(),
)
people = st.builds(
    Standing,
    st.lists(entries(), max_size=7).map(tuple),
    st.lists(moments, max_size=3).map(tuple),
    st.none() | st.integers(0, 50),
)
laws = st.lists(st.sampled_from([DSA, US, CN]), max_size=3)


@tried(30)
@given(found=people, policy=policies, under=laws)
def test_voiding_any_entry_never_raises_the_step(
    found: Standing, policy: Policy, under: list[Law]
) -> None:
    before = step(found, *under, policy=policy)
    for number in range(len(found.entries)):
        voided = list(found.entries)
        voided[number] = replace(voided[number], voided=True)
        after = step(replace(found, entries=tuple(voided)), *under, policy=policy)
        assert height(after) <= height(before)


@tried(30)
@given(found=people, policy=policies, under=laws, again=st.randoms())
def test_the_order_in_which_entries_came_in_does_not_matter(
    found: Standing, policy: Policy, under: list[Law], again: object
) -> None:
    shuffled = list(found.entries)
    again.shuffle(shuffled)  # type: ignore[attr-defined]
    other = propose(replace(found, entries=tuple(shuffled)), policy, under, now=NOW)
    assert other == propose(found, policy, under, now=NOW)


@tried(30)
@given(found=people, policy=policies)
def test_nothing_weighs_less_than_nothing_and_what_is_voided_or_expired_weighs_nothing(
    found: Standing, policy: Policy
) -> None:
    assert all(weight >= 0 for weight in occasions(found, policy, NOW).values())
    gone = tuple(replace(one, voided=True) for one in found.entries)
    assert occasions(replace(found, entries=gone), policy, NOW) == {}
    late = max((one.expires_at for one in found.entries), default=NOW)
    assert occasions(found, policy, max(late, NOW)) == {}


@tried(30)
@given(found=people, policy=policies, under=laws)
def test_it_lapses_when_it_says_and_not_before(
    found: Standing, policy: Policy, under: list[Law]
) -> None:
    said = propose(found, policy, under, now=NOW)
    if said.lapses_at is None:
        return
    assert height(step_at(found, policy, under, said.lapses_at)) < height(said.step)
    just_before = said.lapses_at - timedelta(seconds=1)
    assert height(step_at(found, policy, under, max(just_before, NOW))) >= height(said.step)


@tried(30)
@given(found=people, policy=policies, under=laws)
def test_nothing_above_a_warning_comes_without_a_warning_before_it(
    found: Standing, policy: Policy, under: list[Law]
) -> None:
    unwarned = replace(found, told=())
    if policy.prior_warning or any(law.prior_warning for law in under):
        assert height(step(unwarned, *under, policy=policy)) <= 1


@tried(30)
@given(kind=st.sampled_from(KINDS), intent=st.sampled_from(INTENTS), policy=policies)
def test_an_item_never_weighs_less_for_a_worse_intent(
    kind: str, intent: str, policy: Policy
) -> None:
    assert 0 <= weigh(kind, "", policy) <= weigh(kind, intent, policy)


@tried(30)
@given(policy=policies)
def test_a_policy_comes_back_from_its_figures_as_it_was(policy: Policy) -> None:
    assert from_data(as_data(policy)) == policy


def test_a_case_counts_once_however_many_items_it_has() -> None:
    many = [entry("a", id=str(n)) for n in range(12)]
    assert step(standing(*many, entry("a", 2))) == "warn"
    assert propose(standing(*many), BUILT_IN, now=NOW).score == 1


def test_the_first_case_in_good_faith_leaves_no_mark_and_inducement_does() -> None:
    first = entry("a", intent="good_faith")
    assert step(standing(first)) == ""
    assert step(standing(replace(first, intent="inducement"))) == "warn"
    second = entry("b", days=5, intent="good_faith")
    assert propose(standing(first, second), BUILT_IN, now=NOW).score == 1
    overturned = replace(first, voided=True)
    assert propose(standing(overturned, second), BUILT_IN, now=NOW).score == 0


def test_a_warning_must_be_told_before_the_notice_was_filed() -> None:
    grave = [entry("a", 3, 20), entry("b", 3, 5)]
    told = NOW - 10 * DAY
    assert step(standing(*grave)) == "warn"
    assert step(standing(*grave, told=[told])) == "suspend"
    assert step(standing(grave[0], told=[told])) == "warn"


def test_the_law_has_the_step_that_it_names() -> None:
    told = [NOW - 80 * DAY]
    three = standing(entry("a", 4), told=told)
    assert step(three) == "restrict"
    assert step(three, US) == "warn"
    much = standing(entry("a", 4), entry("b", 4), told=told)
    assert [step(much, law) for law in (DSA, US, CN)] == ["suspend", "terminate", "terminate"]
    said = propose(much, BUILT_IN, [US], now=NOW).reasons
    assert any("appropriate" in text.en and "适当情形" in text.zh_hans for text in said)


def test_whoever_has_very_much_else_gets_one_step_less_and_keeps_a_warning() -> None:
    told = [NOW - 80 * DAY]
    heavy = entry("a", 5)
    assert step(standing(heavy, told=told, items=100)) == "suspend"
    assert step(standing(heavy, told=told, items=101)) == "restrict"
    assert step(standing(entry(), items=10_000)) == "warn"


def test_what_is_contested_waits() -> None:
    assert step(standing(entry(contested=True))) == ""
    assert counting(standing(entry(contested=True)), NOW) == []


def test_the_words_are_there_in_both_languages() -> None:
    found = standing(
        entry("a", 9), entry("b", voided=True), entry("c", days=99), entry("d", contested=True)
    )
    for text in propose(found, BUILT_IN, [DSA], now=NOW).reasons:
        assert text.en.endswith(".")
        assert text.zh_hans.endswith("。")


def test_the_same_names_stand_in_the_forms() -> None:
    assert Level.values == list(STEPS)
    assert Intent.values == list(INTENTS)


@pytest.mark.parametrize(
    "change",
    [
        {"thresholds": {"warn": 1, "restrict": 1, "suspend": 5, "terminate": 8}},
        {"thresholds": {"warn": 1}},
        {"weights": {**BUILT_IN.weights, "output": -1}},
        {"intents": {**BUILT_IN.intents, "wilful": True}},
        {"expiry_days": 0},
        {"small_share": 1001},
    ],
)
def test_figures_that_make_no_ladder_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadPolicy):
        check(replace(BUILT_IN, **change))  # type: ignore[arg-type]


def test_a_stored_policy_without_a_figure_is_refused() -> None:
    with pytest.raises(BadPolicy):
        from_data({"thresholds": {}})


def test_a_simulation_counts_whom_another_ladder_would_have_touched() -> None:
    strict = replace(BUILT_IN, thresholds={"warn": 1, "restrict": 2, "suspend": 3, "terminate": 4})
    found = {
        "once": standing(entry("a", 1, 50)),
        "twice": standing(entry("a", 1, 50), entry("b", 1, 5)),
        "overturned": standing(entry("a", 1, 50), entry("b", 1, 5, voided=True)),
        "long ago": standing(entry("a", 1, 300)),
    }
    span = Span(NOW - 60 * DAY, NOW)
    told = compare(found, BUILT_IN, strict, span)
    assert told.users == 3
    assert [(one.user, one.before, one.after) for one in told.changed] == [
        ("twice", "warn", "restrict")
    ]
    assert told.after == {"": 0, "warn": 2, "restrict": 1, "suspend": 0, "terminate": 0}
    assert compare(found, strict, strict, span).changed == ()
