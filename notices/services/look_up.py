"""Finding the claimed items on the platform and freezing what is found.

The platform is asked outside any transaction, item by item; what it says is kept in short ones.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from common.actors import WORKER
from common.jobs import enqueue
from common.transactions import lock_case
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.models import Case, ClaimedItem
from notices.services.freezing import Found, freeze, with_content
from notices.services.regime_choice import found_on
from notices.states import ItemOutcome
from platforms.contract import PlatformError
from platforms.models import Platform
from platforms.services import find

PROMPT: Final = "prompt"
PIECE: Final = 200


def look_up_items(case_id: UUID, *, now: datetime) -> int:
    """Ask the platform for the items not looked up yet; how many were found.

    An address the platform does not know is recorded as "not found here". A long list goes in
    pieces, each a task of its own, so that others have their turn. Raises PlatformError when the
    platform does not answer or refuses an item; everything else learnt is kept, and the sweep asks
    for the rest again.
    """
    platform = Case.objects.select_related("platform").get(id=case_id).platform
    items = _open_items(case_id)
    learnt: dict[UUID, Found | None] = {}
    refused: PlatformError | None = None
    try:
        for item in items[:PIECE]:
            try:
                learnt[item.id] = _ask(platform, item.locator, now)
            except PlatformError as error:
                refused = error
                if not error.permanent:
                    break
    finally:
        _keep(case_id, learnt, now)
        if any(learnt.values()):
            enqueue("notices.read_kin", case_id)
    if refused is not None:
        raise refused
    enqueue("notices.look_up_items" if len(items) > PIECE else "notices.trace_files", case_id)
    return sum(found is not None for found in learnt.values())


def _ask(platform: Platform, locator: str, now: datetime) -> Found | None:
    artefact = find(platform, locator, now)
    return with_content(artefact) if artefact else None


def _open_items(case_id: UUID) -> list[ClaimedItem]:
    items = ClaimedItem.objects.filter(notice__case_id=case_id, looked_up_at=None)
    return list(items.exclude(kind=PROMPT)[: PIECE + 1])


@transaction.atomic
def _keep(case_id: UUID, learnt: Mapping[UUID, Found | None], now: datetime) -> None:
    """Store what was learnt about items that nobody else has looked up meanwhile."""
    lock_case(case_id)
    items = ClaimedItem.objects.filter(id__in=list(learnt), looked_up_at=None)
    unknown = []
    for item in items:
        found = learnt[item.id]
        item.looked_up_at = now
        item.artefact = found.artefact if found else None
        if found is None:
            unknown.append(item)
            item.outcome = _without_artefact(item)
        else:
            _record_found(case_id, item, found, now)
    found_on(case_id, [item.artefact for item in items if item.artefact], now=now)
    ClaimedItem.objects.bulk_update(items, ["looked_up_at", "artefact", "outcome"], batch_size=500)
    if unknown:
        numbers = [item.number for item in unknown]
        append(
            case_chain(case_id), "item.not_found", actor=WORKER, at=now, facts={"items": numbers}
        )


def _without_artefact(item: ClaimedItem) -> str:
    undecided = item.outcome == ItemOutcome.PENDING
    return ItemOutcome.NOT_FOUND.value if undecided else item.outcome


def _record_found(case_id: UUID, item: ClaimedItem, found: Found, now: datetime) -> None:
    facts: dict[str, Fact] = {"item": item.number, "artefact": found.artefact.external_id}
    chain = case_chain(case_id)
    append(chain, "item.resolved", actor=WORKER, at=now, facts=facts)
    files: list[Fact] = [*freeze(item.notice_id, item, found, now)]
    append(chain, "evidence.frozen", actor=WORKER, at=now, facts={**facts, "files": files})
