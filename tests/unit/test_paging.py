"""Which page an address asks for, whatever it says."""

import pytest

from common.paging import MOST_PAGES, page_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("007", 7),
        ("10000", MOST_PAGES),
        ("10001", MOST_PAGES),
        ("9" * 5_000, MOST_PAGES),
        ("0", 1),
        ("-3", 1),
        ("", 1),
        ("last", 1),
        ("\u0663", 1),
        (None, 1),
    ],
)
def test_anything_odd_is_the_first_page_and_anything_huge_the_last(
    text: str | None, number: int
) -> None:
    assert page_number(text) == number
