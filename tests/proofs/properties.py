"""`script/proof properties [TIMES [SEED]]`: ladder arithmetic, rule lifting and the machine of measures, tried many times.

The property tests of the suite, on PostgreSQL, each with TIMES as many random examples as there.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.proofs.record import Record, write

ROOT: Final = Path(__file__).parent.parent.parent
TIMES: Final = 40
SEED: Final = 20261123
PROPERTIES: Final = (
    "tests/unit/test_ladder.py",
    "tests/casework/test_standing.py",
    "tests/measures/test_rule_lifting.py",
    "tests/measures/test_walks.py",
)
EXAMPLES: Final = re.compile(r"- (\d+) passing examples, (\d+) failing examples")


def main(arguments: list[str]) -> int:
    """Try them; recorded at full size only."""
    times = int(arguments[0]) if arguments else TIMES
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    counts, ok = tried(times, seed)
    print(json.dumps(counts, indent=2))
    if times >= TIMES:
        write(Record("properties", seed, times, counts, ok))
    return 0 if ok else 1


def tried(times: int, seed: int) -> tuple[dict[str, int], bool]:
    """How many examples of how many properties passed and failed; and whether all did."""
    command = [sys.executable, "-m", "pytest", *PROPERTIES]
    done = subprocess.run(
        [*command, f"--hypothesis-seed={seed}", "--hypothesis-show-statistics"],
        cwd=ROOT,
        env=os.environ | {"PROPERTY_TIMES": str(times)},
        capture_output=True,
        text=True,
        check=False,
    )
    found = [(int(passed), int(failed)) for passed, failed in EXAMPLES.findall(done.stdout)]
    counts = {
        "properties": len(found),
        "examples that held": sum(passed for passed, _ in found),
        "examples that failed": sum(failed for _, failed in found),
    }
    return counts, done.returncode == 0 and bool(found)
