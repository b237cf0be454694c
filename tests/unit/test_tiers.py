"""Who comes into the faster tier."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.tiers import FASTER, LEAST_DECIDED, MOST_WRONG, ORDINARY, Accuracy, tier


@pytest.mark.parametrize(
    ("decided", "wrong", "sanctioned", "expected"),
    [
        (LEAST_DECIDED, 0, False, FASTER),
        (LEAST_DECIDED - 1, 0, False, ORDINARY),
        (LEAST_DECIDED, 1, False, ORDINARY),
        (10, 1, False, FASTER),
        (100, 11, False, ORDINARY),
        (100, 0, True, ORDINARY),
        (0, 0, False, ORDINARY),
    ],
)
def test_enough_decided_few_wrong_no_sanction(
    decided: int, wrong: int, sanctioned: bool, expected: str
) -> None:
    assert tier(Accuracy(decided, wrong, sanctioned)) == expected


@given(decided=st.integers(0, 500), wrong=st.integers(0, 500), sanctioned=st.booleans())
def test_one_more_wrong_notice_never_makes_anybody_faster(
    decided: int, wrong: int, sanctioned: bool
) -> None:
    wrong = min(wrong, decided)
    before = tier(Accuracy(decided, wrong, sanctioned))
    after = tier(Accuracy(decided, min(wrong + 1, decided), sanctioned))
    assert (before, after) != (ORDINARY, FASTER)
    assert Accuracy(decided, wrong, False).per_cent_wrong <= 100
    assert (tier(Accuracy(decided, wrong, False)) == FASTER) == (
        decided >= LEAST_DECIDED and 100 * wrong <= MOST_WRONG * decided
    )
