"""Which claimed item a traced session is: the one that is this artefact, or the one that was not found otherwise."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.actors import WORKER, Actor, staff
from common.errors import Conflict, NotFound
from common.jobs import enqueue
from common.transactions import lock_case
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from notices.access import require_role
from notices.models import Case, ClaimedItem, FileRole, NoticeFile, TracedSession
from notices.services.regime_choice import found_on
from notices.states import UNDECIDED, ItemOutcome
from platforms.models import ArtefactKind
from users.models import User
from users.roles import CASEWORKERS

# What a copy of an output can be a copy of: the output itself, or a place that shows it. No model, no prompt.
_MAY_BE_AN_OUTPUT: Final = (ArtefactKind.OUTPUT, ArtefactKind.LINK, ArtefactKind.PAGE)


def item_of(case_id: UUID, session: TracedSession, *, now: datetime) -> int | None:
    """Link the session to its item and say the item's number; None where a person has to say which it is.

    By itself only an item that is this very artefact, or, for a file that is it by its bytes or its looks, the single
    item whose address led nowhere. Holds the case already; the session is saved by the caller.
    """
    here = ClaimedItem.objects.filter(notice__case_id=case_id, artefact=session.artefact).first()
    if here is not None:
        session.item = here
        return here.number
    lost = list(_lost(case_id)[:2])
    sure = session.same_bytes or session.looks_alike
    if session.paper.role != FileRole.WORK and sure and len(lost) == 1:
        _found(case_id, session, lost[0], WORKER, now)
        return lost[0].number
    return None


def may_be(case: Case) -> list[ClaimedItem]:
    """The items that a person may say a session is: not found so far, in a case that is not decided."""
    return list(_lost(case.id))


@transaction.atomic
def belongs_to(
    case_id: UUID, session_id: UUID, number: int, *, user: User, now: datetime
) -> TracedSession:
    """A person says that a traced session is the item of this number. Raises Forbidden, NotFound, Conflict."""
    require_role(user, *CASEWORKERS)
    lock_case(case_id)
    session = TracedSession.objects.filter(id=session_id, paper__notice__case_id=case_id).first()
    if session is None or session.artefact is None:
        raise NotFound(_("There is no such case, or it is not open to you."))
    item = _lost(case_id).filter(number=number).first()
    if session.item_id or item is None:
        raise Conflict(_("This item has been found already, or the case has been decided."))
    _found(case_id, session, item, staff(user.id), now)
    session.save(update_fields=["item", "found_item"])
    # What was sealed for the session is the item's now, and its label a fact to be recorded.
    _sealed_for(session).update(item=item, traced_at=None)
    enqueue("notices.trace_files", case_id)
    return session


def _lost(case_id: UUID) -> QuerySet[ClaimedItem]:
    undecided = Case.objects.filter(id=case_id, state__in=UNDECIDED)
    lost = ClaimedItem.objects.filter(notice__case__in=undecided, artefact=None)
    lost = lost.filter(looked_up_at__isnull=False, kind__in=_MAY_BE_AN_OUTPUT)
    return lost.filter(outcome__in=[ItemOutcome.PENDING, ItemOutcome.NOT_FOUND])


def _sealed_for(session: TracedSession) -> QuerySet[NoticeFile]:
    assert session.artefact is not None
    sealed = NoticeFile.objects.filter(notice_id=session.paper.notice_id, role=FileRole.FROZEN)
    name = f"{session.artefact.external_id}."
    return sealed.filter(item=None, file__name__startswith=name)


def _found(
    case_id: UUID, session: TracedSession, item: ClaimedItem, by: Actor, now: datetime
) -> None:
    assert session.artefact is not None
    session.item, session.found_item = item, True
    item.artefact, item.outcome = session.artefact, ItemOutcome.PENDING.value
    item.save(update_fields=["artefact", "outcome"])
    facts: dict[str, Fact] = {
        "items": [item.number],
        "artefact": session.artefact.external_id,
        "file": session.paper.file.sha256,
    }
    append(case_chain(case_id), "item.found_by_label", actor=by, at=now, facts=facts)
    found_on(case_id, [session.artefact], now=now)
    enqueue("notices.read_kin", case_id)
