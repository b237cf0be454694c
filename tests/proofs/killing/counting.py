"""What the platform saw and did, what the house remembers, and whether both are as promised."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from evidence.models import LedgerEntry
from measures.models import Measure
from measures.states import MeasureState
from tests.proofs.killing.points import BEFORE_CALL, POINTS, TIMEOUTS
from tests.sandbox_process import SandboxProcess

RECOVERY_SECONDS = 60.0
PAGE = 1000


def count(
    sandbox: SandboxProcess, points: dict[str, str], extra: dict[str, float]
) -> dict[str, Any]:
    """The counts of the proof, and `ok` when each is what it must be."""
    effects = Counter(row["measure_id"] for row in sandbox.effects() if row["action"] == "apply")
    sent = requests_by_measure(sandbox)
    applied = LedgerEntry.objects.filter(event="measure.applied").values_list("facts", flat=True)
    told = Counter(facts["measure"] for facts in applied)
    in_force = set(map(str, _in_force()))
    unlike = [name for name, requests in sent.items() if len(set(requests)) > 1]
    unrepeated = [
        name for name, point in points.items() if len(sent[name]) < 1 + (point != BEFORE_CALL)
    ]
    counts = {
        "measures": len(points),
        **{f"killed {point}": list(points.values()).count(point) for point in POINTS},
        **{f"timed out {point}": list(points.values()).count(point) for point in TIMEOUTS},
        "requests": sum(map(len, sent.values())),
        "repeated requests": sum(len(requests) - 1 for requests in sent.values()),
        "measures whose requests differ": len(unlike),
        "measures sent and not sent again": len(unrepeated),
        "effects": sum(effects.values()),
        "measures without effect": len(points.keys() - effects.keys()),
        "measures with two effects": sum(number > 1 for number in effects.values()),
        "measures in force": len(in_force & points.keys()),
        "measures told of once in the ledger": sum(told[name] == 1 for name in points),
    }
    once_each = ("effects", "measures in force", "measures told of once in the ledger")
    ok = (
        all(counts[name] == len(points) for name in once_each)
        and not effects.keys() ^ points.keys()
        and not unlike
        and not unrepeated
        and extra["recovery_seconds"] <= RECOVERY_SECONDS
    )
    return {"counts": counts | extra, "ok": ok}


def requests_by_measure(sandbox: SandboxProcess) -> dict[str, list[tuple[str, str]]]:
    """Idempotency key and hash of the body of every order the sandbox received whole.

    A kill also hits what the drain was sending beside the measure it was meant for, at times halfway.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _orders(sandbox):
        measure_id = row["path"].rpartition("/")[2]
        found[measure_id].append((row["idempotency_key"], row["body_sha256"]))
    return found


def _orders(sandbox: SandboxProcess) -> Iterator[dict[str, Any]]:
    """The sandbox logs our asking too, so the last page is the one that is not full."""
    after, page = 0, [{}] * PAGE
    while len(page) == PAGE:
        answer = sandbox.ask("GET", "/sandbox/requests", params={"after": after, "limit": PAGE})
        page = answer.json()["requests"]
        after = page[-1]["id"]
        for row in page:
            whole = row["body_sha256"] is not None
            if whole and row["method"] == "PUT" and row["path"].startswith("/v1/measures/"):
                yield row


def _in_force() -> Any:
    return Measure.objects.filter(state=MeasureState.IN_FORCE).values_list("id", flat=True)
