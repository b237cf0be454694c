"""Measures follow the regimes they rest on: what a regime gave up, its measures give back."""

from uuid import UUID

from django.db.models import Q

from measures.services.grounds import end_grounds
from measures.states import EndReason
from notices.models import Case, CaseRegime
from notices.services.lifecycle import Step
from notices.states import CaseState, RegimeState

# A withdrawn case gives up everything, also what was only proposed and never took a regime along.
GIVEN_UP = Q(state=RegimeState.RESTORED) | Q(case__state=CaseState.WITHDRAWN)


def follow(case_id: UUID, step: Step) -> int:
    """End the grounds of every regime of the case that gave them up; how many measures that freed."""
    withdrawn = Case.objects.get(id=case_id).state == CaseState.WITHDRAWN
    reason = EndReason.WITHDRAWN if withdrawn else EndReason.RESTORED
    regimes = CaseRegime.objects.filter(GIVEN_UP, case_id=case_id)
    return sum(len(end_grounds(regime, reason, step)) for regime in regimes)
