"""The platform tells by itself that it carried a measure out, lifted it or finished a ticket."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor
from common.errors import Conflict, RedressError
from measures.models import Measure
from measures.services.execute import took_effect
from measures.services.lifecycle import hold
from measures.services.lift import was_lifted
from measures.services.tickets import platform_is_done
from measures.states import MeasureState
from notices.services.lifecycle import Step

APPLIED, ACCEPTED, LIFTED = "applied", "accepted", "lifted"


@transaction.atomic
def record_acknowledgement(
    measure_id: UUID, acknowledgement: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Measure:
    """Store the platform's acknowledgement (`acknowledgement_id`, `state`, as in the platform contract).

    Told twice, it counts once. That a ticket was worked off has its probe suites run; they tell. Raises NotFound for no such measure, RedressError for an
    acknowledgement without id or known state, and Conflict when it does not fit the measure's state.
    """
    told = _told(acknowledgement)
    measure = hold(measure_id)
    if told["acknowledgement_id"] in _known(measure):
        return measure
    step = Step(actor, now)
    if measure.state == MeasureState.EXECUTING and told["state"] in {APPLIED, ACCEPTED}:
        took_effect(measure, told, step)
    elif measure.state == MeasureState.LIFTING and told["state"] == LIFTED:
        was_lifted(measure, told, step)
    elif measure.state == MeasureState.IN_PROGRESS and told["state"] == APPLIED:
        platform_is_done(measure, told, step)
    else:
        raise Conflict(_("This acknowledgement does not fit the state the measure is in."))
    return measure


def _told(acknowledgement: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(acknowledgement)
    name = told.get("acknowledgement_id")
    if not isinstance(name, str) or not 0 < len(name) <= 200:
        raise RedressError(
            _("Send the acknowledgement with its id."),
            fields={"acknowledgement_id": _("Required.")},
        )
    if told.get("state") not in {APPLIED, ACCEPTED, LIFTED}:
        raise RedressError(
            _("Send the state as applied, accepted or lifted."), fields={"state": _("Unknown.")}
        )
    return told


def _known(measure: Measure) -> set[Any]:
    kept = (measure.acknowledgement or {}, measure.lift_acknowledgement or {})
    return {one["acknowledgement_id"] for one in kept if "acknowledgement_id" in one}
