"""Finding the claimed items on the platform: outside any transaction, item by item."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from common.actors import WORKER
from common.transactions import lock_case
from evidence.ledger import append, case_chain
from notices.models import Case, ClaimedItem
from notices.states import ItemOutcome
from platforms.models import Artefact, Platform

PROMPT = "prompt"
Find = Callable[[Platform, str, datetime], Artefact | None]


def look_up_items(case_id: UUID, *, find: Find, now: datetime) -> int:
    """Ask the platform for every item not looked up yet; how many were found.

    An address the platform does not know is recorded as "not found here". A platform that does not
    answer leaves the item as it is: the sweep asks again. Raises the platform's error in that case,
    after everything learnt so far has been kept.
    """
    case = Case.objects.select_related("platform").get(id=case_id)
    found = 0
    for item in _open_items(case_id):
        artefact = find(case.platform, item.locator, now)
        _keep(case_id, item, artefact, now)
        found += artefact is not None
    return found


def _open_items(case_id: UUID) -> list[ClaimedItem]:
    items = ClaimedItem.objects.filter(notice__case_id=case_id, looked_up_at=None)
    return list(items.exclude(kind=PROMPT))


@transaction.atomic
def _keep(case_id: UUID, item: ClaimedItem, artefact: Artefact | None, now: datetime) -> None:
    lock_case(case_id)
    fresh = ClaimedItem.objects.get(id=item.id)
    if fresh.looked_up_at is not None:
        return
    fresh.looked_up_at = now
    fresh.artefact = artefact
    if artefact is None and fresh.outcome == ItemOutcome.PENDING:
        fresh.outcome = ItemOutcome.NOT_FOUND
    fresh.save(update_fields=["looked_up_at", "artefact", "outcome"])
    event = "item.resolved" if artefact else "item.not_found"
    facts = {"item": fresh.number} | ({"artefact": artefact.external_id} if artefact else {})
    append(case_chain(case_id), event, actor=WORKER, at=now, facts=facts)
