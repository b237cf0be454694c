"""How a service labelled an output: its word, its file, and how long it owes a log."""

from datetime import date

import pytest

from evidence.traces.reading import read
from notices.services.output_labels import label_state
from tests.evidence.traces import files

LABELLED = read(files.png({"AIGC": files.bare()}))
PLAIN = read(files.saved("PNG"))
MADE = "2026-08-31T02:00:00+00:00"


@pytest.mark.parametrize(
    ("told", "until"),
    [
        ("explicit_and_implicit", None),
        ("explicit", None),
        ("implicit", date(2027, 2, 28)),
        ("none", date(2027, 2, 28)),
        (None, None),
    ],
)
def test_without_a_visible_label_the_log_is_owed_for_six_months(
    told: str | None, until: date | None
) -> None:
    assert label_state({"label": told, "created_at": MADE}, None).log_until == until


@pytest.mark.parametrize(
    ("told", "report", "contradicts"),
    [
        ("explicit_and_implicit", LABELLED, False),
        ("implicit", PLAIN, True),
        ("none", LABELLED, True),
        ("explicit", PLAIN, False),
        (None, PLAIN, False),
        ("implicit", None, False),
    ],
)
def test_a_word_that_the_file_belies_is_a_contradiction(
    told: str | None, report: object, contradicts: bool
) -> None:
    assert label_state({"label": told}, report).contradicts is contradicts  # type: ignore[arg-type]


def test_a_file_with_another_number_contradicts_the_record() -> None:
    record = {"label": "implicit", "produce_id": "another"}
    assert label_state(record, LABELLED).number_fits is False
    assert label_state(record, LABELLED).contradicts
    assert label_state({**record, "produce_id": "20261120-7Mx1"}, LABELLED).number_fits
