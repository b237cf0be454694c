"""Which rule answers, where and until when."""

import random
from datetime import timedelta

import pytest

from screening.engine.matcher import MATCHES_TOLD, RuleSet
from screening.engine.rules import Mode
from tests.screening.asking import NOW, ask, rule


def test_block_beats_warn_and_warn_beats_shadow_whatever_their_order() -> None:
    block, warn, shadow = (
        rule("fox", mode=mode, version=version)
        for version, mode in ((3, Mode.BLOCK), (2, Mode.WARN), (1, Mode.SHADOW))
    )
    rules = [block, warn, shadow]
    random.shuffle(rules)
    assert ask(RuleSet.build(rules, 3), "a fox").rule is block
    assert ask(RuleSet.build([warn, shadow], 3), "a fox").outcome == "warn"


def test_a_shadow_rule_is_named_and_lets_the_prompt_through() -> None:
    shadow = rule("fox", mode=Mode.SHADOW)
    decision = ask(shadow, "a fox")
    assert (decision.outcome, decision.rule, decision.in_shadow) == ("allow", shadow, True)


def test_among_equals_the_oldest_rule_answers() -> None:
    old, young = rule("spirit", version=4), rule("fox", version=5)
    for rules in ([old, young], [young, old]):
        assert ask(RuleSet.build(rules, 5), "fox spirit").rule is old


def test_only_the_matches_of_the_answering_rule_are_told_in_reading_order() -> None:
    found = ask(RuleSet.build([rule("fox", "red"), rule("a", "den", version=2)], 2), "red fox den")
    assert [m.text for m in found.matches] == ["red", "fox"]


def test_an_allow_phrase_is_blanked_out_for_its_own_rule_only() -> None:
    mild = rule("fox", allow=("fox news",))
    assert ask(mild, "read Fox News").outcome == "allow"
    found = ask(mild, "Fox News shows a fox")
    assert [(m.start, m.end) for m in found.matches] == [(17, 20)]
    assert ask(RuleSet.build([mild, rule("fox", version=2)], 2), "Fox News").outcome == "block"


def test_an_expired_rule_no_longer_matches() -> None:
    brief = rule("fox", expires_at=NOW + timedelta(seconds=1))
    assert ask(brief, "fox", at=NOW).outcome == "block"
    assert ask(brief, "fox", at=NOW + timedelta(seconds=1)).outcome == "allow"


def test_a_rule_looks_only_at_its_own_fields() -> None:
    negative = rule("fox", fields=("negative_prompt",))
    assert ask(negative, "fox").outcome == "allow"
    assert ask(negative, "x", negative_prompt="fox").matches[0].field == "negative_prompt"


@pytest.mark.parametrize(
    ("territory", "asked", "outcome"),
    [
        ("", "US", "block"),
        ("CN", "CN", "block"),
        ("CN", None, "block"),
        ("CN", "US", "allow"),
        ("EU", "DE", "block"),
        ("EU", "CH", "allow"),
        ("DE", "EU", "block"),
    ],
)
def test_a_rule_holds_in_its_territory_and_wherever_the_place_is_unknown(
    territory: str, asked: str | None, outcome: str
) -> None:
    assert ask(rule("fox", territory=territory), "fox", territory=asked).outcome == outcome


def test_a_prompt_that_repeats_a_name_is_answered_with_the_first_matches() -> None:
    assert len(ask(rule("fox"), "fox " * 5_000).matches) == MATCHES_TOLD


def test_a_changed_set_knows_new_rules_and_forgets_ended_ones() -> None:
    fox, hare = rule("fox"), rule("hare", version=2)
    first = RuleSet.build([fox], 1)
    second = first.changed(2, new=[hare], ended=[])
    third = second.changed(3, new=[], ended=[fox.id])
    assert [ask(s, "fox").outcome for s in (first, second, third)] == ["block", "block", "allow"]
    assert [ask(s, "hare").outcome for s in (first, second, third)] == ["allow", "block", "block"]
    assert [len(s) for s in (first, second, third)] == [1, 2, 1]


def test_a_large_set_is_not_built_again_for_a_small_change() -> None:
    large = RuleSet.build([rule(f"name{i:05}x") for i in range(5_000)], 1)
    many = large.changed(2, new=[rule(f"other{i:05}x") for i in range(5_000)], ended=[])
    assert many._shards[0] is large._shards[0]
    assert [len(shard.rules) for shard in many._shards] == [5_000, 4_096, 904]
    for name in ("name04999x", "other00000x", "other04999x"):
        assert ask(many, f"draw {name} now").outcome == "block"
