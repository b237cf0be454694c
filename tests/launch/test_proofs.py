"""The proofs' common part: names, outcomes, and what stands in the record."""

import json
import subprocess
import sys
from pathlib import Path

from launch.setup import ROOT
from tests.proofs.record import Record, commit, write


def test_a_record_says_what_was_run_and_at_which_commit(tmp_path: Path) -> None:
    file = write(Record("flips", seed=7, size=100, counts={"found": 100}, ok=True), tmp_path)
    content = json.loads(file.read_text())
    assert file.name == "flips.json"
    assert (content["seed"], content["size"], content["counts"]) == (7, 100, {"found": 100})
    assert content["ok"] is True
    assert content["commit"] == commit()
    assert content["at"].endswith("+00:00")


def test_an_unknown_proof_is_a_sentence_with_the_known_ones() -> None:
    command = [sys.executable, "-m", "tests.proofs", "nonsense"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("There is no proof nonsense; there are: ")
    assert "Traceback" not in done.stderr
