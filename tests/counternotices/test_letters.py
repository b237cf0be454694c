"""The letters about counter-notices: whole in both languages, courteous, with what each has to say."""

import pytest

from notifications.catalogue import LETTERS
from notifications.writing import LANGUAGES, write

CONTEXT = {
    "reference": "N-2026-000001-F",
    "link": "https://redress.example/answer/x/",
    "name": "Paul",
    "counter_reference": "C-2026-000001-D",
    "work_title": "Fox Spirit",
    "filer": "N＊＊＊",
    "items": ["out_1"],
    "points": ["The mask"],
    "reasons": "The mask is the same.",
    "measures": [{"what": "Removal of “out_1”", "standing": "in force"}],
    "what_next": ["If you contest, a person checks it."],
    "elements": ["Postal address"],
    "reason": "I have permission",
    "answers": [("Your name", "Paul Okafor")],
    "signature": "Paul Okafor",
    "files": [("licence.pdf", "0" * 64)],
    "right_to_sue": "You may complain or sue.",
    "period": "15 calendar days",
    "why": "no_suit",
    "sentence": "a court has ordered that measures of this case stay.",
    "court": "Guangzhou Internet Court",
    "order_reference": "O-2026-000001-X",
    "effective": "1 October 2026, 00:00 (Asia/Shanghai)",
    "body": "Guangzhou Internet Court",
    "outcome": "Claim dismissed",
    "complaint_reference": "K-2026-000001-X",
    "redress": ["You may go to court."],
    "said": "suspended",
    "law": "Regulation 2022/2065",
    "policy": "After prior warning, suspend for a reasonable time.",
    "factors": ["gravity"],
    "until": "1 October 2026, 00:00 (Asia/Shanghai)",
    "address": "notices@redress.example",
    "appeal": "A-2026-000001-X",
    "sanction": "Warning",
    "justified": False,
}
OURS = sorted(
    name
    for name in LETTERS
    if name.startswith(
        (
            "counter_",
            "suit_",
            "restored_",
            "statement_",
            "sanction_appeal_",
            "court_",
            "proceedings_",
            "complaint_",
        )
    )
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OURS)
def test_a_letter_says_what_it_has_to_in_both_languages(name: str, language: str) -> None:
    letter = write(name, language, CONTEXT)

    for text in (letter.text, letter.html):
        assert "https://redress.example/answer/x/" in text
        assert "infring" not in text.lower()
        for key in LETTERS[name].keys & {
            "reasons",
            "right_to_sue",
            "signature",
            "counter_reference",
        }:
            assert str(CONTEXT[key]) in text
    assert letter.subject


@pytest.mark.parametrize("why", ["no_suit", "merits", "at_once", "proceedings", "notice_ended"])
def test_the_end_of_the_measures_is_told_with_its_true_reason(why: str) -> None:
    words = {"no_suit": "did not show", "merits": "justified", "notice_ended": "does not stand"}
    words |= {"at_once": "As the law has it", "proceedings": "not in their favour"}

    text = write("restored_respondent", "en", {**CONTEXT, "why": why}).text

    assert [key for key, sentence in words.items() if sentence in text] == [why]
