"""The index that a service would reach for instead: threatexchange's PDQIndex, over FAISS.

It lives in a Python of its own, made on demand: none of its packages come near the house's.
"""

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from screening.peer import Unavailable

PACKAGES: Final = ("threatexchange==1.2.17", "faiss-cpu==1.15.1", "numpy", "pillow")
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
class IndexPeer:
    """`folder` holds the virtual environment with threatexchange, once there is one."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def is_there(self) -> bool:
        """Whether it was installed."""
        return self.python.exists()

    def install(self) -> None:
        """Make the environment; quick when it is there. Needs a package index. Raises Unavailable."""
        if not self.is_there:
            venv.create(self.folder, with_pip=True)
        command = [str(self.python), "-m", "pip", "install", "--quiet", *PACKAGES]
        if subprocess.run(command, check=False, timeout=_PATIENCE, stdout=sys.stderr).returncode:  # noqa: S603 - fixed words
            raise Unavailable(f"pip could not install {' '.join(PACKAGES)}.")

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
