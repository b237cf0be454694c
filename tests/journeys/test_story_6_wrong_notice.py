"""Story 6: wrong notices: a record, a warning, then suspension of filing for a time; the user restored and told."""

from django.urls import reverse

from common.clock import now
from counternotices.models import CounterNotice
from evidence.models import LedgerEntry
from notices.models import Case, Draft
from tests.journeys.house import beijing, ledger_is_whole
from tests.journeys.people import NORA, PAUL
from tests.journeys.plot import People

WARNING = {
    "level": "warn",
    "factors": ["cn-civil-code:3", "cn-civil-code:4"],
    "reasons_en": "The licence was known to you when you filed.",
    "reasons_zh": "提交通知时您已知悉授权的存在。",
}
SUSPENSION = {**WARNING, "level": "suspend", "days": "30", "factors": ["cn-civil-code:4"]}
NO = {"decline-reasons_en": "It is licensed.", "decline-reasons_zh": "已获授权。"}


def given_back(people: People) -> str:
    """A first notice, upheld and contested; nobody sues, everything is given back on 9 October."""
    reference, _counter = people.contested("2026-09-16 15:00:00")
    people.house.at("2026-10-09 00:00:00")
    people.nothing_is_in_force()
    return reference


def decides(people: People, reference: str, answers: dict[str, object], status: int = 200) -> str:
    """Lea looks at the filer's record on the occasion of a case, and decides."""
    lea = people.lea
    lea.case(reference)
    lea.follow("Filer's record, warnings and suspensions")
    lea.press("Decide and tell the filer", answers, status=status)
    people.house.crank()
    return lea.page.text


def declined(people: People) -> str:
    """Another notice by Nora, declined."""
    reference = people.nora.files()
    people.house.crank()
    people.tara.claims(reference)
    people.tara.press("Decline with these reasons", NO)
    people.house.crank()
    return reference


def test_the_user_is_restored_and_told_and_the_filers_record_says_so(people: People) -> None:
    reference = given_back(people)
    counter = CounterNotice.objects.get()
    assert "counts as never given" in people.house.letter(
        PAUL, f"{counter.reference}: the measures"
    )
    page = people.lea.case(reference).text
    assert "Upheld, then given back 1" in page
    assert "100 %" in page


def test_nobody_is_suspended_without_a_warning_and_another_notice_after_it(people: People) -> None:
    reference = given_back(people)
    assert "wants a warning first" in decides(people, reference, SUSPENSION, status=409)
    assert "Decided" in decides(people, reference, WARNING)
    assert "wants a warning first" in decides(people, reference, SUSPENSION, status=409)
    letter = people.house.letter(NORA, f"{reference}: a warning about your notices")
    for words in ("PRC Civil Code", "repeated wrong notices", "The licence was known to you"):
        assert words in letter


def suspended(people: People) -> str:
    """Warned on 9 October, wrong again, suspended on 12 October for 30 days."""
    decides(people, given_back(people), WARNING)
    people.house.at("2026-10-12 10:00:00")
    second = declined(people)
    assert "Decided" in decides(people, second, SUSPENSION)
    return second


def test_filing_is_refused_with_until_when_and_how_to_contest_and_nothing_is_lost(
    people: People,
) -> None:
    second = suspended(people)
    house, nora = people.house, people.nora
    letter = house.letter(NORA, f"{second}: filing of notices is suspended")
    assert "Asia/Shanghai" in letter
    assert "The licence was known to you" in letter
    before = Case.objects.count()
    looked = nora.home

    nora.files()
    refused = nora.page.text
    assert "suspended for you until Thu 12 Nov 2026, 00:00 (Asia/Shanghai)" in refused
    assert second in refused
    assert "write to" in refused
    assert Case.objects.count() == before
    draft = Draft.objects.get(case=None)
    assert draft.answers["work"]["work_title"] == ["Fox Spirit 狐灵"]
    for address in (looked, reverse("home")):
        nora.open(address)
    nora.open(looked)
    assert second in nora.page.text, "everything filed earlier stays open"


def test_the_clock_ends_the_suspension_and_the_kept_draft_can_be_sent(people: People) -> None:
    second = suspended(people)
    house, nora = people.house, people.nora
    nora.files()
    kept = nora.page.address
    house.at("2026-11-11 23:59:59")
    nora.open(kept)
    nora.press("Send notice")
    assert "suspended for you" in nora.page.text
    house.at("2026-11-12 00:00:00")
    assert "you may file notices again" in str(house.letters(NORA)[-1]["Subject"])
    nora.open(kept)
    nora.press("Send notice")
    assert "N-20" in nora.page.text
    ended = LedgerEntry.objects.get(event="filer.suspension_ended")
    assert ended.facts["effective_at"] == beijing("2026-11-12 00:00:00").isoformat()
    assert ended.at <= now()
    assert Case.objects.get(reference=second).state == "declined"
    ledger_is_whole()


def test_a_person_takes_a_wrong_suspension_back_and_filing_is_open_at_once(people: People) -> None:
    second = suspended(people)
    lea = people.lea
    lea.case(second)
    lea.follow("Filer's record, warnings and suspensions")
    rows = [form for form, _press in lea.page.forms("Take it back and tell the filer")]
    assert len(rows) == 2, "the warning and the suspension"
    address = rows[0].get("action", "")
    names = {one.get("name", ""): one.get("value", "") for one in rows[0].iter() if one.get("name")}
    texts = {name: "It was a mistake. 有误。" for name in names if "reasons" in name}
    lea.client.post(address, {**names, **texts})
    people.house.crank()
    assert "taken back" in str(people.house.letters(NORA)[-1]["Subject"])
    assert people.nora.files().startswith("N-20")
