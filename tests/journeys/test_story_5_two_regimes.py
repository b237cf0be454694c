"""Story 5: the same notice under Chinese and European law. A measure stays while either asks for it."""

from datetime import date

import pytest
from django.conf import LazySettings

from counternotices.models import CounterNotice
from counternotices.rules import WAIT, WINDOW
from deadlines.models import Deadline
from evidence.models import LedgerEntry
from notices.models import Case, CaseRegime
from notices.rules import ACKNOWLEDGE, DECIDE
from tests.journeys.house import beijing, ledger_is_whole
from tests.journeys.people import NORA, PAUL
from tests.journeys.plot import FAMILIES, People, heaviest

CN, EU = "cn-civil-code", "eu-dsa-platform"
WINDOW_ENDS = "2027-03-02 06:59:59"  # 24:00 of 1 March 2027 in Brussels is 07:00 in Beijing
DECISION = {
    "reasons_en": "Nobody sued in China, and the complaint stays unanswered in substance.",
    "reasons_zh": "在中国无人起诉，申诉在实体上亦未得到反驳。",
}
MERITS = {
    "accept-reasons_en": "The licence covers it.",
    "accept-reasons_zh": "授权范围包括该内容。",
}


@pytest.fixture
def upheld(people: People, settings: LazySettings) -> str:
    """Filed on Friday 28 August, decided on Monday 31 August 2026 under both laws; the reference."""
    settings.REGIMES = [CN, EU]
    house = people.house
    house.clock.set(beijing("2026-08-28 15:00:00"))
    reference = people.nora.files()
    house.at("2026-08-31 15:00:00")
    people.tara.claims(reference)
    people.tara.upholds(reference, families=FAMILIES, sanction=heaviest())
    house.crank()
    people.dan.approves_all()
    house.crank()
    people.everything_is_in_force()
    return reference


def rows(kind: str) -> dict[str, Deadline]:
    """The clocks of a kind, by the law they run under."""
    return {row.pack_id: row for row in Deadline.objects.filter(kind=kind)}


def entries(reference: str, event: str) -> list[LedgerEntry]:
    case = Case.objects.get(reference=reference)
    return list(LedgerEntry.objects.filter(chain_id=case.id, event=event).order_by("sequence"))


def regime(reference: str, pack: str) -> str:
    return CaseRegime.objects.get(case__reference=reference, pack_id=pack).state


def disputed(people: People, reference: str) -> None:
    """Paul contests under both laws; in China the waiting period passes without a suit."""
    house = people.house
    house.at("2026-09-14 11:00:00")
    people.paul.contests(reference)
    chinese = CounterNotice.objects.get(case_regime__pack_id=CN)
    house.at("2026-09-16 15:00:00")
    people.dan.reviews(chinese.reference)
    people.dan.press("Accept and forward")
    house.crank()
    house.at("2026-10-08 23:59:59")
    assert regime(reference, CN) == "waiting"
    house.at("2026-10-09 00:00:00")


def test_each_law_has_clocks_of_its_own_and_the_reasons_come_before_the_restriction(
    people: People, upheld: str
) -> None:
    for kind in (ACKNOWLEDGE, DECIDE):
        found = rows(kind)
        assert set(found) == {CN, EU}
        assert {row.clock["zone"] for row in found.values()} == {
            "Asia/Shanghai",
            "Europe/Brussels",
        }
    told = entries(upheld, "notice.forwarded")[0]
    applied = next(  # a block of terms restricts nothing that Paul provided
        one for one in entries(upheld, "measure.applied") if one.facts["family"] != "prompt_block"
    )
    assert told.sequence < applied.sequence, "DSA 17(2): at the latest with the restriction"
    assert told.at <= applied.at
    letter = people.house.letter(PAUL, upheld)
    assert "There is no waiting period" in letter, "what the European law gives him"
    assert "sued or complained" in letter, "what the Chinese law gives him"


def test_complaints_stay_possible_for_six_months_through_the_monday(
    people: People, upheld: str
) -> None:
    window = {row.pack_id for row in Deadline.objects.filter(kind=WINDOW)}
    assert window == {EU}, "the Civil Code has none"
    assert {row.last_day for row in Deadline.objects.filter(kind=WINDOW)} == {date(2027, 3, 1)}
    people.house.at(WINDOW_ENDS)
    people.everything_is_in_force()
    people.paul.contests(upheld)
    under = CounterNotice.objects.values_list("case_regime__pack_id", flat=True)
    assert EU in set(under), "still in time under the Act on its last evening in Brussels"


def test_a_measure_stays_while_any_law_asks_for_it_until_a_person_ends_the_dispute(
    people: People, upheld: str
) -> None:
    disputed(people, upheld)
    house, lea = people.house, people.lea
    people.everything_is_in_force()
    assert regime(upheld, CN) == "restored"
    for box in (NORA, PAUL):
        assert "A person decides" in house.letter(box, "two laws disagree")

    lea.open("/desk/conflicts/")
    assert upheld in lea.page.text
    lea.follow("Fox Spirit 狐灵")
    for law in ("PRC Civil Code", "EU DSA: online platform"):
        assert law in lea.page.text
    lea.press("Decide and tell both sides", {"decision": "restore", **DECISION})
    house.crank()

    people.nothing_is_in_force()
    assert "Nobody sued in China" in house.letter(NORA, "the measures end, although")
    assert "Nobody sued in China" in house.letter(PAUL, "the measures end, although")
    assert len(entries(upheld, "regime_conflict.decided")) == 1
    assert Case.objects.get(reference=upheld).state == "closed"
    ledger_is_whole()


def test_kept_by_a_person_the_measures_follow_the_other_law_alone(
    people: People, upheld: str
) -> None:
    disputed(people, upheld)
    house, lea = people.house, people.lea
    lea.case(upheld)
    lea.follow("Decide")
    lea.press("Decide and tell both sides", {"decision": "keep", **DECISION})
    house.at("2026-12-01 09:00:00")
    people.everything_is_in_force()
    assert "the measures stay, and why" in str(house.letters(PAUL)[-1]["Subject"])

    european = CounterNotice.objects.get(case_regime__pack_id=EU)
    people.dan.reviews(european.reference)
    people.dan.press("Justified: end the measures", MERITS)
    house.crank()
    people.nothing_is_in_force()
    ledger_is_whole()


def test_the_dispute_ends_itself_when_the_other_law_lets_go_first(
    people: People, upheld: str
) -> None:
    disputed(people, upheld)
    european = CounterNotice.objects.get(case_regime__pack_id=EU)
    people.dan.reviews(european.reference)
    people.dan.press("Justified: end the measures", MERITS)
    people.house.crank()
    people.nothing_is_in_force()
    assert len(entries(upheld, "regime_conflict.closed")) == 1
    people.lea.open("/desk/conflicts/")
    assert "No two laws disagree" in people.lea.page.text
    assert WAIT not in {row.kind for row in Deadline.objects.filter(closed_at=None)}
