"""What a term matches, and what only looks like it."""

import pytest

from tests.screening.asking import ask, rule

ULTRAMAN = rule("Ultraman", "奥特曼")
MICKEY = rule("Mickey Mouse")


@pytest.mark.parametrize(
    ("prompt", "found"),
    [
        ("draw Ultraman fighting", "Ultraman"),
        ("ULTRAMAN", "ULTRAMAN"),
        ("Ｕｌｔｒａｍａｎ, full width", "Ｕｌｔｒａｍａｎ"),
        ("an Ult\u200bra\u00adman", "Ult\u200bra\u00adman"),
        ("Ült\u0301râman\u0302 with marks", "Ült\u0301râman\u0302"),
        ("Ultrаmаn with Cyrillic a", "Ultrаmаn"),
        ("Ult\x00raman", "Ult\x00raman"),
        ("U" + "\u200b" * 40 + "ltraman", "U" + "\u200b" * 40 + "ltraman"),
        ("🅄🄻🅃🅁🄰🄼🄰🄽", "🅄🄻🅃🅁🄰🄼🄰🄽"),
        ("U l t r a m a n", "U l t r a m a n"),
        ("a U l t r a m a n in rain", "U l t r a m a n"),
        ("U.l.t.r.a.m.a.n.", "U.l.t.r.a.m.a.n"),
        ("U\nl\nt\nr\na\nm\na\nn", "U\nl\nt\nr\na\nm\na\nn"),
        ("U😀l😀t😀r😀a😀m😀a😀n", "U😀l😀t😀r😀a😀m😀a😀n"),
        ("u l t r a man", "u l t r a man"),
        ("Ultra-man", "Ultra-man"),
        ("Ultraman's foe", "Ultraman"),
        ("Ultraman2", "Ultraman"),
        ("画Ultraman打怪兽", "Ultraman"),
        ("画一个奥特曼打怪兽", "奥特曼"),
        ("畫一個奧特曼打怪獸", "奧特曼"),
        ("奥 特 曼", "奥 特 曼"),
        ("奧·特·曼", "奧·特·曼"),
    ],
)
def test_a_name_is_found_in_spite_of_its_spelling(prompt: str, found: str) -> None:
    decision = ask(ULTRAMAN, prompt)
    assert decision.outcome == "block"
    (match,) = decision.matches
    assert match.text == found
    assert prompt[match.start : match.end] == found
    assert match.normalized in {"ultraman", "奥特曼"}


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "Ultra manual",
        "ultra man made fibres",
        "ultra, man",
        "Ultramanual",
        "Ultra-manual",
        "an ultramanic mood",
        "U l t r a m a n u a l",
        "nonUltraman",
        "奥特莱斯的曼哈顿",
        "我去过奥特，曼谷也去过",
    ],
)
def test_a_word_that_only_looks_alike_is_let_through(prompt: str) -> None:
    assert ask(ULTRAMAN, prompt).outcome == "allow"


@pytest.mark.parametrize(
    "prompt", ["Mickey  Mouse", "MickeyMouse", "mickey_mouse", "m i c k e y   m o u s e"]
)
def test_the_words_of_a_name_may_be_joined_or_spread(prompt: str) -> None:
    assert ask(MICKEY, prompt).matches[0].normalized == "mickey mouse"


@pytest.mark.parametrize(
    "prompt", ["Mickey Mousetrap", "a mickey, a cat, a mouse", "mic key mouse"]
)
def test_other_words_beside_a_name_of_two_words_are_let_through(prompt: str) -> None:
    assert ask(MICKEY, prompt).outcome == "allow"


def test_a_short_word_is_not_found_inside_a_spelled_out_one() -> None:
    assert ask(rule("cat"), "c a t a l o g").outcome == "allow"
    assert ask(rule("cat"), "a c a t").outcome == "block"


def test_a_name_of_two_letters_may_be_spelled_out_too() -> None:
    assert ask(rule("DC"), "D C heroes").outcome == "block"
    assert ask(rule("DC"), "and c").outcome == "allow"


def test_a_voiced_kana_or_a_longer_syllable_is_another_letter() -> None:
    assert ask(rule("カンタ"), "ガンダム").outcome == "allow"
    assert ask(rule("ガンダム"), "ｶﾞﾝﾀﾞﾑを描いて").outcome == "block"
    assert ask(rule("울트라매"), "울트라맨을").outcome == "allow"
    assert ask(rule("울트라맨"), "울트라맨을").outcome == "block"


def test_a_space_after_a_ligature_is_still_a_space() -> None:
    assert ask(rule("bestman"), "beﬆ man").outcome == "allow"
    assert ask(rule("bestman"), "beﬆman").outcome == "block"
    assert ask(rule("1 ﬁ"), "1  fi").outcome == "block"


def test_half_a_character_disturbs_nothing() -> None:
    assert ask(ULTRAMAN, "\ud800Ultraman").outcome == "block"
