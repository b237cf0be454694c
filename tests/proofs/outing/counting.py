"""What the platform saw and did in and after the outage, and whether it is as promised."""

import os
import subprocess
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from evidence.models import LedgerEntry
from measures.models import Measure
from measures.states import MeasureState
from tests.proofs.killing.counting import requests_by_measure
from tests.proofs.outing.scene import Planted
from tests.sandbox_process import SandboxProcess

MOST_ATTEMPTS, DRAIN_SECONDS, ALARM_MINUTES = 30, 60.0, 5.0


def count(
    sandbox: SandboxProcess, planted: Planted, alarm: timedelta | None, extra: dict[str, Any]
) -> dict[str, Any]:
    """The counts of the proof, and `ok` when each is what it must be."""
    measures = {str(id) for _at, id in planted.arrivals}
    done = [row["measure_id"] for row in sandbox.effects() if row["action"] == "apply"]
    effects, sent = Counter(done), requests_by_measure(sandbox)
    in_force = Measure.objects.filter(state=MeasureState.IN_FORCE).count()
    minutes = round(alarm.total_seconds() / 60, 1) if alarm is not None else -1.0
    counts = {
        "measures": len(measures),
        "cases": len(planted.cases),
        "lost": len(measures - effects.keys()),
        "doubled": sum(number > 1 for number in effects.values()),
        "order violations": _violations(planted.cases, done),
        "in force": in_force,
        "measures whose entries in the ledger are wrong": _wrong_entries(planted.cases),
        "measures whose requests differ": sum(len(set(some)) > 1 for some in sent.values()),
        "requests": sum(map(len, sent.values())),
        "most attempts of one measure": max(map(len, sent.values())),
        "alarm_minutes": minutes,
    } | extra
    none = ("lost", "doubled", "order violations", "measures whose requests differ")
    ok = (
        not any(counts[name] for name in none)
        and not counts["measures whose entries in the ledger are wrong"]
        and effects.keys() == measures
        and in_force == len(measures)
        and counts["most attempts of one measure"] <= MOST_ATTEMPTS
        and 0 <= minutes <= ALARM_MINUTES
        and counts["drain_seconds"] <= DRAIN_SECONDS
    )
    return {"counts": counts, "ok": ok}


def _violations(cases: dict[Any, list[str]], done: list[str]) -> int:
    """How often in a case something took effect before what was ordered earlier."""
    places = {measure: place for place, measure in reversed(list(enumerate(done)))}
    lines = [[places.get(measure, -1) for measure in some] for some in cases.values()]
    return sum(earlier > later for line in lines for earlier, later in pairwise(line))


def _wrong_entries(cases: dict[Any, list[str]]) -> int:
    """How many measures are not told of as applied exactly once in each of their cases."""
    applied = LedgerEntry.objects.filter(event="measure.applied")
    told = Counter(
        (case, facts["measure"]) for case, facts in applied.values_list("chain_id", "facts")
    )
    wanted = Counter((case, measure) for case, some in cases.items() for measure in some)
    return len({measure for _case, measure in (told - wanted) + (wanted - told)})


def seconds_of(process: "subprocess.Popen[bytes] | None") -> float:
    """The processor time that a process and those it started have used."""
    if process is None:
        return 0.0
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[2]) == process.pid:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
