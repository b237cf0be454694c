"""The class of a state's badge, for each kind of thing that the desk lists. What is not named here has none."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Model

from counternotices.models import CounterNotice, RespondentSanction
from counternotices.states import State
from measures.models import Measure
from measures.states import MeasureState
from notices.models import Case, NotifierSanction
from notices.states import CaseState, SanctionState
from screening.list_states import ProposalState
from screening.models import RuleProposal

_SANCTION: Final = {SanctionState.IN_FORCE: "waiting"}
_TINTS: Final[Mapping[type[Model], Mapping[Any, str]]] = {
    Case: {
        CaseState.RECEIVED: "info",
        CaseState.IN_REVIEW: "progress",
        CaseState.AWAITING_FILER: "waiting",
        CaseState.ACCEPTED: "success",
    },
    Measure: {
        MeasureState.IN_FORCE: "success",
        MeasureState.FAILED: "danger",
        MeasureState.PROPOSED: "waiting",
    },
    CounterNotice: {State.FILED: "progress", State.INCOMPLETE: "waiting"},
    NotifierSanction: _SANCTION,
    RespondentSanction: _SANCTION,
    RuleProposal: {ProposalState.WAITING: "waiting"},
}


def tint_of(row: Any) -> str:
    """The class for the state of this row; raises KeyError for a kind of thing that is not listed."""
    return _TINTS[row._meta.concrete_model].get(row.state, "")
