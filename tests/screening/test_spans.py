"""Wherever the engine says a term stands, it stands, and what stands apart is found."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from screening.engine.folding import Folded
from screening.engine.terms import fold_term
from tests.screening.asking import ask, rule

LETTERS = "abuУаｕÀé奥奧特曼ガㄱ1²ﬁ㍿"
BETWEEN = " \u200b\u0301-,.\n😀　\x00"
texts = st.text(alphabet=LETTERS + BETWEEN, max_size=40)
anything = st.text(max_size=60)
names = st.text(alphabet=LETTERS + " -", min_size=2, max_size=6).filter(
    lambda name: len(fold_term(name).letters) >= 2
)


@given(names, texts)
def test_a_span_points_at_text_that_normalises_to_the_term(name: str, text: str) -> None:
    for match in ask(rule(name), text).matches:
        assert text[match.start : match.end] == match.text
        letters = fold_term(name).letters
        assert letters in Folded(match.text).letters
        if all(len(Folded(c).letters) <= 1 for c in match.text):
            assert Folded(match.text).letters == letters


@given(names, anything, anything)
def test_a_name_between_spaces_is_found_in_any_text(name: str, before: str, after: str) -> None:
    prompt = f"{before}.  {name}  .{after}"
    assert ask(rule(name), prompt).outcome == "block"


@given(anything)
def test_any_text_folds_to_letters_that_lead_back_in_order(text: str) -> None:
    folded = Folded(text)
    assert len(folded.offsets) == len(folded.letters)
    assert list(folded.offsets) == sorted(folded.offsets)
    assert all(0 <= i < len(text) for i in folded.offsets)


@given(anything)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = Folded(text).letters
    assert Folded(once).letters == once


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_plain_text_is_folded_alike_by_the_quick_way_and_the_long_one(text: str) -> None:
    quick, long = Folded(text), Folded(text + "\u200b")
    assert (quick.letters, list(quick.offsets)) == (long.letters, list(long.offsets))


def test_width_and_composition_do_not_matter() -> None:
    for text in ("Pokémon", "Ｕltra", "ｶﾞﾝﾀﾞﾑ", "한국", "①²"):
        forms = {Folded(unicodedata.normalize(f, text)).letters for f in ("NFC", "NFD", "NFKC")}
        assert forms == {Folded(text).letters}
