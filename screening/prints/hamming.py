"""All codes within a Hamming distance of a code, exactly, among millions: multi-index hashing in NumPy.

The 256 bits are cut into eleven pieces. Codes that differ in at most 32 bits differ in at most two in
one of the pieces (pigeonhole), so it is enough to look up each piece with up to two bits turned over.
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

REACH: Final = 32  # bits: found with two turns of a bit in a piece; 21 with one, 10 with none
PIECES: Final = 11
_FEW: Final = 4096  # so many codes are compared one by one
_STARTS: Final = [
    0,
    24,
    48,
    72,
    95,
    118,
    141,
    164,
    187,
    210,
    233,
]  # the first three have 24 bits, the others 23
_WIDTH: Final = 23

Codes = NDArray[np.uint8]  # one row of 32 bytes for each
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """`queries[i]` is the row of the question, `rows[i]` the row of the code, `distances[i]` their distance."""

    queries: Rows
    rows: Rows
    distances: Rows


class Index:
    """Immutable. Rows are told by their place in `codes`."""

    def __init__(self, codes: Codes) -> None:
        self.codes = _packed(codes)
        self._bits = max(1, min(_WIDTH, len(codes).bit_length() + 1))
        self._tables: list[tuple[NDArray[np.uint32], NDArray[np.uint32]]] = []
        if len(codes) > _FEW:
            self._tables = [_table(key, self._bits) for key in _keys(self.codes, self._bits)]

    def __len__(self) -> int:
        return len(self.codes)

    def search(self, queries: Codes, within: int) -> Found:
        """Every pair of a query and a code at most `within` bits apart. Raises ValueError beyond REACH."""
        if not 0 <= within <= REACH:
            raise ValueError(f"The index answers exactly up to {REACH} bits, not {within}.")
        asked = _packed(queries)
        if not len(self) or not len(asked):
            return _found(asked, self.codes, np.zeros(0, np.int64), np.zeros(0, np.int64), within)
        if not self._tables:
            return _every(asked, self.codes, within)
        return _found(asked, self.codes, *self._candidates(asked, within), within)

    def _candidates(self, asked: NDArray[np.uint64], within: int) -> tuple[Rows, Rows]:
        masks = _turns(self._bits, within // PIECES)
        queries, rows = [], []
        for key, (order, starts) in zip(_keys(asked, self._bits), self._tables, strict=True):
            probes = (key[:, None] ^ masks[None, :]).ravel()
            first = starts[probes].astype(np.int64)
            last = starts[probes + 1].astype(np.int64)
            hit = np.flatnonzero(last > first)
            first, counts = first[hit], (last - first)[hit]
            places = np.repeat(first - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
            rows.append(order[places + np.arange(len(places))].astype(np.int64))
            queries.append(np.repeat(hit // len(masks), counts))
        return np.concatenate(queries), np.concatenate(rows)


def _packed(codes: Codes) -> NDArray[np.uint64]:
    return np.ascontiguousarray(codes, np.uint8).reshape(-1, 32).view(np.uint64)


def _keys(packed: NDArray[np.uint64], bits: int) -> list[NDArray[np.uint32]]:
    """Of each code, the first `bits` bits of each of the pieces."""
    shift, mask = np.uint64(64), np.uint64((1 << bits) - 1)
    keys = []
    for start in _STARTS:
        word, offset = divmod(start, 64)
        value = packed[:, word] >> np.uint64(offset)
        if offset + bits > 64:
            value = value | (packed[:, word + 1] << (shift - np.uint64(offset)))
        keys.append((value & mask).astype(np.uint32))
    return keys


def _table(key: NDArray[np.uint32], bits: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The rows in the order of their keys, and where each key begins among them."""
    order = np.argsort(key, kind="stable").astype(np.uint32)
    starts = np.zeros((1 << bits) + 1, np.uint32)
    np.cumsum(np.bincount(key, minlength=1 << bits), out=starts[1:])
    return order, starts


@cache
def _turns(bits: int, most: int) -> NDArray[np.uint32]:
    masks = [0]
    for count in range(1, most + 1):
        masks += [sum(1 << bit for bit in chosen) for chosen in combinations(range(bits), count)]
    return np.array(masks, np.uint32)


def _found(
    asked: NDArray[np.uint64], codes: NDArray[np.uint64], queries: Rows, rows: Rows, within: int
) -> Found:
    differ = np.take(asked, queries, axis=0)
    differ ^= np.take(codes, rows, axis=0)
    counts = np.bitwise_count(differ)
    apart = _summed(counts[:, 0], counts[:, 1], counts[:, 2], counts[:, 3])
    near = np.flatnonzero(apart <= within)
    return _sorted(queries[near], rows[near], apart[near])


def _every(asked: NDArray[np.uint64], codes: NDArray[np.uint64], within: int) -> Found:
    """Few codes: each query beside each of them."""
    words = (np.bitwise_count(asked[:, word, None] ^ codes[None, :, word]) for word in range(4))
    apart = _summed(*words)
    queries, rows = np.nonzero(apart <= within)
    return _sorted(queries, rows, apart[queries, rows])


def _summed(*counts: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Bits that differ, word by word: a sum along an axis of four is many times slower."""
    one, two, three, four = counts
    return (one + two).astype(np.uint16) + (three + four)  # 128 at most on either side


def _sorted(queries: NDArray[Any], rows: NDArray[Any], apart: NDArray[np.uint16]) -> Found:
    """Each pair once, by query and row: a pair may have been met in several pieces."""
    most = int(rows.max(initial=0)) + 1
    _, first = np.unique(queries.astype(np.int64) * most + rows, return_index=True)
    wide = (one[first].astype(np.int64) for one in (queries, rows, apart))
    return Found(*wide)
