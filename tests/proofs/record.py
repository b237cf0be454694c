"""What a proof leaves behind: docs/proofs/NAME.json."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs" / "proofs"
NEEDS_ARGUMENTS = 64  # the exit status of a proof that was called without what it needs


@dataclass(frozen=True)
class Record:
    """The outcome: with which seed, at which size, what was counted, and whether it held."""

    name: str
    seed: int
    size: int
    counts: Mapping[str, int | float]
    ok: bool


def write(record: Record, folder: Path = FOLDER) -> Path:
    """Write the outcome with the commit it was seen at and the moment (UTC)."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{record.name}.json"
    content = {**asdict(record), "commit": commit(), "at": at}
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def commit() -> str:
    """The commit checked out, marked when files differ from it."""
    number = _git("rev-parse", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ":!docs/proofs")
    return f"{number} with changes" if changed else number


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
