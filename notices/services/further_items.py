"""What joins a case after its decision: a further item that a person found to reproduce the work."""

from typing import Final
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from common.errors import Conflict
from common.transactions import lock_case
from evidence.ledger import append, case_chain
from evidence.models import SealedFile
from notices.models import Case, CaseRegime, ClaimedItem, FileRole, Notice, NoticeFile
from notices.services.clocks import start_close_file
from notices.services.lifecycle import Step, advance, advance_regime
from notices.states import CARRIES_MEASURES, CaseState, ItemOutcome, RegimeState
from platforms.models import Artefact, ArtefactKind

_STANDS: Final = frozenset({CaseState.ACCEPTED, CaseState.CLOSED})
_GOES_ON: Final = frozenset({RegimeState.OPEN, RegimeState.CLOSED, *CARRIES_MEASURES})


def add_upheld(
    case: Case, artefact: Artefact | None, locator: str, file: SealedFile | None, step: Step
) -> ClaimedItem:
    """The upheld item for this thing: the one there is, or a further one, with the bytes as evidence.

    The filer did not name it; the case's ledger says who upheld it. Raises Conflict when the case's
    decision was another one for this very thing.
    """
    lock_case(case.id)
    notice = Notice.objects.get(case=case)
    known = (
        ClaimedItem.objects.filter(notice=notice, artefact=artefact).first() if artefact else None
    )
    if known is not None:
        return _upheld(known)
    last = ClaimedItem.objects.filter(notice=notice).aggregate(last=Max("number"))["last"] or 0
    item = ClaimedItem.objects.create(
        notice=notice,
        number=last + 1,
        kind=artefact.kind if artefact else ArtefactKind.OUTPUT.value,
        locator=locator,
        artefact=artefact,
        looked_up_at=step.now,
        outcome=ItemOutcome.UPHELD.value,
    )
    if file is not None:
        NoticeFile.objects.create(
            notice=notice, file=file, role=FileRole.FROZEN, item=item, added_at=step.now
        )
    chain, facts = case_chain(case.id), {"items": [item.number]}
    append(chain, "item.upheld", actor=step.actor, at=step.now, facts=facts)
    return item


def open_again(case_id: UUID, step: Step) -> list[CaseRegime]:
    """The regimes of a case under which a further measure can stand; those put away go on, as does the case.

    Raises Conflict when the case does not stand, or every regime has given its measures back.
    """
    lock_case(case_id)
    case = Case.objects.get(id=case_id)
    if case.state not in _STANDS:
        raise Conflict(_("The case does not stand any more; nothing can rest on it."))
    regimes = list(case.regimes.filter(state__in=_GOES_ON))
    if not regimes:
        raise Conflict(_("The measures of this case were given back; nothing can rest on it."))
    if case.state == CaseState.CLOSED:
        advance(case_id, "reopen", step)
        Case.objects.filter(id=case_id).update(closed_at=None)
    return [_going_on(regime, step) for regime in regimes]


def _going_on(regime: CaseRegime, step: Step) -> CaseRegime:
    if regime.state != RegimeState.CLOSED:
        return regime
    open_ = advance_regime(regime.id, "reopen", step)
    start_close_file(open_, now=step.now, actor=step.actor)
    return open_


def _upheld(item: ClaimedItem) -> ClaimedItem:
    if item.outcome != ItemOutcome.UPHELD:
        raise Conflict(
            _("This is item %(number)s of the case, which was not upheld. Decide on it there.")
            % {"number": item.number}
        )
    return item
