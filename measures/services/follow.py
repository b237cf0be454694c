"""Measures follow the regimes they rest on: what a regime gave up, its measures give back."""

from uuid import UUID

from measures.services.grounds import end_grounds
from measures.states import EndReason
from notices.models import Case, CaseRegime
from notices.services.lifecycle import Step
from notices.states import CaseState, RegimeState


def follow(case_id: UUID, step: Step) -> int:
    """End the grounds of every regime of the case that has been restored; how many measures that freed."""
    withdrawn = Case.objects.get(id=case_id).state == CaseState.WITHDRAWN
    reason = EndReason.WITHDRAWN if withdrawn else EndReason.RESTORED
    restored = CaseRegime.objects.filter(case_id=case_id, state=RegimeState.RESTORED)
    return sum(len(end_grounds(regime, reason, step)) for regime in restored)
