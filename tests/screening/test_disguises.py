"""Names in disguise, what the answer says about the disguise, and what is none."""

import pytest

from screening.engine.matcher import RuleSet
from screening.engine.rules import Decision
from tests.screening.asking import ask, rule

RULES = RuleSet.build(
    [
        rule("Ultraman", "奥特曼"),
        rule("Mickey Mouse"),
        rule("嫦娥"),
        rule("Pokémon"),
        rule("Luigi"),
        rule("Inkwell", "女娲", "朝露鹿"),
    ],
    1,
)


def seen(decision: Decision) -> list[tuple[str, list[str]]]:
    return [(match.text, [str(how) for how in match.how]) for match in decision.matches]


@pytest.mark.parametrize(
    ("prompt", "text", "how"),
    [
        ("ULTRAMAN in rain", "ULTRAMAN", []),
        ("a Pokémon", "Pokémon", []),
        ("a Pokemon", "Pokemon", []),
        ("a mickey mouse", "mickey mouse", []),
        ("U1tr4m4n in rain", "U1tr4m4n", ["leet"]),
        ("Ultr@man!", "Ultr@man", ["leet"]),
        ("Luig!", "Luig!", ["leet"]),
        ("U 1 t r 4 m 4 n", "U 1 t r 4 m 4 n", ["leet"]),
        ("a UItraman", "UItraman", ["leet"]),
        ("the namartlU", "namartlU", ["backwards"]),
        ("esuoM yekciM", "esuoM yekciM", ["backwards"]),
        ("yekciM esuoM", "yekciM esuoM", ["backwards"]),
        ("画曼特奥", "曼特奥", ["backwards"]),
        ("draw aoteman", "aoteman", ["pinyin"]),
        ("画Ao Te Man打怪兽", "Ao Te Man", ["pinyin"]),
        ("ào tè màn", "ào tè màn", ["pinyin", "marks"]),
        ("ao4te4man4 fights", "ao4te4man4", ["pinyin"]),
        ("画奥te曼", "奥te曼", ["pinyin"]),
        ("Chang'e on the moon", "Chang'e", ["pinyin"]),
        ("奥a特1曼", "奥a特1曼", ["filler"]),
        ("Ul😀tra😀man", "Ul😀tra😀man", ["filler"]),
        ("奥😀特😀曼", "奥😀特😀曼", ["filler"]),
        ("U l t r a m a n", "U l t r a m a n", ["spacing"]),
        ("an Ult raman", "Ult raman", ["spacing"]),
        ("Ultraaaaman", "Ultraaaaman", ["stretched"]),
        ("IIInkwell looks", "IIInkwell", ["stretched"]),
        ("the Inkwelllll looks", "Inkwelllll", ["stretched"]),
        ("nü3 wa1 mends the sky", "nü3 wa1", ["pinyin", "marks"]),
        ("nǚwā", "nǚwā", ["pinyin", "marks"]),
        ("nvwa", "nvwa", ["pinyin"]),
        ("画女wa补天", "女wa", ["pinyin"]),
        ("zhao lu lu", "zhao lu lu", ["pinyin"]),
        ("ChangE", "ChangE", ["pinyin"]),
        ("Ult\u200braman", "Ult\u200braman", ["hidden"]),
        ("Ültraman", "Ültraman", ["marks"]),
        ("Ｕｌｔｒａｍａｎ", "Ｕｌｔｒａｍａｎ", ["width"]),
        ("Ultrаman", "Ultrаman", ["alphabet"]),
        ("畫奧特曼", "奧特曼", ["script"]),
        ("ｎａｍａｒｔｌＵ", "ｎａｍａｒｔｌＵ", ["backwards", "width"]),
    ],
)
def test_a_name_in_disguise_is_found_and_the_disguise_is_told(
    prompt: str, text: str, how: list[str]
) -> None:
    decision = ask(RULES, prompt)
    assert decision.outcome == "block"
    assert seen(decision) == [(text, how)]
    (match,) = decision.matches
    assert prompt[match.start : match.end] == text


@pytest.mark.parametrize(
    "prompt",
    [
        "change the women's clothes",  # 嫦娥 without its apostrophe is an English word
        "Ultra man made fibres",
        "Ultra manual",
        "ultra4manual",
        "aotemanual",
        "傲特慢",  # the same sounds, another name
        "曼奥特",
        "ultramania 2000",
        "mouse mickeys",
        "1u1g1s",
        "奥a1b特曼",
    ],
)
def test_what_only_looks_like_a_disguise_is_let_through(prompt: str) -> None:
    assert ask(RULES, prompt).outcome == "allow"


@pytest.mark.parametrize(
    ("term", "prompt"),
    [
        ("Drawer", "a reward"),  # a word of its own, read backwards
        ("Evil", "live music"),
        ("蜜蜂", "一罐蜂蜜"),
        ("KBS", "a k8s cluster"),
        ("Bool", "800l of water"),
        ("曼", "man"),
        ("狐狸", "huli"),
        ("李宁", "lining of a coat"),
        ("Anna", "an na"),
        ("Level", "level"),
    ],
)
def test_short_and_ordinary_words_are_not_taken_for_a_disguised_name(
    term: str, prompt: str
) -> None:
    assert not any(match.how for match in ask(rule(term), prompt).matches)


@pytest.mark.parametrize(
    ("first", "second", "parts"),
    [
        ("draw Ultra", "man fighting", ["Ultra", "man"]),
        ("a hero, ul", "traman", ["ul", "traman"]),
        ("man", "no ultra", ["ultra", "man"]),
        ("画奥特。", "曼和怪兽", ["奥特", "曼"]),
        ("by Mickey", "Mouse", ["Mickey", "Mouse"]),
    ],
)
def test_a_name_cut_in_two_by_the_fields_is_found_in_both(
    first: str, second: str, parts: list[str]
) -> None:
    decision = ask(RULES, first, negative_prompt=second)
    assert [match.text for match in decision.matches] == parts
    fields = {"prompt": first, "negative_prompt": second}
    assert all(fields[m.field][m.start : m.end] == m.text for m in decision.matches)
    assert {match.how for match in decision.matches} == {("fields",)}


def test_fields_that_have_nothing_to_do_with_each_other_make_no_name() -> None:
    assert ask(RULES, "ultra", negative_prompt="manual, blurry").outcome == "allow"
    assert ask(RULES, "ultra", negative_prompt="blurry, man").outcome == "allow"
    negative = rule("Ultraman", fields=("style",))
    assert ask(negative, "ultra", negative_prompt="man").outcome == "allow"


def test_an_allow_phrase_also_covers_a_disguised_name_inside_it() -> None:
    mild = rule("狐灵山", allow=("hulingshan road",))
    assert ask(mild, "at Hulingshan Road").outcome == "allow"
    assert ask(mild, "at Hulingshan").outcome == "block"


def test_a_small_change_knows_every_disguise_too() -> None:
    grown = RULES.changed(2, new=[rule("Naruto", "鸣人传", version=2)], ended=[])
    for prompt in ("N4rut0", "oturaN", "ming ren zhuan", "U1tr4man"):
        assert ask(grown, prompt).outcome == "block"
