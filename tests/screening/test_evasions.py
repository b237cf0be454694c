"""Properties of the corpus's disguises: a name of any kind stays found, a longer word stays free."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.corpus.evasions import KINDS, is_chinese
from screening.engine.ordinary import is_common
from screening.engine.terms import fold_term
from tests.screening.asking import ask, rule

SYLLABLES = ("ka", "zor", "blim", "fen", "quo", "dax", "mir", "thu", "vel", "pog", "ry", "nash")
LATIN = st.lists(st.sampled_from(SYLLABLES), min_size=3, max_size=5).map("".join).map(str.title)
HAN = st.text(alphabet="狐灵龙凤玄墨星河雪山剑侠猫兔熊鹰云月", min_size=3, max_size=5)
NAMES = st.one_of(LATIN, HAN)
BEFORE = st.sampled_from(("", "draw ", "a picture of ", "画", "（杰作），"))
AFTER = st.sampled_from(("", " in the rain", ", 8k", "打怪兽", "。高清"))
seeds = st.integers(0, 2**32)
SURE = sorted(
    set(KINDS) - {"torn", "two_at_once"}
)  # a tear between two words is a matter of judgement
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])


@pytest.mark.parametrize("kind", SURE)
@given(name=NAMES, seed=seeds, before=BEFORE, after=AFTER)
@unhurried
def test_a_name_stays_found_in_any_disguise(
    kind: str, name: str, seed: int, before: str, after: str
) -> None:
    hidden = KINDS[kind](name, Random(seed))
    if name == name[::-1] and kind == "backwards":
        return
    glued = not is_chinese(name) or hidden.isascii() or kind.startswith("pinyin")
    prompt = f"{before}{' ' if glued else ''}{hidden}{' ' if glued else ''}{after}"
    decision = ask(rule(name), prompt)
    assert decision.outcome == "block", prompt
    for match in decision.matches:
        assert prompt[match.start : match.end] == match.text


@given(name=NAMES, seed=seeds, place=st.integers(1, 20), before=BEFORE)
@unhurried
def test_a_name_cut_by_the_fields_stays_found(
    name: str, seed: int, place: int, before: str
) -> None:
    place = 1 + place % (len(name) - 1)
    decision = ask(
        rule(name), f"{before} {name[:place]}", negative_prompt=f"{name[place:]}, blurry"
    )
    assert {match.field for match in decision.matches} == {"prompt", "negative_prompt"}


@given(
    name=LATIN, before=st.sampled_from(("", "pre", "xy")), after=st.sampled_from(("", "ual", "ism"))
)
@unhurried
def test_a_name_inside_a_longer_word_is_never_blocked(name: str, before: str, after: str) -> None:
    if not before and not after:
        return
    decision = ask(rule(name), f"an essay on {before}{name.lower()}{after}, watercolour")
    assert decision.outcome == "allow"


@given(name=LATIN, place=st.integers(2, 20), gap=st.sampled_from((" ", ", ", " - ", "\n")))
@unhurried
def test_a_longer_word_with_a_gap_before_the_name_ends_is_never_blocked(
    name: str, place: int, gap: str
) -> None:
    place = 2 + place % (len(name) - 3)
    prompt = f"an {name[:place]}{gap}{name[place:]}ual, watercolour"
    assert ask(rule(name), prompt).outcome == "allow"


@given(name=NAMES)
@unhurried
def test_words_that_share_only_the_letters_of_a_name_are_never_blocked(name: str) -> None:
    letters = fold_term(name).letters
    spread = " ".join(f"{letter}qx" for letter in letters)
    assert ask(rule(name), spread).outcome == "allow"


@pytest.mark.parametrize("first", ["ultra", "iron", "star"])
def test_two_words_that_everybody_knows_are_not_one_name(first: str) -> None:
    assert is_common(first)
    assert ask(rule(f"{first}man"), f"an {first} man").outcome == "allow"
