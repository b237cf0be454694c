"""Putting a regime's file away: only when nothing that rests on it is still on its way."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from common.actors import Actor
from common.transactions import require_transaction
from deadlines.errors import HeldUp
from measures.models import Measure
from measures.selectors import live_grounds, unsettled
from measures.services.lifecycle import target_of
from measures.states import MeasureState
from notices.models import CaseRegime
from notices.services.decisions import close_if_settled
from notices.services.lifecycle import Step, advance_regime
from notices.states import MAY_BE_PUT_AWAY

_NAMED: Final = 3


def put_away(regime_id: UUID, *, due_at: datetime, now: datetime, actor: Actor) -> bool:
    """End the regime's procedure, and the case with its last regime; measures in force stay.

    It counts from `due_at`, or from the later moment at which the last measure took effect. False
    when the regime stands where it is not put away. Raises HeldUp while a measure waits for approval
    or is being carried out. Called by the sweep, which holds the case.
    """
    require_transaction()
    regime = CaseRegime.objects.get(id=regime_id)
    if regime.state not in MAY_BE_PUT_AWAY:
        return False
    if why := what_holds_up(regime_id):
        raise HeldUp(why)
    took_effect = live_grounds(regime_id).aggregate(last=Max("measure__in_force_at"))["last"]
    step = Step(actor, now, effective_at=max(due_at, took_effect or due_at))
    advance_regime(regime_id, "close", step)
    close_if_settled(regime.case_id, step)
    return True


def what_holds_up(regime_id: UUID) -> str:
    """Which measures keep the file open and how to finish them, as one text; empty when none does."""
    open_ = list(unsettled(regime_id))
    waiting = [one for one in open_ if one.state == MeasureState.PROPOSED]
    moving = [one for one in open_ if one.state != MeasureState.PROPOSED]
    sentences = []
    if waiting:
        text = _(
            "The file stays open: these wait for approval: %(measures)s. Approve or refuse each."
        )
        sentences.append(text % {"measures": _named(waiting)})
    if moving:
        text = _(
            "The file stays open: these are still being carried out: %(measures)s. "
            "It closes by itself once the platform has answered; look at the board of measures if it does not."
        )
        sentences.append(text % {"measures": _named(moving)})
    return " ".join(sentences)


def _named(measures: Iterable[Measure]) -> str:
    names = [
        f"{one.get_family_display()} {one.get_level_display()}".strip()
        + f" ({target_of(one)[:40]})"
        for one in measures
    ]
    more = ["…"] if len(names) > _NAMED else []
    return ", ".join(names[:_NAMED] + more)
