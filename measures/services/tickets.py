"""The engineer's side of a model-optimisation ticket."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import staff
from common.errors import RedressError
from measures.models import Measure
from measures.rules import Family
from measures.services.lifecycle import hold, move
from measures.states import MeasureState
from notices.access import require_role
from notices.services.lifecycle import Step
from users.models import User
from users.roles import Role

_STEPS: Final[Mapping[str, str]] = {
    MeasureState.DONE: "finish",
    MeasureState.NOT_POSSIBLE: "give_up",
}


@transaction.atomic
def progress_ticket(
    measure_id: UUID, target: str, note: str, *, user: User, now: datetime
) -> Measure:
    """Move a ticket to `done` or `not_possible`, and say in `note` what was done or why it cannot be.

    The note goes into the ledger as text that can be erased. Raises Forbidden for anybody but an
    engineer, RedressError without a note, Conflict when the ticket is not in progress.
    """
    require_role(user, Role.ENGINEER)
    if not note.strip():
        raise RedressError(_("Say what was done, or why it is not possible."), fields={"note": ""})
    measure = hold(measure_id)
    if measure.family != Family.MODEL_OPTIMISATION or target not in _STEPS:
        raise RedressError(_("Only a model-optimisation ticket is moved like this."))
    step = Step(staff(user.id), now, payload=note.strip().encode())
    move(measure, _STEPS[target], "ticket.progressed", step)
    return measure
