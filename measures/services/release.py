"""What happens to a measure once nothing stands behind it any more."""

from collections.abc import Sequence
from uuid import UUID

from common.jobs import enqueue
from measures.models import Measure
from measures.rules import Family
from measures.services import blocks
from measures.services.lifecycle import is_frozen, move
from measures.states import IN_EFFECT, NOT_IN_EFFECT, EndReason, MeasureState
from notices.services.lifecycle import Step


def let_go(measure: Measure, reason: str, step: Step, cases: Sequence[UUID]) -> None:
    """Cancel it if it never took effect, else have it lifted.

    A measure that is just being carried out is left alone: whether it took effect is not known yet,
    and settling its outcome comes back here. So does the end of a freeze, before which nothing is lifted.
    """
    if is_frozen(measure):
        return
    if measure.state in NOT_IN_EFFECT:
        if measure.family == Family.PROMPT_BLOCK:
            blocks.stop_watching(measure, reason, step)
        refused = reason == EndReason.REFUSED and measure.state == MeasureState.PROPOSED
        name, event = ("refuse", "measure.refused") if refused else ("cancel", "measure.cancelled")
        move(measure, name, event, step, cases=cases, try_after=None, alarmed_at=None)
    elif measure.family == Family.PROMPT_BLOCK and measure.state in IN_EFFECT:
        blocks.end(measure, reason, step, list(cases))
    elif measure.state in IN_EFFECT:
        _order_lift(measure, step, cases)


def _order_lift(measure: Measure, step: Step, cases: Sequence[UUID]) -> None:
    move(
        measure,
        "order_lift",
        "measure.lift_ordered",
        step,
        cases=cases,
        attempts=0,
        last_error="",
        executing_since=None,
        try_after=None,
        alarmed_at=None,
    )
    enqueue("measures.lift", measure.id)
