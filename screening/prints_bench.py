"""How fast the index of codes answers, beside comparing with every code and beside the field's own index.

Only the ratios of one run mean anything. No database is read.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.prints.hamming import Index

NEAR: Final = 31
PEER: Final = ("threatexchange==1.2.17", "faiss-cpu==1.15.1")
_PEER: Final = """
import json, resource, sys, time
import numpy as np
from threatexchange.signal_type.pdq.pdq_index import PDQIndex
codes, queries = np.load(sys.argv[1]), np.load(sys.argv[2])
begun = time.perf_counter()
index = PDQIndex.build((bytes(code).hex(), place) for place, code in enumerate(codes))
built, times, found = time.perf_counter() - begun, [], 0
for place, query in enumerate(queries):
    text = bytes(query).hex()
    begun = time.perf_counter()
    hits = index.query(text)
    times.append((time.perf_counter() - begun) * 1e3)
    found += any(hit.metadata == place for hit in hits)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"build_seconds": built, "times": times, "found": found, "memory_mb": memory / 1024}))
"""


@dataclass(frozen=True)
class Size:
    """`queries` codes are planted, each at a distance of 0 to 31 bits. Codes are uniform random."""

    codes: int = 1_000_000
    queries: int = 1_000
    limit_queries: int = 20
    peer: bool = True
    seed: int = 20261123


def output_check(size: Size | None = None) -> dict[str, object]:
    """Milliseconds for one look-up, how many of the planted codes were found, and the ratios."""
    size = size or Size()
    codes, queries = _planted(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    index = Index(codes)
    built = time.perf_counter() - begun
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    times, found = _asked(lambda query: index.search(query[None], NEAR).rows, queries)
    words = codes.view(np.uint64)
    flat, _ = _asked(lambda query: _flat(words, query), queries[: size.limit_queries])
    told: dict[str, object] = {
        "bench": "output_check",
        "codes": size.codes,
        "queries": size.queries,
        "seed": size.seed,
        "recall": found / size.queries,
        "build_seconds": round(built, 2),
        "memory_mb": round(memory, 1),
        "milliseconds": {"ours": _figures(times), "every code": _figures(flat)},
    }
    ratios = {"times_faster_than_every_code": round(_median(flat) / _median(times), 1)}
    if size.peer and (peer := _peer(codes, queries)):
        told["peer"] = peer
        figures: dict[str, float] = peer["milliseconds"]  # type: ignore[assignment]
        ours = _figures(times)
        ratios["times_faster_than_peer_p50"] = round(figures["p50"] / ours["p50"], 2)
        ratios["times_faster_than_peer_p99"] = round(figures["p99"] / ours["p99"], 2)
    else:
        told["peer"] = "threatexchange was not asked for, or could not be installed"
    return {**told, "ratios": ratios}


def _planted(size: Size) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    dice = np.random.RandomState(size.seed)
    codes = np.frombuffer(dice.bytes(32 * size.codes), np.uint8).reshape(-1, 32)
    loose = np.unpackbits(codes[: size.queries], axis=1)
    for place, row in enumerate(loose):
        row[dice.permutation(256)[: place % (NEAR + 1)]] ^= 1
    return codes, np.packbits(loose, axis=1)


def _asked(
    ask: Callable[[NDArray[np.uint8]], NDArray[np.int64]], queries: NDArray[np.uint8]
) -> tuple[list[float], int]:
    times, found = [], 0
    for place, query in enumerate(queries):
        begun = time.perf_counter()
        rows = ask(query)
        times.append((time.perf_counter() - begun) * 1e3)
        found += place in rows
    return times, found


def _flat(words: NDArray[np.uint64], query: NDArray[np.uint8]) -> NDArray[np.int64]:
    apart = np.bitwise_count(words ^ query.view(np.uint64)).sum(axis=1)
    return np.flatnonzero(apart <= NEAR)


def _peer(codes: NDArray[np.uint8], queries: NDArray[np.uint8]) -> dict[str, object] | None:
    """The peer in an environment of its own that is thrown away; None when it cannot be installed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "venv", with_pip=True)
        python = str(folder / "venv" / "bin" / "python")
        install = [python, "-m", "pip", "install", "--quiet", *PEER]
        if subprocess.call(install, stdout=sys.stderr):  # noqa: S603 - fixed words
            return None
        np.save(folder / "codes.npy", codes)
        np.save(folder / "queries.npy", queries)
        files = [str(folder / "codes.npy"), str(folder / "queries.npy")]
        done = subprocess.run([python, "-c", _PEER, *files], stdout=subprocess.PIPE, check=True)  # noqa: S603
    told = json.loads(done.stdout)
    return {
        "name": " ".join(PEER),
        "recall": told["found"] / len(queries),
        "build_seconds": round(told["build_seconds"], 2),
        "memory_mb": round(told["memory_mb"], 1),
        "milliseconds": _figures(told["times"]),
    }


_median = statistics.median


def _figures(times: list[float]) -> dict[str, float]:
    return {
        "p50": round(_median(times), 3),
        "p99": round(statistics.quantiles(times, n=100)[98], 3),
    }
