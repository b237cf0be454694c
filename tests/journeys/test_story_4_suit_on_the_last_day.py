"""Story 4: proof of suit in the last second of the last day in Shanghai stops the wait; a second later does not."""

from tests.journeys.house import House, beijing, ledger_is_whole
from tests.journeys.people import NORA, PAUL, Nora, pdf
from tests.journeys.plot import People

LAST_SECOND, TOO_LATE = "2026-10-08 23:59:59", "2026-10-09 00:00:00"


def shows_suit(nora: Nora, house: House, at: str) -> str:
    """Nora files the court's acceptance at this moment, before any sweep; what the page then says."""
    house.clock.set(beijing(at))
    nora.looks()
    nora.follow("Show that I have sued or complained")
    answers = {"kind": "suit", "body": "Guangzhou Internet Court", "number": "(2026) 0192 no. 7"}
    nora.press("Send the proof", {**answers, "file-proof": pdf("acceptance.pdf")})
    return nora.page.text


def test_proof_in_the_last_second_stops_the_wait_and_the_measures_stay(people: People) -> None:
    house = people.house
    _reference, counter = people.contested("2026-09-16 15:00:00")
    assert "in time" in shows_suit(people.nora, house, LAST_SECOND)
    for moment in (TOO_LATE, "2027-03-01 09:00:00"):
        house.at(moment)
        people.everything_is_in_force()
    assert people.paul.looks().heading == "The filer has sued or complained"
    assert "The measures stay" in house.letter(PAUL, f"{counter}: the filer has sued")
    assert "in time" in house.letter(NORA, "your proof of suit or complaint came in time")
    ledger_is_whole()


def test_the_same_proof_a_second_later_is_kept_and_stops_nothing(people: People) -> None:
    house = people.house
    people.contested("2026-09-16 15:00:00")
    assert "after the period had ended" in shows_suit(people.nora, house, TOO_LATE)
    people.everything_is_in_force()
    house.crank()
    people.nothing_is_in_force()
    assert "does not keep the measures" in house.letter(NORA, "came after the period")
    ledger_is_whole()
