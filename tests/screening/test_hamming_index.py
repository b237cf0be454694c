"""The index finds every code within its distance and no other, however few or many it holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.prints.hamming import REACH, Index

CODES = np.random.RandomState(1).bytes(32 * 20_000)
MANY = np.frombuffer(CODES, np.uint8).reshape(-1, 32)


def turned(code: np.ndarray, bits: int, seed: int) -> np.ndarray:
    places = np.random.RandomState(seed).permutation(256)[:bits]
    loose = np.unpackbits(code)
    loose[places] ^= 1
    return np.packbits(loose)


@pytest.fixture(scope="module")
def many() -> Index:
    return Index(MANY)


@given(row=st.integers(0, len(MANY) - 1), bits=st.integers(0, 40), seed=st.integers(0, 2**31))
def test_a_code_is_found_exactly_when_it_is_near_enough(
    many: Index, row: int, bits: int, seed: int
) -> None:
    query = turned(MANY[row], bits, seed)[None]
    for within in (0, 10, 21, 31, REACH):
        found = many.search(query, within)
        assert (row in found.rows) is (bits <= within)
        assert all(found.distances <= within)


def test_several_queries_are_answered_apart(many: Index) -> None:
    queries = np.stack([turned(MANY[7], 31, 1), turned(MANY[9], 32, 2), MANY[11]])
    found = many.search(queries, 31)
    assert list(zip(found.queries, found.rows, found.distances, strict=True)) == [
        (0, 7, 31),
        (2, 11, 0),
    ]


def test_equal_codes_are_all_found() -> None:
    twice = Index(np.concatenate([MANY, MANY[:5]]))
    assert twice.search(MANY[3][None], 0).rows.tolist() == [3, len(MANY) + 3]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_an_index_of_next_to_nothing_answers_too(count: int) -> None:
    small = Index(MANY[:count])
    assert small.search(MANY[:1], 31).rows.tolist() == [0][:count]
    assert small.search(MANY[:0], 31).rows.tolist() == []


def test_what_it_cannot_answer_exactly_is_refused(many: Index) -> None:
    with pytest.raises(ValueError, match="exactly"):
        many.search(MANY[:1], REACH + 1)
