"""Which upheld items the output check still protects: what was given back is free again, item by item."""

from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from measures.models import EntryGround, MeasureGround
from measures.rules import Family
from measures.states import MeasureState
from notices.models import CaseRegime, ClaimedItem
from notices.states import CaseState, ItemOutcome, RegimeState

STANDS: Final = (CaseState.ACCEPTED, CaseState.CLOSED)
# Nothing rests on a law under which the measures were given back, or which does not apply.
_OVER: Final = (RegimeState.RESTORED, RegimeState.REMOVED)
_TAKES_AWAY: Final = (Family.CONTENT_REMOVAL, Family.MODEL_TAKEDOWN)


def standing_regimes(case: str) -> QuerySet[CaseRegime]:
    """The laws on which the case in the outer query's column `case` still stands."""
    return CaseRegime.objects.filter(case=OuterRef(case)).exclude(state__in=_OVER)


def protected_items() -> QuerySet[ClaimedItem]:
    """Upheld items that are still held, by a case that stands.

    An item that was taken away is held while a ground of that is open, whatever ended the others (a statement
    of the user, a court, staff, a term, a refused approval); what only waits for approval holds nothing yet.
    One that was entered against its user alone is held while that entry is. One with neither stands with its case.
    """
    taken = MeasureGround.objects.filter(
        item=OuterRef("id"), measure__family__in=_TAKES_AWAY, measure__artefact=OuterRef("artefact")
    )
    entered = EntryGround.objects.filter(entry__item=OuterRef("id"))
    in_effect = _open(taken).exclude(measure__state=MeasureState.PROPOSED)
    held = Exists(in_effect) | (~Exists(taken) & (Exists(_open(entered)) | ~Exists(entered)))
    return ClaimedItem.objects.filter(
        held,
        Exists(standing_regimes("notice__case")),
        outcome=ItemOutcome.UPHELD,
        notice__case__state__in=STANDS,
    )


def why_given_up(item_id: UUID) -> str:
    """The code of the last end of a ground on which this item was taken away; '' if there is none."""
    ended = MeasureGround.objects.filter(
        item=item_id, measure__family__in=_TAKES_AWAY, measure__artefact=F("item__artefact")
    ).exclude(ended_at=None)
    last = ended.order_by("-ended_at", "-id").values_list("ended_reason", flat=True).first()
    return last or ""


def _open(grounds: QuerySet[Any]) -> QuerySet[Any]:
    return grounds.filter(ended_at=None).exclude(case_regime__state__in=_OVER)
