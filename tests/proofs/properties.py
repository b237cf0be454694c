"""`script/proof properties [TIMES [SEED]]`: ladder arithmetic, rule lifting and the machine of measures, tried many times.

The property tests of the suite, on PostgreSQL, each with TIMES as many random examples as there.
"""

import json
import re
from typing import Final

from tests.proofs.record import Record, write
from tests.proofs.suite import run

TIMES: Final = 10
SEED: Final = 20261123
PROPERTIES: Final = (
    "tests/unit/test_ladder.py",
    "tests/casework/test_standing.py",
    "tests/measures/test_rule_lifting.py",
    "tests/measures/test_walks.py",
)
EXAMPLES: Final = re.compile(r"(\d+) passing, (\d+) failing")


def main(arguments: list[str]) -> int:
    """Try them; recorded at full size only."""
    times = int(arguments[0]) if arguments else TIMES
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    options = (f"--hypothesis-seed={seed}", "--hypothesis-show-statistics")
    done = run(PROPERTIES, {"PROPERTY_TIMES": str(times)}, *options)
    found = [tuple(map(int, pair)) for pair in EXAMPLES.findall(done.said)]
    counts = {
        "phases": len(found),
        "examples that held": sum(held for held, _ in found),
        "examples that failed": sum(failed for _, failed in found),
    }
    ok = done.ok and bool(found)
    print(json.dumps(counts, indent=2))
    if times == TIMES:
        write(Record("properties", seed, times, counts, ok))
    return 0 if ok else 1
