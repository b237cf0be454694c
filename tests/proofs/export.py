"""The proof that a case file shows any change: random flips of single bytes, the right file named."""

import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from evidence.verify.verify_case_file import BrokenFile, verify
from tests.proofs.record import ROOT, Record, write

END_OF_ZIP = 22


SIZE, SEED = 100, 20261123
STORY = "tests/journeys/test_story_3_contested_no_suit.py::test_the_sanction_counts_as_never_given_and_the_file_says_so"
KEEP = "CASE_FILE_TO"  # where the story leaves its case file


def main(arguments: list[str]) -> int:
    """`script/proof export [SIZE [SEED]]`: a story-3 case file verifies; after any flip it does not."""
    size = int(arguments[0]) if arguments else SIZE
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    with tempfile.TemporaryDirectory(prefix="redress-export-") as folder:
        path = Path(folder) / "case.zip"
        command = [sys.executable, "-m", "pytest", "-q", STORY]
        subprocess.run(command, cwd=ROOT, env=os.environ | {KEEP: str(path)}, check=True)
        with path.open("rb") as whole:
            verify(whole)
        flips = flip_trials(path, seed, size)
        members = len(owners_of(path))
    found = sum(flip.found for flip in flips)
    counts = {"flips": len(flips), "found with the right file": found, "members": members}
    write(Record("export", seed, size, counts, found == size))
    print(json.dumps(counts, indent=2))
    return 0 if found == size else 1


@dataclass(frozen=True)
class Flip:
    """One byte flipped: where, whose it was, and which file the verifier named ('' for none)."""

    offset: int
    owner: str
    named: str

    @property
    def found(self) -> bool:
        """Whether the file was found invalid and the right member named."""
        return self.owner == self.named


def flip_trials(path: Path, seed: int, count: int) -> list[Flip]:
    """Flip one random byte of the case file `count` times, each in a fresh state, and verify.

    Half of the flips are drawn over all bytes, half over members first, so that small ones have
    their turn. Header and line in the index belong to their member. The file itself stays as it is.
    """
    dice, owners = random.Random(seed), owners_of(path)
    size = path.stat().st_size
    flips = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, folder))
        for number in range(count):
            spans = [span for spans in owners.values() for span in spans]
            span = dice.choice(spans) if number % 2 else (0, size)
            offset = dice.randrange(*span)
            owner = next(name for name, some in owners.items() if within(offset, some))
            flips.append(Flip(offset, owner, flipped(copy, offset, dice.randrange(1, 256))))
    return flips


def flipped(path: Path, offset: int, mask: int) -> str:
    """Which member the verifier names while one byte is flipped; the byte is put back."""
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ mask]))
        file.flush()
        try:
            file.seek(0)
            verify(file)
            named = ""
        except BrokenFile as broken:
            named = broken.where
        file.seek(offset)
        file.write(bytes([byte]))
    return named


def owners_of(path: Path) -> dict[str, list[tuple[int, int]]]:
    """Which bytes belong to which member, by Python's own ZIP reader and not by our code."""
    spans: dict[str, list[tuple[int, int]]] = {}
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        line = archive.start_dir
        for info in archive.infolist():
            file.seek(info.header_offset + 26)
            name, extra = struct.unpack("<HH", file.read(4))
            end = info.header_offset + 30 + name + extra + info.compress_size
            length = 46 + len(info.filename.encode()) + len(info.extra) + len(info.comment)
            spans[info.filename] = [(info.header_offset, end), (line, line + length)]
            line += length
    size = path.stat().st_size
    assert line == size - END_OF_ZIP
    return {**spans, "end of the ZIP": [(line, size)]}


def within(offset: int, spans: list[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of the spans."""
    return any(start <= offset < end for start, end in spans)
