"""Story 3: a counter-notice, a waiting period across National Day, no suit: everything is given back."""

import json
import os
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.journeys.house import ledger_is_whole, verified_offline
from tests.journeys.people import NORA, PAUL
from tests.journeys.plot import People
from tests.proofs.export import KEEP, SEED, flip_trials

FEW = 10  # `script/proof export` flips a hundred

HOUSE_DEFAULT = (
    "",
    "2026-09-16 15:00:00",
    "8 Oct 2026",
    "2026-10-08 23:59:59",
    "2026-10-09 00:00:00",
)
TWENTY_DAYS = (
    "working_days_20",
    "2026-09-18 15:00:00",
    "22 Oct 2026",
    "2026-10-22 23:59:59",
    "2026-10-23 00:00:00",
)


@pytest.mark.parametrize(
    ("setting", "arrival", "last_day", "before", "after"), [HOUSE_DEFAULT, TWENTY_DAYS]
)
def test_nobody_sues_and_every_measure_is_lifted_by_itself(
    people: People,
    settings: LazySettings,
    setting: str,
    arrival: str,
    last_day: str,
    before: str,
    after: str,
) -> None:
    if setting:
        settings.REGIME_OVERRIDES = json.dumps({"cn-civil-code": {"wait": setting}})
    house, nora, paul = people.house, people.nora, people.paul
    _reference, counter = people.contested(arrival)
    forwarded = house.letter(NORA, counter)
    assert "sue" in forwarded
    assert "paul-card.pdf" not in forwarded, "proof of identity stays with us"
    assert last_day in nora.looks().text
    assert paul.looks().heading == "Your counter-notice reached the filer"

    house.at(before)
    people.everything_is_in_force()
    house.at(after)
    people.nothing_is_in_force()
    assert nora.looks().heading == "The measures on your notice have ended"
    assert paul.looks().heading == "The measures end"
    assert "no proof of suit" in house.letter(NORA, "the measures on your notice end")
    assert "counts as never given" in house.letter(PAUL, f"{counter}: the measures end")


def test_the_sanction_counts_as_never_given_and_the_file_says_so(
    people: People, tmp_path: Path
) -> None:
    reference, _counter = people.contested("2026-09-16 15:00:00")
    people.house.at("2026-10-09 00:00:00")
    assert "Voided" in people.tara.case(reference).text
    _pdf, bundle = people.lea.exports(reference)
    verified_offline(bundle, tmp_path)
    ledger_is_whole()
    file = Path(os.environ.get(KEEP) or tmp_path / "case.zip")
    file.write_bytes(bundle)
    assert all(flip.found for flip in flip_trials(file, SEED, FEW))


def test_who_decided_the_notice_cannot_review_the_answer(people: People) -> None:
    reference = people.upheld()
    people.house.at("2026-09-14 11:00:00")
    counter = people.paul.contests(reference)
    page = people.tara.open(f"/desk/counter-notices/{counter}/")
    assert "You decided the notice" in page.text
    assert not page.forms("Accept and forward")
    people.tara.open("/desk/counter-notices/")
    assert counter not in people.tara.page.text
    assert people.lea.reviews(counter).forms("Accept and forward")
