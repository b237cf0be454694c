"""Story 3 where nobody waits: restored at once with a bar (Regulation 2013), or decided on the merits (DSA)."""

import pytest
from django.conf import LazySettings

from counternotices.rules import WAIT
from deadlines.models import Deadline
from evidence.models import LedgerEntry
from notices.models import Case
from tests.journeys.house import ledger_is_whole
from tests.journeys.laws import european
from tests.journeys.people import NORA, PAUL
from tests.journeys.plot import MODEL, OUTPUTS, People

REGULATION = "cn-reg-2013"
COMPLAINT = {
    "reason": "authorised",
    "grounds": "The licence of 2025 covers both pictures.",
    "complainant_contact": PAUL,
}
REASONS = {"reasons_en": "We read the licence again.", "reasons_zh": "我们已重新审阅授权书。"}


# --- restored at once


@pytest.fixture
def regulation(people: People, settings: LazySettings) -> None:
    settings.REGIMES = [REGULATION]


def given_back(people: People) -> str:
    """Upheld on 2 September, contested on the 14th, accepted by Dan on the same day; the notice's reference."""
    reference = people.upheld()
    people.house.at("2026-09-14 11:00:00")
    counter = people.paul.contests(reference)
    people.everything_is_in_force()
    people.dan.reviews(counter)
    people.dan.press("Accept, restore and forward")
    people.house.crank()
    return reference


@pytest.mark.usefixtures("regulation")
def test_accepted_it_is_restored_at_once_and_forwarded_without_any_wait(people: People) -> None:
    house = people.house
    given_back(people)

    people.nothing_is_in_force()
    assert people.nora.looks().heading == "The measures on your notice have ended"
    assert people.paul.looks().heading == "The measures end"
    forwarded = house.letter(NORA, "has answered your notice")
    assert "may not notify us of the same item again" in forwarded
    assert "licence.pdf" in forwarded
    assert "paul-card.pdf" not in forwarded, "proof of identity stays with us"
    assert "end at once" in house.letter(PAUL, "the measures end")
    assert not Deadline.objects.filter(kind=WAIT).exists()
    assert Deadline.objects.get(kind="counternotices.put_back").state == "met"
    ledger_is_whole()


@pytest.mark.usefixtures("regulation")
def test_the_same_items_notified_again_are_taken_marked_and_a_person_declines_them(
    people: People,
) -> None:
    house, nora, tara = people.house, people.nora, people.tara
    earlier = given_back(people)
    house.at("2026-09-15 09:00:00")
    again = nora.files()
    house.crank()
    assert nora.looks().heading == "We have received your notice", "nothing is lost"

    tara.claims(again)
    shown = tara.page.text
    assert "May not be notified again" in shown
    assert "proposed: decline" in shown
    for locator in (*OUTPUTS, MODEL):
        assert f"({locator}) was restored in {earlier}" in shown
    tara.press("Decline with these reasons")
    house.crank()

    assert "art. 17" in house.letter(NORA, "No measures are taken")
    assert Case.objects.get(reference=again).state == "declined"
    marked = LedgerEntry.objects.get(event="notice.runs_into_bar")
    assert marked.facts["regimes"] == [REGULATION]
    people.nothing_is_in_force()
    ledger_is_whole()


# --- decided on the merits


@pytest.fixture(params=["eu-dsa-platform", "eu-dsa-hosting"])
def complained(
    request: pytest.FixtureRequest, people: People, settings: LazySettings
) -> tuple[str, str]:
    """The pack, and Paul's complaint of 14 September against what Tara decided."""
    settings.REGIMES = [request.param]
    reference = people.upheld(**european(request.param).complete())
    people.house.at("2026-09-14 11:00:00")
    people.paul.comes(reference)
    people.paul.follow("Contest: file a counter-notice")
    people.paul.press("Continue: what the filer will see", COMPLAINT)
    people.paul.press("Sign and send", {"signature": "Paul Okafor"})
    counter = next(word for word in people.paul.page.text.split() if word.startswith("C-20"))
    people.house.crank()
    return request.param, counter


def answered(people: People, pack: str, result: str) -> None:
    """Paul reads the result, the reasons, and what he can still do under this law."""
    letter = people.house.letter(PAUL, result)
    assert "a person who did not decide the notice" in letter
    assert REASONS["reasons_en"] in letter
    assert "before a court" in letter
    assert ("out-of-court" in letter) is (pack == "eu-dsa-platform"), "DSA 20 and 21: platforms"


def test_who_decided_cannot_answer_and_the_measures_stay_meanwhile(
    people: People, complained: tuple[str, str]
) -> None:
    _pack, counter = complained
    page = people.tara.open(f"/desk/counter-notices/{counter}/")
    assert "You decided the notice" in page.text
    assert not page.forms("Justified: end the measures")
    people.everything_is_in_force()


def test_justified_it_is_reversed_by_another_person_without_waiting(
    people: People, complained: tuple[str, str]
) -> None:
    pack, counter = complained
    people.dan.reviews(counter)
    people.dan.press("Justified: end the measures", {f"accept-{k}": v for k, v in REASONS.items()})
    people.house.crank()

    people.nothing_is_in_force()
    answered(people, pack, "is justified, and the decision is reversed")
    assert "has found the counter-notice" in people.house.letter(NORA, "measures on your notice")
    assert people.nora.looks().heading == "The measures on your notice have ended"
    assert not Deadline.objects.filter(kind=WAIT).exists()
    ledger_is_whole()


def test_rejected_the_measures_stay_and_what_he_can_still_do_is_named(
    people: People, complained: tuple[str, str]
) -> None:
    pack, counter = complained
    people.dan.reviews(counter)
    people.dan.press("Reject with these reasons", {f"reject-{k}": v for k, v in REASONS.items()})
    people.house.crank()

    answered(people, pack, "is not justified, and the decision stands")
    people.everything_is_in_force()
    people.house.at("2027-02-01 09:00:00")
    people.everything_is_in_force()
    assert people.nora.looks().heading == "Your notice was accepted"
    ledger_is_whole()
