"""A person has a failed measure tried again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from common.actors import staff
from common.jobs import enqueue
from measures.models import Measure
from measures.services.impose import GRACE
from measures.services.lifecycle import hold, move, record, store
from measures.states import MeasureState
from notices.access import require_role
from notices.services.lifecycle import Step
from users.models import User
from users.roles import CASEWORKERS, Role


@transaction.atomic
def retry(measure_id: UUID, *, user: User, now: datetime) -> Measure:
    """Send a failed measure once more, or ask again at once for a lifting that hangs.

    The key stays: a platform that did act after all answers as it did then. Raises Forbidden, and
    Conflict when there is nothing to try again.
    """
    require_role(user, *CASEWORKERS, Role.ENGINEER)
    measure = hold(measure_id)
    fresh: dict[str, Any] = {"attempts": 0, "try_after": now + GRACE, "alarmed_at": None}
    step = Step(staff(user.id), now, facts={"retry": True})
    if measure.state == MeasureState.LIFTING:
        store(measure, **fresh)
        record(measure, "measure.lift_ordered", step)
        enqueue("measures.lift", measure.id)
    else:
        move(measure, "retry", "measure.ordered", step, **fresh)
        enqueue("measures.execute", measure.id)
    return measure
