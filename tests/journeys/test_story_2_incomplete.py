"""Story 2: one element is missing. Cured, the notice goes on; never cured, it lapses and may be filed again."""

from tests.journeys.house import ledger_is_whole
from tests.journeys.people import NORA, pdf
from tests.journeys.plot import FAMILIES, People

WITHOUT_PROOF = {"work": {"file-right_proof": ""}}
ELEMENT = "Proof of right"


def asked(people: People) -> str:
    """A notice without proof of right, filed on Tuesday; Tara asks for exactly that on Wednesday at ten."""
    reference = people.nora.files(**WITHOUT_PROOF)
    people.house.at("2026-09-02 10:00:00")
    people.tara.claims(reference)
    people.tara.asks(reference, "right_proof", "A registration or the source file will do.")
    people.house.crank()
    return reference


def test_the_filer_is_asked_for_exactly_that_and_our_clock_waits(people: People) -> None:
    asked(people)
    page = people.nora.looks()
    assert page.heading == "We need something from you"
    assert "We decide by" in page.text
    assert "paused" in page.text
    letter = people.house.letter(NORA, "we need something from you")
    assert "A registration or the source file will do." in letter
    assert letter.count("\n- ") == 1
    assert "Please answer by Wed 9 Sep 2026." in letter
    people.house.at("2026-09-07 10:00:00")
    assert "Decide" not in people.tara.open("/desk/overdue/").text.split("All cases")[-1]


def test_cured_in_time_the_notice_is_reviewed_and_upheld(people: People) -> None:
    house, nora = people.house, people.nora
    reference = asked(people)
    house.at("2026-09-08 18:00:00")
    nora.looks()
    nora.follow("Answer now")
    nora.press("Send answer", {"file-right_proof": pdf("registration.pdf")})
    assert nora.page.heading == "Your notice is under review"
    assert "registration.pdf" in nora.page.text
    assert "paused" not in nora.page.text
    people.tara.upholds(reference, families=FAMILIES, sanction="suspend")
    house.crank()
    assert nora.looks().heading == "Your notice was accepted"
    ledger_is_whole()


def test_never_cured_the_notice_lapses_by_itself_and_can_be_filed_again(people: People) -> None:
    house, nora = people.house, people.nora
    reference = asked(people)
    house.at("2026-09-09 23:59:59")
    assert nora.looks().heading == "We need something from you"
    house.at("2026-09-10 00:00:00")
    assert nora.looks().heading == "Your notice was closed because it was not completed"
    assert "You may file the notice again" in house.letter(NORA, "was not completed")
    again = nora.files()
    assert again != reference
    house.crank()
    assert nora.looks().heading == "We have received your notice"
    assert reference not in people.tara.open("/desk/triage/").text
    assert again in people.tara.page.text
    ledger_is_whole()
