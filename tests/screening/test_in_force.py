"""Of each text one version is shown at a time, and no older one ever comes back."""

from datetime import datetime, timedelta
from typing import NamedTuple

from screening.in_force import in_force
from tests.screening.asking import NOW

HOUR = timedelta(hours=1)


class Row(NamedTuple):
    number: int
    in_force_from: datetime = NOW - HOUR
    in_force_until: datetime | None = None
    ended_at: datetime | None = None
    series: str = "a"


def numbers(*rows: Row, at: datetime = NOW) -> list[int]:
    return [row.number for row in in_force(rows, at)]


def test_a_version_is_shown_from_its_first_moment_until_just_before_its_last() -> None:
    row = Row(1, NOW, NOW + HOUR)
    assert numbers(row, at=NOW - timedelta(microseconds=1)) == []
    assert numbers(row, at=NOW) == [1]
    assert numbers(row, at=NOW + HOUR - timedelta(microseconds=1)) == [1]
    assert numbers(row, at=NOW + HOUR) == []


def test_a_newer_version_takes_over_when_it_begins_and_not_before() -> None:
    rows = (Row(1), Row(2, NOW + HOUR))
    assert numbers(*rows) == [1]
    assert numbers(*rows, at=NOW + HOUR) == [2]


def test_an_older_version_never_comes_back() -> None:
    assert numbers(Row(1), Row(2, NOW - HOUR, NOW)) == []
    assert numbers(Row(1), Row(2, ended_at=NOW)) == []
    assert numbers(Row(1), Row(2, NOW - HOUR / 2, ended_at=NOW - HOUR / 4)) == []


def test_a_version_that_ended_before_it_began_never_was() -> None:
    assert numbers(Row(1), Row(2, NOW - HOUR, ended_at=NOW - 2 * HOUR)) == [1]
    assert numbers(Row(1), Row(2, NOW - HOUR, ended_at=NOW - HOUR)) == [1]


def test_texts_do_not_stand_in_each_others_way() -> None:
    assert numbers(Row(1), Row(3, series="b"), Row(2)) == [3, 2]
