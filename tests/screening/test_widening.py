"""A rule is tried on recent prompts before it lives: how large a share it would stop, which, and what would spare them."""

import pytest

from common.actors import Actor
from screening.corpus.samples import TUNING
from screening.corpus.trial import clean
from screening.services.rules import create_rule
from screening.services.trying import try_terms
from screening.widening import SHIPPED, Asked, Met, Width, engine_rule, shipped, suggestions, width
from tests.screening.asking import NOW, new_rule
from tests.screening.recording import DAY, recorded


def tried(*prompts: str, terms: tuple[str, ...] = ("Fox",), allow: tuple[str, ...] = ()) -> Width:
    asked = [Asked({"prompt": prompt}) for prompt in prompts]
    return width(engine_rule(terms, allow, ("prompt",)), asked, NOW)


def test_the_share_is_of_all_prompts_and_each_hit_is_shown_with_its_place() -> None:
    found = tried("a fox", "a cat", "two fox cubs", terms=("fox", "狐灵"))
    assert (found.recorded, found.shipped, found.asked) == (3, SHIPPED - 3, SHIPPED)
    shown = [one for one in found.met if one.asked.fields["prompt"] in {"a fox", "two fox cubs"}]
    assert [(m.matches[0].start, m.matches[0].text) for m in shown] == [(2, "fox"), (4, "fox")]


def test_our_own_prompts_fill_up_what_is_missing_and_no_more() -> None:
    assert tried(*["a cat"] * (SHIPPED + 5)).shipped == 0
    assert tried().shipped == SHIPPED


def test_more_than_the_share_exceeds_it_and_exactly_the_share_does_not() -> None:
    met = [Met(Asked({"prompt": "x"}), ())]
    assert not Width(1_000, 0, met, ()).exceeds(1)
    assert Width(999, 0, met, ()).exceeds(1)
    assert Width(1_000, 0, met, ()).exceeds(0)
    assert not Width(0, 0, (), ()).exceeds(0)


def test_a_name_of_its_own_is_no_wide_rule_and_a_common_word_is() -> None:
    assert not tried(terms=("Ultraman", "奥特曼")).exceeds(1)
    assert tried(terms=("light",)).exceeds(1)


def test_an_allow_phrase_spares_what_stands_in_it() -> None:
    prompts = ["the fox terrier sleeps", "a fox terrier", "a fox"]
    assert (
        len(tried(*prompts, terms=("fox",)).met)
        - len(tried(*prompts, terms=("fox",), allow=("fox terrier",)).met)
        == 2
    )


def test_phrases_that_often_hold_the_term_are_suggested() -> None:
    prompts = ["my fox terrier, 8k", "The Fox Terrier", "one fox terrier asleep", "fox"]
    found = tried(*prompts, terms=("fox",))
    ours = [one for one in found.met if one.asked.fields["prompt"] in prompts]
    assert suggestions(ours, ["fox"])[0] == "fox terrier"
    assert "fox" not in suggestions(ours, ["fox"])
    chinese = tried("一个小狐灵山脚下", "去狐灵山脚玩", terms=("狐灵",))
    assert "狐灵山脚" in suggestions(chinese.met, ["狐灵"])


def test_our_own_prompts_are_those_of_the_labelled_corpus() -> None:
    made = [dict(prompt.fields) for prompt in clean(TUNING, SHIPPED, 2026)]
    assert [dict(one.fields) for one in shipped()] == made


def test_what_has_no_letters_is_tried_on_nothing() -> None:
    assert tried("!?", terms=("!?",)) == Width(0, 0, [], [])


@pytest.mark.django_db
def test_only_prompts_drawn_by_lot_and_still_kept_are_asked() -> None:
    recorded(None, prompt={"prompt": "an owl"})
    recorded(None, prompt=None)
    recorded(None, NOW - 8 * DAY, text_until=NOW - DAY)
    found = try_terms(["owl"], [], ["prompt"], NOW)
    assert found.recorded == 1
    assert [one.asked.check is not None for one in found.met][:1] == [True]


@pytest.mark.django_db
def test_what_matched_is_not_counted_from_times_of_which_the_rest_is_gone() -> None:
    rule = create_rule(new_rule(), actor=Actor("staff", "eno"), at=NOW)
    recorded(rule.id, NOW - 3 * DAY, sampled=True)
    assert try_terms(["Ultraman"], [], ["prompt"], NOW).recorded == 0
    recorded(None, NOW - 2 * DAY)
    recorded(rule.id, NOW - DAY, sampled=True)
    assert try_terms(["Ultraman"], [], ["prompt"], NOW).recorded == 2
