"""`script/proof vectors [LONGEST]`: the command line against the oracles, every start day and every length.

`manage.py clock --batch` is asked, with an empty environment, for every start day from 2015 to 2026 and every length from
1 to 60 (months too) by all five calendars: 1.3 million lines. What ends by 2026-12-31, and later as far as the oracles
reach, has to be the oracle's date and certain; what ends beyond has to be provisional. `tests/oracles.py` says who the oracles are and the one place
where they and our list differ, on purpose.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread
from typing import IO

from tests.oracles import FIRST, LAST, LENGTHS, WAYS, Oracle, days
from tests.proofs.record import Record, write

ROOT = Path(__file__).parent.parent.parent
Asked = tuple[str, date, int, date | None]


def main(arguments: list[str]) -> int:
    """Ask and compare; recorded at full size only."""
    longest = int(arguments[0]) if arguments else LENGTHS[-1]
    begun = time.monotonic()
    counts = compare(range(1, longest + 1))
    ok = not counts["disagreements"]
    outcome = {**counts, "seconds": round(time.monotonic() - begun, 1)}
    print(json.dumps(outcome, indent=2))
    if longest == LENGTHS[-1]:
        write(Record("vectors", 0, counts["periods"], outcome, ok))
    return 0 if ok else 1


def questions(lengths: range) -> Iterator[Asked]:
    """Calendar, start, length and the oracle's date: None beyond its list, where our data end too."""
    for way, (make, rule) in WAYS.items():
        oracle: Oracle = make()
        for start in days(FIRST, LAST):
            for length in lengths:
                yield way, start, length, rule(oracle, start, length)


def compare(lengths: range) -> Counter[str]:
    """Every answer of the command beside the oracle's, counted."""
    counts = Counter(periods=0, agreements=0, provisional=0, disagreements=0)
    command = [sys.executable, "manage.py", "clock", "--batch"]
    with subprocess.Popen(
        command, cwd=ROOT, env={}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as clock:
        assert clock.stdin is not None
        assert clock.stdout is not None
        Thread(target=ask, args=(clock.stdin, lengths), daemon=True).start()
        for asked, line in zip(questions(lengths), clock.stdout, strict=True):
            counts["periods"] += 1
            counts[judged(asked, json.loads(line))] += 1
    counts["disagreements"] += clock.returncode != 0
    return counts


def ask(pipe: IO[bytes], lengths: range) -> None:
    """Write every question, then hang up."""
    with pipe:
        for way, start, length, _expected in questions(lengths):
            asked = {"calendar": way, "start": start.isoformat(), "length": length}
            pipe.write(json.dumps(asked).encode() + b"\n")


def judged(asked: Asked, told: dict[str, object]) -> str:
    """Under what an answer is counted."""
    _way, _start, _length, expected = asked
    if expected is None:
        good = str(told.get("due")) > LAST.isoformat() and told["provisional"] is True
        found = "provisional"
    else:
        good = told.get("due") == expected.isoformat() and told["provisional"] is False
        found = "agreements"
    if not good:
        print(f"{asked}: {told}", flush=True)
    return found if good else "disagreements"
