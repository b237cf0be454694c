"""Story 1: a notice is upheld, nobody answers, the case closes, and its file verifies offline."""

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from tests.journeys.house import ledger_is_whole, verified_offline
from tests.journeys.people import NORA, PAUL
from tests.journeys.plot import FAMILIES, MODEL, OUTPUTS, PAULS_ID, PROMPT, People


def test_the_receipt_comes_at_once_and_holds_the_reference(people: People) -> None:
    reference = people.nora.files()
    people.house.crank()
    assert people.nora.looks().heading == "We have received your notice"
    receipt = people.nora.follow("Download receipt (PDF)").content
    assert reference in PdfReader(BytesIO(receipt)).pages[0].extract_text()
    letter = people.house.letters(NORA)[-1]
    assert reference in letter["Subject"]
    assert [part.get_payload(decode=True) for part in letter.iter_attachments()] == [receipt]


def test_heavy_measures_wait_for_a_second_person_and_the_others_do_not(people: People) -> None:
    house, tara = people.house, people.tara
    reference = people.nora.files()
    house.at("2026-09-02 10:00:00")
    tara.claims(reference)
    assert "not looked up yet" not in tara.page.text, "a prompt is nothing to be looked up"
    assert "Decide · 2 days, 14 hours" in tara.page.text, "counted by the database's clock"
    tara.upholds(reference, families=FAMILIES, sanction="suspend")
    house.crank()
    assert [house.state(output) for output in OUTPUTS] == ["removed", "removed"]
    assert house.guard_says(PROMPT).outcome == "block"
    assert house.state(MODEL) == "available"
    assert house.standing(PAULS_ID)["state"] == "active"
    assert "Needs my approval" not in tara.page.text
    tara.open("/desk/approvals/", status=403)
    people.dan.approves_all()
    house.crank()
    people.everything_is_in_force()


def test_upheld_and_unanswered_closes_by_itself_and_the_case_file_verifies_offline(
    people: People, tmp_path: Path
) -> None:
    house, nora = people.house, people.nora
    reference = people.upheld()
    reasons = house.letter(PAUL, reference)
    assert "Mask and notch are the same" in reasons
    assert NORA not in reasons
    assert nora.looks().heading == "Your notice was accepted"
    assert "no licence" in house.letter(NORA, "was accepted")

    house.at("2026-10-08 23:59:59")
    assert nora.looks().heading == "Your notice was accepted"
    house.at("2026-10-09 00:00:00")
    assert nora.looks().heading == "Your notice was accepted; the case is closed"
    people.everything_is_in_force()
    assert "Contest: file a counter-notice" in people.paul.comes(reference).text

    pdf, bundle = people.tara.exports(reference)
    assert reference in PdfReader(BytesIO(pdf)).pages[0].extract_text()
    names = verified_offline(bundle, tmp_path)
    assert {"case-file.en.pdf", "case-file.zh-Hans.pdf", "ledger.json"} <= set(names)
    ledger_is_whole()
