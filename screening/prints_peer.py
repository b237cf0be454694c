"""The index that a service would reach for instead: threatexchange's PDQIndex, over FAISS."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from screening.peer import OwnPython, Unavailable

_PROGRAM: Final = Path(__file__).with_name("prints_peer_program.py")
_PATIENCE: Final = 3_600  # seconds
Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Told:
    """What the peer found: for each query the rows of the codes, and how many milliseconds it took."""

    name: str
    build_seconds: float
    memory_mb: float
    milliseconds: Sequence[float]
    rows: Sequence[Sequence[int]]


@dataclass(frozen=True)
class IndexPeer(OwnPython):
    """threatexchange, once it was installed."""

    packages: ClassVar[Sequence[str]] = (
        "threatexchange==1.2.17",
        "faiss-cpu==1.15.1",
        "numpy",
        "pillow",
    )

    def search(self, codes: Codes, queries: Codes) -> Told:
        """Look each query up among the codes. Raises Unavailable."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            np.save(folder / "codes.npy", codes)
            np.save(folder / "queries.npy", queries)
            return self._run(folder)

    def recognise(self, works: Sequence[bytes], codes: Codes, queries: Sequence[bytes]) -> Told:
        """Hash picture files and look them up among the works (rows 0 and on) and further codes."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            np.save(folder / "codes.npy", codes)
            for kind, files in (("works", works), ("queries", queries)):
                (folder / kind).mkdir()
                for place, content in enumerate(files):
                    (folder / kind / f"{place:06d}").write_bytes(content)
            return self._run(folder)

    def _run(self, folder: Path) -> Told:
        command = [str(self.python), "-I", str(_PROGRAM), str(folder)]
        done = subprocess.run(  # noqa: S603 - our own program
            command, capture_output=True, text=True, check=False, timeout=_PATIENCE
        )
        if done.returncode:
            raise Unavailable((done.stderr.strip().splitlines() or ["It ended by itself."])[-1])
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return Told(**told)
