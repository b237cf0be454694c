"""Stories 3 and 4 under every pack with a waiting period: to the last second, and one second later."""

import json
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings

from deadlines.models import Deadline
from tests.journeys.house import House, ledger_is_whole, moment_in
from tests.journeys.laws import among
from tests.journeys.people import NORA, PAUL, SIGN, STATEMENT, papers_of_paul, pdf
from tests.journeys.plot import FAMILIES, People

CN, US = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
US_STATEMENT = {
    "reason": "authorised",
    "removed_material_and_prior_location": "foxspirit-v3 and two pictures",
    "name_address_phone": "Paul Okafor, 2 Brush Street, Lagos, +234 1 555 0100",
}
US_SIGN = {
    "statement-perjury_mistake_statement": "on",
    "statement-jurisdiction_consent": "on",
    "statement-service_of_process_consent": "on",
}


@dataclass(frozen=True)
class Law:
    """A pack with a setting: when Paul's answer is received, when it arrives, and the last day of the wait."""

    pack: str
    setting: str
    zone: ZoneInfo
    received: str
    arrival: str
    last_day: str
    told: str


LAWS = {
    "civil code, house default": Law(
        "cn-civil-code",
        "",
        CN,
        "2026-09-14 11:00:00",
        "2026-09-16 15:00:00",
        "2026-10-08",
        "8 Oct 2026",
    ),
    "civil code, 20 working days": Law(
        "cn-civil-code",
        "working_days_20",
        CN,
        "2026-09-14 11:00:00",
        "2026-09-18 15:00:00",
        "2026-10-22",
        "22 Oct 2026",
    ),
    "e-commerce law": Law(
        "cn-ecommerce",
        "",
        CN,
        "2026-09-14 11:00:00",
        "2026-09-16 15:00:00",
        "2026-10-08",
        "8 Oct 2026",
    ),
    "dmca": Law(
        "us-dmca-512",
        "",
        US,
        "2026-11-16 11:00:00",
        "2026-11-18 15:00:00",
        "2026-12-01",
        "1 Dec 2026",
    ),
}


@pytest.fixture(params=among(list(LAWS), ["civil code, house default", "dmca"]))
def law(request: pytest.FixtureRequest, people: People, settings: LazySettings) -> Law:
    chosen = LAWS[request.param]
    settings.REGIMES = [chosen.pack]
    if chosen.setting:
        settings.REGIME_OVERRIDES = json.dumps({chosen.pack: {"wait": chosen.setting}})
    return chosen


def at(house: House, law: Law, text: str) -> None:
    """Move the clock to this moment where the law is, and do what beat and worker would do by then."""
    house.clock.set(moment_in(text, law.zone))
    house.crank()


def contested(people: People, law: Law) -> str:
    """Nora files, Tara upholds, Paul answers, Dan forwards; the counter-notice's reference."""
    house, nora, paul = people.house, people.nora, people.paul
    ticks = _statements(law)
    reference = nora.files(sign={**_without_statements(), **ticks})
    house.at("2026-09-02 10:00:00")
    people.tara.claims(reference)
    people.tara.upholds(reference, families=FAMILIES, sanction="suspend")
    house.crank()
    assert people.dan.approves_all() == 2
    house.crank()
    people.everything_is_in_force()
    at(house, law, law.received)
    paul.comes(reference)
    paul.follow("Contest: file a counter-notice")
    counter = _answers(people, law)
    at(house, law, law.arrival)
    people.dan.reviews(counter)
    people.dan.press("Accept and forward")
    house.crank()
    return counter


def _answers(people: People, law: Law) -> str:
    paul = people.paul
    if law.zone is US:
        paul.press("Continue: what the filer will see", US_STATEMENT)
        assert (
            "your name, address and telephone number will be given to the filer" in paul.page.text
        )
        paul.press("Sign and send", {**US_SIGN, "signature": "Paul Okafor"})
    else:
        paul.press("Continue: what the filer will see", {**STATEMENT, **papers_of_paul()})
        paul.press("Sign and send", {"statement-truth_statement": "on", "signature": "Paul Okafor"})
    return next(word for word in paul.page.text.split() if word.startswith("C-20"))


def _statements(law: Law) -> dict[str, str]:
    if law.zone is US:
        names = ("good_faith_statement", "accuracy_and_authority_statement")
        return {f"statement-{name}": "on" for name in names}
    return {"statement-truth_statement": "on"}


def _without_statements() -> dict[str, object]:
    return {name: "" if name.startswith("statement-") else value for name, value in SIGN.items()}


def shows_suit(people: People, law: Law, text: str) -> str:
    """Nora files the court's acceptance at this moment, before any sweep; what the page then says."""
    people.house.clock.set(moment_in(text, law.zone))
    nora = people.nora
    nora.looks()
    nora.follow("Show that I have sued or complained")
    answers = {"kind": "suit", "body": "A court", "number": "(2026) no. 7"}
    nora.press("Send the proof", {**answers, "file-proof": pdf("acceptance.pdf")})
    return nora.page.text


def day_after(law: Law) -> str:
    year, month, day = law.last_day.split("-")
    return f"{year}-{month}-{int(day) + 1:02d}"


def test_nobody_sues_and_everything_is_back_by_itself(people: People, law: Law) -> None:
    counter = contested(people, law)
    assert law.told in people.nora.looks().text

    at(people.house, law, f"{law.last_day} 23:59:59")
    people.everything_is_in_force()
    at(people.house, law, f"{day_after(law)} 00:00:00")

    people.nothing_is_in_force()
    assert people.paul.looks().heading == "The measures end"
    assert "no proof of suit" in people.house.letter(NORA, "the measures on your notice end")
    assert "counts as never given" in people.house.letter(PAUL, f"{counter}: the measures end")
    put_back = Deadline.objects.filter(kind="counternotices.put_back").latest("triggered_at")
    assert put_back.state == "met", "by what the platform really lifted"
    ledger_is_whole()


def test_suit_at_23_59_stops_the_wait(people: People, law: Law) -> None:
    counter = contested(people, law)

    assert "in time" in shows_suit(people, law, f"{law.last_day} 23:59:00")

    for moment in (f"{day_after(law)} 00:00:00", "2027-03-01 09:00:00"):
        at(people.house, law, moment)
        people.everything_is_in_force()
    assert people.paul.looks().heading == "The filer has sued or complained"
    assert "The measures stay" in people.house.letter(PAUL, f"{counter}: the filer has sued")
    ledger_is_whole()


def test_suit_at_00_01_comes_too_late_once_everything_is_back(people: People, law: Law) -> None:
    contested(people, law)
    at(people.house, law, f"{day_after(law)} 00:00:00")
    people.nothing_is_in_force()
    address = people.nora.looks().address
    reference = next(w for w in people.nora.page.text.split() if w.startswith("C-20"))
    people.house.clock.set(moment_in(f"{day_after(law)} 00:01:00", law.zone))
    people.nora.open(address.rstrip("/") + f"/suit/{reference}/")
    answers = {"kind": "suit", "body": "A court", "number": "(2026) no. 7"}

    people.nora.press("Send the proof", {**answers, "file-proof": pdf("acceptance.pdf")})

    assert "after the period had ended" in people.nora.page.text
    people.house.crank()
    people.nothing_is_in_force()


def test_suit_at_00_01_before_the_sweep_counts_only_where_the_law_counts_to_the_put_back(
    people: People, law: Law
) -> None:
    contested(people, law)

    said = shows_suit(people, law, f"{day_after(law)} 00:01:00")
    people.house.crank()

    if law.zone is US:
        assert "in time" in said
        people.everything_is_in_force()
    else:
        assert "after the period had ended" in said
        people.nothing_is_in_force()
