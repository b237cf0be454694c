"""What is missing? Three regimes, three answers; the machine proposes."""

import pytest

from regimes.completeness import Completeness, Finding, Status, examine, examine_counter
from regimes.loader import load

CN_NOTICE: dict[str, object] = {
    "rightholder_name": "Nora Studio",
    "rightholder_contact": "nora@example.org",
    "rightholder_address": "1 Fox Lane",
    "rightholder_identity_proof": 1,
    "filed_by_agent": False,
    "right_proof": ["registration.pdf"],
    "work_title": "Fox Spirit 狐灵",
    "target_location": ["https://example.org/o/1"],
    "requested_measures": ["delete"],
    "prelim_evidence": 2,
    "truth_statement": True,
}
US_NOTICE: dict[str, object] = {
    "signature": "Nora",
    "work_identification": "Fox Spirit",
    "material_identification_location": ["https://example.org/o/1"],
    "contact": "nora@example.org",
    "good_faith_statement": True,
    "accuracy_and_authority_statement": True,
}


def finding(result: Completeness, key: str) -> Finding:
    return next(one.finding for one in result.examined if one.element.key == key)


def chinese(**changes: object) -> Completeness:
    return examine(load("cn-civil-code"), {**CN_NOTICE, **changes})


def american(**changes: object) -> Completeness:
    return examine(load("us-dmca-512"), {**US_NOTICE, **changes})


def test_a_whole_notice_is_complete() -> None:
    assert chinese().status is Status.COMPLETE
    assert chinese().to_ask == ()
    assert american().status is Status.COMPLETE


def test_a_prc_notice_without_identity_is_incomplete_and_asks_for_exactly_that() -> None:
    result = chinese(rightholder_identity_proof=0)
    assert result.status is Status.INCOMPLETE
    assert result.may_refuse
    assert [one.element.key for one in result.to_ask] == ["rightholder_identity_proof"]
    asked = result.to_ask[0]
    assert asked.source[0].norm.zh_hans == "《民法典》第一千一百九十五条第一款"
    assert asked.reason.in_language("zh-hans") == "未附文件。"


def test_an_agent_has_to_show_authority_and_a_right_holder_has_not() -> None:
    assert [one.element.key for one in chinese(filed_by_agent=True).missing] == ["agent_authority"]
    assert chinese(filed_by_agent=True, agent_authority=1).status is Status.COMPLETE
    unknown = chinese(filed_by_agent=None)
    assert [one.element.key for one in unknown.unclear] == ["agent_authority"]
    assert unknown.status is Status.INCOMPLETE


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("work_title", "   ", Finding.MISSING),
        ("work_title", "?", Finding.UNCLEAR),
        ("work_title", 7, Finding.UNCLEAR),
        ("target_location", ["https://example.org/o/1", " "], Finding.UNCLEAR),
        ("target_location", [""], Finding.MISSING),
        ("target_location", [], Finding.MISSING),
        ("target_location", "output 4417", Finding.PRESENT),
        ("truth_statement", False, Finding.MISSING),
        ("truth_statement", 3, Finding.UNCLEAR),
        ("prelim_evidence", True, Finding.PRESENT),
        ("prelim_evidence", None, Finding.MISSING),
    ],
)
def test_each_element_is_present_missing_or_unclear(
    key: str, value: object, expected: Finding
) -> None:
    assert finding(chinese(**{key: value}), key) is expected


def test_a_missing_optional_element_changes_nothing() -> None:
    assert finding(chinese(), "effective_decision") is Finding.MISSING
    assert chinese().missing == ()


@pytest.mark.parametrize(
    ("absent", "status"),
    [
        ("signature", Status.CURABLE),
        ("good_faith_statement", Status.CURABLE),
        ("accuracy_and_authority_statement", Status.CURABLE),
        ("work_identification", Status.INEFFECTIVE),
        ("material_identification_location", Status.INEFFECTIVE),
        ("contact", Status.INEFFECTIVE),
    ],
)
def test_a_us_notice_is_curable_when_work_material_and_contact_are_there(
    absent: str, status: Status
) -> None:
    result = american(**{absent: None})
    assert result.status is status
    assert result.effect.en.startswith("A notice has to comply substantially")
    assert [one.element.key for one in result.to_ask] == [absent]


def test_an_unclear_essential_element_is_cured_not_thrown_away() -> None:
    assert american(work_identification="x").status is Status.CURABLE


def test_an_eu_notice_is_never_refused_for_a_missing_element() -> None:
    result = examine(load("eu-dsa-hosting"), {"explanation": "It copies my character."})
    assert result.status is Status.INCOMPLETE
    assert not result.may_refuse
    assert "knowledge" in result.effect.en
    assert "知悉" in result.effect.zh_hans


def test_a_counter_notice_is_examined_the_same_way() -> None:
    result = examine_counter(load("us-dmca-512"), {"signature": "Paul"})
    assert len(result.missing) == 5
    chinese_reply = examine_counter(load("cn-civil-code"), {})
    assert chinese_reply.status is Status.INCOMPLETE
    assert len(chinese_reply.missing) == 8
