"""What does not look like what is asked for is unclear, with the reason; it is never called missing."""

import pytest

from regimes.completeness import (
    Examined,
    Facts,
    Finding,
    Knowledge,
    Status,
    examine,
    examine_counter,
)
from regimes.loader import load
from regimes.looks import _LOOKS, doubt
from regimes.vocabulary import Form


def one(pack_id: str, key: str, value: object) -> Examined:
    found = examine(load(pack_id), {key: value})
    return next(each for each in found.examined if each.element.key == key)


@pytest.mark.parametrize(
    "text",
    [
        "1 Fox Lane",
        "Fox Lane, Leeds, UK",
        "北京市海淀区中关村大街1号",
        "江苏省南京市鼓楼区",
        "Rue du Renard 3",
    ],
)
def test_a_postal_address_is_taken_for_one(text: str) -> None:
    assert doubt(Form.ADDRESS, [text]) is None


@pytest.mark.parametrize(
    "text", ["nora@example.org", "Beijing", "北京", "12345", "https://a.example/b", "see above"]
)
def test_an_address_that_is_none_is_unclear(text: str) -> None:
    found = one("cn-civil-code", "rightholder_address", text)
    assert found.finding is Finding.UNCLEAR
    assert "postal address" in found.reason.en
    assert "通讯地址" in found.reason.zh_hans


@pytest.mark.parametrize(
    "text", ["nora@example.org", "+86 10 6255 0100", "Nora Lin, nora@example.cn, Leeds"]
)
def test_a_contact_has_a_telephone_number_or_an_e_mail_address(text: str) -> None:
    assert doubt(Form.CONTACT, [text]) is None


@pytest.mark.parametrize("text", ["Nora Lin", "ask my agent", "nora at example", "12-34"])
def test_a_contact_with_neither_is_unclear(text: str) -> None:
    assert one("us-dmca-512", "contact", text).finding is Finding.UNCLEAR
    assert one("cn-civil-code", "rightholder_contact", text).finding is Finding.UNCLEAR


@pytest.mark.parametrize(
    "text",
    [
        "https://fox.example/o/1",
        "https://fox.example/?id=7",
        "https://fox.example/#/o/7",
        "www.fox.example/o/1",
        "out_1",
        "LoRA fox-spirit v2",
        "ProduceID 0011…",
    ],
)
def test_an_item_is_located_by_an_address_or_an_identifier(text: str) -> None:
    assert doubt(Form.LOCATION, [text]) is None


@pytest.mark.parametrize(
    "text",
    [
        "https://fox.example",
        "https://fox.example/",
        "www.fox.example",
        "http://fox.example/index.html",
        "https://fox.example/#",
        "https://",
        "http://[fox",
        "nora@fox.example",
    ],
)
def test_a_bare_home_page_locates_nothing(text: str) -> None:
    for pack_id, key in (
        ("cn-civil-code", "target_location"),
        ("us-dmca-512", "material_identification_location"),
        ("eu-dsa-platform", "exact_location"),
    ):
        assert one(pack_id, key, ["https://fox.example/o/1", text]).finding is Finding.UNCLEAR


def test_nothing_given_stays_missing_and_not_unclear() -> None:
    assert one("cn-civil-code", "target_location", []).finding is Finding.MISSING
    assert one("cn-civil-code", "rightholder_address", " ").finding is Finding.MISSING


def test_every_form_that_a_pack_may_name_is_looked_at() -> None:
    assert set(_LOOKS) == set(Form)


@pytest.mark.parametrize("text", ["no", "No.", "否", "不同意。"])
def test_a_statement_that_was_refused_was_not_made(text: str) -> None:
    assert one("us-dmca-512", "good_faith_statement", text).finding is Finding.MISSING
    assert one("us-dmca-512", "good_faith_statement", "I do").finding is Finding.PRESENT


def test_a_counter_notice_is_looked_at_in_the_same_way() -> None:
    found = examine_counter(load("us-dmca-512"), {"name_address_phone": "Paul Okafor"})
    assert [e.element.key for e in found.unclear] == ["name_address_phone"]


US: Facts = {
    "signature": "Nora",
    "work_identification": "Fox Spirit",
    "material_identification_location": ["https://fox.example/o/1"],
    "contact": "nora@example.org",
    "good_faith_statement": True,
    "accuracy_and_authority_statement": True,
}
EU: Facts = {
    "explanation": "The mask and the bell are mine.",
    "exact_location": ["https://fox.example/o/1"],
    "name_email": "Nora nora@example.org",
    "bona_fide_statement": True,
}


@pytest.mark.parametrize(
    ("pack_id", "facts", "status", "knowledge"),
    [
        ("us-dmca-512", US, Status.COMPLETE, Knowledge.ARISES),
        ("us-dmca-512", {**US, "signature": ""}, Status.CURABLE, Knowledge.COUNTS_UNLESS_HELPED),
        ("us-dmca-512", {**US, "contact": "Nora"}, Status.CURABLE, Knowledge.COUNTS_UNLESS_HELPED),
        ("us-dmca-512", {**US, "contact": ""}, Status.INEFFECTIVE, Knowledge.DOES_NOT_ARISE),
        ("eu-dsa-hosting", EU, Status.COMPLETE, Knowledge.ARISES),
        ("eu-dsa-hosting", {**EU, "explanation": ""}, Status.INCOMPLETE, Knowledge.MAY_NOT_ARISE),
        ("cn-civil-code", {}, Status.INCOMPLETE, Knowledge.MAY_NOT_ARISE),
    ],
)
def test_what_a_notice_does_to_knowledge_follows_from_its_status(
    pack_id: str, facts: Facts, status: Status, knowledge: Knowledge
) -> None:
    found = examine(load(pack_id), facts)
    assert (found.status, found.knowledge) == (status, knowledge)
    assert found.may_refuse is (pack_id != "eu-dsa-hosting")
