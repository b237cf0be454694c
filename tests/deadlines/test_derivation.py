"""Sentences of what happened to a clock stand beside those of its calendar and never in their place."""

import pytest

from deadlines.calendars import wording
from deadlines.calendars.steps import Step
from deadlines.derivation import CATALOGUE, explain


@pytest.mark.parametrize("tag", sorted(CATALOGUE))
def test_no_code_means_one_thing_to_a_clock_and_another_to_its_calendar(tag: str) -> None:
    assert not set(CATALOGUE[tag]) & set(wording.CATALOGUE[tag])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_period_of_months_that_ends_on_the_same_day_of_the_month_explains_itself(
    language: str,
) -> None:
    said = explain([Step("same_day", {"date": "2027-05-24", "norm": ""})], language)
    assert "24" in said[0]
