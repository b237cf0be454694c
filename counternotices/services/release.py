"""Which measures a counter-notice that prevails takes away."""

from uuid import UUID

from measures.models import MeasureGround
from measures.services.grounds import end_grounds
from measures.states import EndReason
from notices.models import CaseRegime, ClaimedItem
from notices.services.lifecycle import Step


def release_measures(regime: CaseRegime, person_id: UUID, step: Step) -> None:
    """End every ground that rests on this person's items under this regime.

    What rests on the case as a whole, such as a block of terms, goes with the last item's ground.
    """
    own = ClaimedItem.objects.filter(
        notice__case_id=regime.case_id, artefact__owner_id=person_id
    ).values_list("id", flat=True)
    end_grounds(regime, EndReason.RESTORED, step, items=list(own))
    left = MeasureGround.objects.filter(case_regime=regime, ended_at=None)
    if not left.filter(item__isnull=False).exists():
        end_grounds(regime, EndReason.RESTORED, step)
