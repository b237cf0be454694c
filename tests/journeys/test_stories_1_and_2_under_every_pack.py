"""Stories 1 and 2 under every pack about output: unanswered and put away; incomplete, cured, or never cured."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from rest_framework.test import APIClient

from common.clock import now
from deadlines.models import Deadline
from evidence.models import LedgerEntry
from notices.models import Case
from notices.rules import ANSWER, CURE_CONTACT, DECIDE
from tests.journeys.house import ledger_is_whole, verified_offline
from tests.journeys.laws import Law, american, every_law
from tests.journeys.people import NORA, PAUL, WORK
from tests.journeys.plot import FAMILIES, People, heaviest
from tests.people import issue_token

NO = {
    "decline-reasons_en": "Without more we cannot tell whose work it is.",
    "decline-reasons_zh": "仅凭已有内容无法判断作品归属。",
}
LETTER = {
    "language": "en",
    "filer_role": "owner",
    "filer_name": "Nora Lind",
    "filer_email": "",
    "work_title": WORK["work_title"],
    "items": [{"kind": "output", "locator": "out_8Hk2"}],
    "signature": "Nora Lind",
}


@pytest.fixture(params=every_law(), ids=lambda law: law.pack)
def law(request: pytest.FixtureRequest, people: People, settings: LazySettings) -> Law:
    chosen: Law = request.param
    settings.REGIMES = [chosen.pack]
    return chosen


def day_after(law: Law, day: str) -> str:
    return f"{date.fromisoformat(day) + timedelta(days=1)} 00:00:00"


def states(reference: str, kind: str) -> list[str]:
    case = Case.objects.get(reference=reference)
    return list(Deadline.objects.filter(case_id=case.id, kind=kind).values_list("state", flat=True))


def recorded(reference: str, event: str, pack: str) -> dict[str, Any]:
    """What the ledger says that the notice amounted to when this happened."""
    case = Case.objects.get(reference=reference)
    entry = LedgerEntry.objects.get(chain_id=case.id, event=event)
    said: dict[str, Any] = entry.facts["completeness"][pack]
    return said


def asked(people: People, law: Law) -> str:
    """A notice that lacks one element; Tara asks for exactly that on the next morning."""
    reference = people.nora.files(**law.lacking())
    people.house.at("2026-09-02 10:00:00")
    people.tara.claims(reference)
    people.tara.asks(reference, law.element, "A line is enough.")
    people.house.crank()
    return reference


# --- story 1


def test_upheld_and_unanswered_closes_by_itself_and_its_file_verifies_offline(
    people: People, law: Law, tmp_path: Path
) -> None:
    house, nora = people.house, people.nora
    reference = people.upheld(**law.complete())
    assert "Mask and notch are the same" in house.letter(PAUL, reference)
    assert NORA not in house.letter(PAUL, reference)
    assert "no licence" in house.letter(NORA, "was accepted")

    law.at(house, f"{law.closed_on} 23:59:59")
    assert nora.looks().heading == "Your notice was accepted"
    law.at(house, day_after(law, law.closed_on))
    assert nora.looks().heading == "Your notice was accepted; the case is closed"

    people.everything_is_in_force()
    _pdf, bundle = people.tara.exports(reference)
    assert "ledger.json" in verified_offline(bundle, tmp_path)
    ledger_is_whole()


# --- story 2


def test_asked_for_exactly_that_our_clock_waits_and_cured_it_is_upheld(
    people: People, law: Law
) -> None:
    house, nora = people.house, people.nora
    reference = asked(people, law)
    assert house.letter(NORA, "we need something from you").count("\n- ") == 1
    assert "paused" in nora.looks().text
    assert states(reference, DECIDE) == ["paused"]

    law.at(house, f"{law.cure_until} 18:00:00")
    nora.looks()
    nora.follow("Answer now")
    nora.press("Send answer", law.cured())

    assert nora.page.heading == "Your notice is under review"
    assert states(reference, DECIDE) == ["running"]
    people.tara.upholds(reference, families=FAMILIES, sanction=heaviest())
    house.crank()
    assert nora.looks().heading == "Your notice was accepted"
    said = recorded(reference, "notice.accepted", law.pack)
    assert (said["status"], said["knowledge"], said["missing"]) == ("complete", "arises", [])
    ledger_is_whole()


def test_never_cured_it_is_closed_with_reasons_or_where_the_law_forbids_that_decided(
    people: People, law: Law
) -> None:
    house, nora = people.house, people.nora
    reference = asked(people, law)
    law.at(house, f"{law.cure_until} 23:59:59")
    assert nora.looks().heading == "We need something from you"
    law.at(house, day_after(law, law.cure_until))

    if law.never_refuses:
        decided_on_what_was_given(people, law, reference)
    else:
        assert nora.looks().heading == "Your notice was closed because it was not completed"
        assert "did not come in time" in house.letter(NORA, "was not completed")
    assert not {"running", "paused"} & {*states(reference, ANSWER), *states(reference, DECIDE)}

    again = nora.files(**law.complete())
    assert again != reference
    house.crank()
    assert nora.looks().heading == "We have received your notice"
    assert again in people.tara.open("/desk/triage/").text
    ledger_is_whole()


def decided_on_what_was_given(people: People, law: Law, reference: str) -> None:
    """Regulation 2022/2065 art. 16: not refused for the gap; a person decides, and the gap is on record."""
    nora, tara = people.nora, people.tara
    assert nora.looks().heading == "Your notice is under review"
    assert "No answer came in time" in nora.page.text
    assert states(reference, DECIDE) == ["running"]
    tara.case(reference)
    tara.press("Decline with these reasons", NO)
    people.house.crank()
    assert "cannot tell whose work" in people.house.letter(NORA, "No measures are taken")
    said = recorded(reference, "notice.declined", law.pack)
    assert (said["knowledge"], said["missing"]) == ("may_not_arise", [law.element])


# --- story 2 under 17 USC 512(c)(3)(B): the two grades of an incomplete notice


def test_a_curable_notice_makes_help_a_duty_and_asking_is_the_help(
    people: People, settings: LazySettings
) -> None:
    settings.REGIMES = ["us-dmca-512"]
    law = american()
    reference = people.nora.files(**law.lacking())
    people.house.crank()
    assert states(reference, CURE_CONTACT) == ["running"]
    people.house.at("2026-09-02 10:00:00")
    people.tara.claims(reference)
    assert "1 missing" in people.tara.page.text
    people.tara.asks(reference, law.element, "Please sign it.")
    assert states(reference, CURE_CONTACT) == ["met"]


def test_a_letter_without_contact_has_no_effect_and_no_help_is_owed(
    people: People, settings: LazySettings
) -> None:
    settings.REGIMES = ["us-dmca-512"]
    reference = entered_by_staff(people)
    people.house.crank()
    assert states(reference, CURE_CONTACT) == []
    people.tara.claims(reference)
    people.tara.press("Decline with these reasons", NO)
    people.house.crank()
    said = recorded(reference, "notice.declined", "us-dmca-512")
    assert (said["status"], said["knowledge"]) == ("ineffective", "does_not_arise")
    assert "contact" in said["missing"]
    assert Case.objects.get(reference=reference).state == "declined"
    ledger_is_whole()


def entered_by_staff(people: People) -> str:
    """A paper letter that says neither address nor telephone, entered through the API."""
    client = APIClient()
    key = issue_token(people.tara.user, "journey", now=now())
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    filed = client.post("/api/v1/notices/", LETTER, format="json")
    assert filed.status_code == 201, filed.content
    return str(filed.data["reference"])
