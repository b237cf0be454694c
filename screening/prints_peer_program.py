"""Run by another Python, in which threatexchange is installed: asks its PDQIndex. A folder in, JSON out."""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

PDQ = "threatexchange.signal_type.pdq"


def main(folder: Path) -> None:
    """Build the index of what lies in the folder, look everything up, tell what was found."""
    begun = time.perf_counter()
    index = import_module(f"{PDQ}.pdq_index").PDQIndex.build(_entries(folder))
    built, times, rows = time.perf_counter() - begun, [], []
    for ask in _queries(folder):
        begun = time.perf_counter()
        hits = index.query(ask())
        times.append((time.perf_counter() - begun) * 1e3)
        rows.append([hit.metadata for hit in hits])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {
        "name": f"threatexchange {version('threatexchange')}, faiss {version('faiss-cpu')}",
        "build_seconds": round(built, 2),
        "memory_mb": round(memory, 1),
        "milliseconds": times,
        "rows": rows,
    }
    sys.stdout.write(f"\n{json.dumps(told)}\n")


def _entries(folder: Path) -> Iterator[tuple[str, int]]:
    """The works' own hashes first, then the codes that were given."""
    files = sorted((folder / "works").glob("*")) if (folder / "works").exists() else []
    for place, file in enumerate(files):
        yield _hash(file), place
    for place, code in enumerate(np.load(folder / "codes.npy"), start=len(files)):
        yield bytes(code).hex(), place


def _queries(folder: Path) -> Iterator[Callable[[], str]]:
    if (folder / "queries").exists():
        for file in sorted((folder / "queries").glob("*")):
            yield lambda file=file: _hash(file)  # type: ignore[misc]
        return
    for code in np.load(folder / "queries.npy"):
        text = bytes(code).hex()
        yield lambda text=text: text  # type: ignore[misc]


def _hash(file: Path) -> str:
    hasher: Any = import_module(f"{PDQ}.pdq_hasher")
    text: str = hasher.pdq_from_bytes(file.read_bytes())[0]
    return text


if __name__ == "__main__":
    main(Path(sys.argv[1]))
