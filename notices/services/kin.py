"""What the found items are related to, as the platform tells it: read once, kept, and written into the ledger."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from common.actors import WORKER, staff
from common.jobs import enqueue
from common.transactions import lock_case
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.access import require_role
from notices.models import ClaimedItem
from platforms.lineage import kin_of, read_kin
from platforms.models import Artefact, ArtefactKin, KinRelation
from platforms.services import client
from platforms.states import KinAnswer
from users.models import User
from users.roles import CASEWORKERS

PIECE: Final = 20


def read_kin_of_items(case_id: UUID, *, now: datetime) -> int:
    """Ask for the kin of the items of a case that were found and not asked about yet; how many artefacts.

    A long list goes in pieces, each a task of its own. Raises PlatformError when the platform does not
    answer; the sweep asks for the rest again.
    """
    waiting = ClaimedItem.objects.filter(
        notice__case_id=case_id, artefact__isnull=False, kin_read_at=None
    )
    names = waiting.order_by().values_list("artefact_id", flat=True).distinct()[: PIECE + 1]
    artefacts = list(Artefact.objects.filter(id__in=list(names)).select_related("platform"))
    for artefact in artefacts[:PIECE]:
        _record(case_id, artefact, read_kin(artefact, client(), now), now)
    if len(artefacts) > PIECE:
        enqueue("notices.read_kin", case_id)
    return len(artefacts[:PIECE])


@transaction.atomic
def ask_again(case_id: UUID, *, user: User, now: datetime) -> int:
    """Have the kin of every found item read once more, by the worker; how many items.

    What was read before stays, and so does a promotion once found. Raises Forbidden.
    """
    require_role(user, *CASEWORKERS)
    lock_case(case_id)
    items = ClaimedItem.objects.filter(notice__case_id=case_id, artefact__isnull=False)
    number = items.update(kin_read_at=None, kin_answer="")
    facts: dict[str, Fact] = {"items": number}
    append(case_chain(case_id), "item.kin_asked", actor=staff(user.id), at=now, facts=facts)
    enqueue("notices.read_kin", case_id)
    return number


@transaction.atomic
def _record(case_id: UUID, artefact: Artefact, answer: KinAnswer, now: datetime) -> None:
    """Mark the items that are this artefact, unless somebody else has meanwhile."""
    lock_case(case_id)
    kin = list(kin_of([artefact.id]).filter(read_at=now))
    places = [one.kin.external_id for one in kin if one.relation == KinRelation.PLACEMENT]
    items = ClaimedItem.objects.filter(notice__case_id=case_id, artefact=artefact, kin_read_at=None)
    marked = list(items)
    for item in marked:
        about: dict[str, Fact] = {"item": item.number, "artefact": artefact.external_id}
        _tell(case_id, "item.kin_read", {**about, **_facts(answer, kin)}, now, _listed(kin))
        if places:
            told: list[Fact] = [*places]
            _tell(case_id, "item.promotion_found", {**about, "places": told}, now)
    items.update(kin_read_at=now, kin_answer=answer.value)
    if places:
        ClaimedItem.objects.filter(id__in=[item.id for item in marked]).update(promoted=True)


def _facts(answer: KinAnswer, kin: Sequence[ArtefactKin]) -> dict[str, Fact]:
    counted: dict[str, Fact] = {**Counter(one.relation for one in kin)}
    return {"answer": answer.value, "kin": counted}


def _listed(kin: Sequence[ArtefactKin]) -> bytes:
    """Every relation by the platform's ids: the table holds the newest reading, the ledger each."""
    lines = [
        {
            "kin": one.kin.external_id,
            "relation": one.relation,
            "via": one.via.external_id if one.via else None,
        }
        for one in kin
    ]
    return json.dumps(lines, ensure_ascii=False, indent=1).encode()


def _tell(
    case_id: UUID, event: str, facts: dict[str, Fact], now: datetime, payload: bytes | None = None
) -> None:
    append(case_chain(case_id), event, actor=WORKER, at=now, facts=facts, payload=payload)
