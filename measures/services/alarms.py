"""Putting measures on the list of alarms from a room above."""

from collections.abc import Sequence
from uuid import UUID

from common.transactions import require_transaction
from measures.services.lifecycle import hold_row, record, store
from notices.services.lifecycle import Step


def ring(measures: Sequence[UUID], case_id: UUID, step: Step) -> None:
    """Somebody should look at these measures of a case that is held: on the list of alarms, once."""
    require_transaction()
    for measure_id in sorted(measures):
        measure = hold_row(measure_id)
        if measure.alarmed_at is None:
            store(measure, alarmed_at=step.now)
            record(measure, "measure.stuck", step, cases=[case_id])
