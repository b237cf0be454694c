"""How often each clock fired, by the ledger and by the rows, and whether none fired before its end."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from deadlines.models import Deadline
from deadlines.states import State
from evidence.audit import broken_chains
from evidence.models import LedgerEntry
from tests.proofs.sweeping.kinds import CONSEQUENCE, MARK
from tests.proofs.sweeping.scene import Planted

SWEPT = ("deadline.breached", "deadline.fired")
MUST_BE_NONE = ("missed", "twice", "early", "effects missed", "effects twice", "failed attempts")


def count(planted: Planted) -> dict[str, int]:
    """What became of the clocks of one round."""
    due = {str(id) for id in planted.due}
    mine = due | {str(id) for id in planted.later}
    swept = [entry for entry in _entries(*SWEPT) if entry["facts"]["deadline"] in mine]
    times = Counter(entry["facts"]["deadline"] for entry in swept)
    marks = Counter(entry["facts"]["deadline"] for entry in _entries(MARK))
    rows = Deadline.objects.filter(pk__in=planted.due)
    with_effect = {str(id) for id in rows.filter(kind=CONSEQUENCE).values_list("pk", flat=True)}
    return {
        "due": len(due),
        "fired once": sum(times[id] == 1 for id in due),
        "missed": sum(times[id] == 0 for id in due),
        "twice": sum(times[id] > 1 for id in mine),
        "early": _early(swept, planted),
        "effects": sum(marks[id] == 1 for id in with_effect),
        "effects missed": sum(marks[id] == 0 for id in with_effect),
        "effects twice": sum(marks[id] > 1 for id in mine),
        "failed attempts": rows.filter(attempts__gt=0).count(),
        "left alone": len(planted.later),
    }


def holds(counts: dict[str, Any]) -> bool:
    """Whether each is what it must be."""
    return counts["fired once"] == counts["due"] > 0 and not any(counts[n] for n in MUST_BE_NONE)


def left(planted: Planted) -> bool:
    """Whether a clock of the round still runs."""
    return Deadline.objects.filter(pk__in=planted.due, state=State.RUNNING).exists()


def whole() -> bool:
    """Whether every chain of the ledger verifies."""
    return next(broken_chains(), None) is None


def _entries(*events: str) -> Iterator[dict[str, Any]]:
    rows = LedgerEntry.objects.filter(event__in=events).values("facts", "at")
    yield from rows.iterator()


def _early(swept: list[dict[str, Any]], planted: Planted) -> int:
    """Entries written before the end they tell of, and rows that have not ended yet and do not run."""
    before = sum(entry["at"] < datetime.fromisoformat(entry["facts"]["due_at"]) for entry in swept)
    return (
        before + Deadline.objects.filter(pk__in=planted.later).exclude(state=State.RUNNING).count()
    )
