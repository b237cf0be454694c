"""What arrived, and whether it is as promised."""

import json
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from evidence.models import LedgerEntry
from notifications.models import WebhookDelivery
from tests.notifications.webhook_receiver import Received

RECOVERY_SECONDS = 60.0


@dataclass
class Book:
    """Every arrival in its order, whether it was taken, and how many were not verified by their path's secret."""

    secrets: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[Received, bool]] = field(default_factory=list)
    not_verified: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self, request: Received, *, taken: bool) -> None:
        """Verify it by the reference library and write it down."""
        with self._lock:
            self.rows.append((request, taken))
            self.not_verified += not _verified(request, self.secrets[request.path])


def count(book: Book, size: int, extra: dict[str, Any]) -> dict[str, Any]:
    """The counts of the proof, and `ok` when each is what it must be."""
    owed = {
        (path, f"evt_{id.hex}")
        for id in LedgerEntry.objects.filter(chain_kind="case").values_list("id", flat=True)
        for path in book.secrets
    }
    bodies: dict[tuple[str, str], set[bytes]] = defaultdict(set)
    taken: dict[tuple[str, str], int] = defaultdict(int)
    for request, was_taken in book.rows:
        key = (request.path, request.headers["webhook-id"])
        bodies[key].add(request.body)
        taken[key] += was_taken
    counts = {
        "events": len(owed) // len(book.secrets),
        "deliveries owed": len(owed),
        "arrivals": len(book.rows),
        "refused with 503": sum(not was_taken for _request, was_taken in book.rows),
        "taken more than once": sum(number > 1 for number in taken.values()),
        "lost": sum(taken[key] == 0 for key in owed),
        "never written but arrived": len(taken.keys() - owed),
        "ids with two bodies": sum(len(those) > 1 for those in bodies.values()),
        "not verified": book.not_verified,
        "out of order in their case": _out_of_order(book),
        "not delivered in our log": WebhookDelivery.objects.exclude(state="delivered").count(),
    } | extra
    wrong = ("lost", "never written but arrived", "ids with two bodies", "not verified")
    wrong += ("out of order in their case", "not delivered in our log")
    ok = counts["events"] == size and not any(counts[name] for name in wrong)
    return {"counts": counts, "ok": ok and counts["recovery_seconds"] <= RECOVERY_SECONDS}


def _verified(request: Received, secret: str) -> bool:
    try:
        Webhook(secret).verify(request.body, request.headers)
    except WebhookVerificationError:
        return False
    return True


def _out_of_order(book: Book) -> int:
    """Arrivals whose case had an earlier event that this endpoint had not taken yet."""
    reached: dict[tuple[str, str], int] = defaultdict(int)
    wrong = 0
    for request, was_taken in book.rows:
        data = json.loads(request.body)["data"]
        key, number = (request.path, data["case"]), data["sequence"]
        wrong += number > reached[key] + 1
        if was_taken:
            reached[key] = max(reached[key], number)
    return wrong
