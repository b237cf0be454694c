"""How fast the index of codes answers, beside comparing with every code and beside the field's own index.

Only the ratios of one run mean anything. No database is read.
"""

import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.percentiles import percentiles
from screening.prints.hamming import Index
from screening.prints_peer import IndexPeer, Told

NEAR: Final = 31
NO_PEER: Final = (
    "threatexchange is not installed (--install-peer): measured beside every code alone"
)
ROUNDS: Final = 3  # the best median of these counts
DIGITS: Final = 3  # of a millisecond
Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Size:
    """`queries` codes are planted, each at a distance of 0 to 31 bits. Codes are uniform random."""

    codes: int = 1_000_000
    queries: int = 1_000
    limit_queries: int = 20
    seed: int = 20261123


def output_check(peer: IndexPeer, size: Size | None = None) -> dict[str, object]:
    """Milliseconds for one look-up, how many of the planted codes were found, memory, and the ratios.

    `memory_mb` is what the index adds to a process that holds nothing else, the codes among it; of the peer
    it is the whole process, Python and FAISS included, less what the same process takes without codes.
    """
    size = size or Size()
    codes, queries = planted(size)
    before = _memory()
    begun = time.perf_counter()
    index = Index(codes.copy())
    built = time.perf_counter() - begun
    memory = _memory() - before
    times, found = _best(lambda query: index.search(query[None], NEAR).rows, queries)
    words = codes.view(np.uint64)
    flat, _ = _asked(lambda query: _flat(words, query), queries[: size.limit_queries])
    ours = percentiles(times, DIGITS) | {"recall": found / size.queries}
    told: dict[str, object] = {
        "bench": "output_check",
        "codes": size.codes,
        "queries": size.queries,
        "seed": size.seed,
        "build_seconds": round(built, 2),
        "memory_mb": round(memory, 1),
        "visible_after_ms": round(_visible(codes), 2),
        "milliseconds": {"ours": ours, "every code": percentiles(flat, DIGITS)},
    }
    ratios = {"times_faster_than_every_code": _times(flat, times)}
    told["peer"] = NO_PEER
    if peer.is_there:
        other = peer.search(codes, queries)
        bare = peer.search(codes[:1], queries[:1])
        theirs = percentiles(other.milliseconds, DIGITS) | {"recall": _recall(other, size.queries)}
        peers_memory = other.memory_mb - bare.memory_mb
        told["peer"] = {
            "name": other.name,
            "build_seconds": other.build_seconds,
            "memory_mb": round(peers_memory, 1),
            "milliseconds": theirs,
        }
        ratios |= {
            "p50_to_peer": round(ours["p50"] / theirs["p50"], 3),
            "p99_to_peer": round(ours["p99"] / theirs["p99"], 3),
            "memory_to_peer": round(memory / peers_memory, 3),
        }
    return {**told, "ratios": ratios}


def planted(size: Size) -> tuple[Codes, Codes]:
    """Random codes, and questions that are the first of them with 0 to 31 bits turned over."""
    dice = np.random.RandomState(size.seed)
    codes = np.frombuffer(dice.bytes(32 * size.codes), np.uint8).reshape(-1, 32)
    loose = np.unpackbits(codes[: size.queries], axis=1)
    for place, row in enumerate(loose):
        row[dice.permutation(256)[: place % (NEAR + 1)]] ^= 1
    return codes, np.packbits(loose, axis=1)


def _visible(codes: Codes) -> float:
    """Milliseconds until a further code answers: an index of the newest is built beside the large one."""
    begun = time.perf_counter()
    beside = Index(codes[:200])
    assert len(beside.search(codes[:1], 0).rows)
    return (time.perf_counter() - begun) * 1e3


def _best(ask: Callable[[Codes], NDArray[np.int64]], queries: Codes) -> tuple[list[float], int]:
    rounds = [_asked(ask, queries) for _ in range(ROUNDS)]
    return min(rounds, key=lambda one: statistics.median(one[0]))


def _asked(ask: Callable[[Codes], NDArray[np.int64]], queries: Codes) -> tuple[list[float], int]:
    times, found = [], 0
    for place, query in enumerate(queries):
        begun = time.perf_counter()
        rows = ask(query)
        times.append((time.perf_counter() - begun) * 1e3)
        found += place in rows
    return times, found


def _flat(words: NDArray[np.uint64], query: Codes) -> NDArray[np.int64]:
    apart = np.bitwise_count(words ^ query.view(np.uint64)).sum(axis=1)
    return np.flatnonzero(apart <= NEAR)


def _recall(told: Told, queries: int) -> float:
    return sum(place in rows for place, rows in enumerate(told.rows)) / queries


def _times(slow: Sequence[float], fast: Sequence[float]) -> float:
    return round(statistics.median(slow) / statistics.median(fast), 1)


def _memory() -> float:
    """MB of this process at its largest."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
