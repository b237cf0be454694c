"""The same file by the same user, on whom the case stands: what was decided already reaches this copy too.

Nobody presses; the ground is that of the item which was upheld, so whatever gives that item back ends this
measure with it. Where anything is in doubt (`match_doubts`) a person decides.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from common.actors import SWEEP
from measures.match_selectors import left_without_case, quiet_grounds
from measures.models import Match, Measure, MeasureGround
from measures.rules import takedown_of
from measures.services.impose import impose_by_itself
from measures.services.match_doubts import copied_item, in_doubt
from measures.services.match_steps import hold_match, move, show
from measures.services.orders import Order
from measures.states import MatchState
from notices.models import ClaimedItem
from notices.services.further_items import open_again
from notices.services.lifecycle import Step

TRIES: Final = 6
PAUSE: Final = timedelta(seconds=30)


@transaction.atomic
def carry_out(id: UUID, *, now: datetime) -> Match | None:
    """Act on a match, or put it before a person; the match if something was done by itself.

    Raises RedressError when the order cannot be taken at this moment; `postpone` it then.
    """
    match = hold_match(id)
    if match.state != MatchState.FOUND or match.looked_at is None:
        return None
    if left_without_case().filter(id=id).exists():
        return None  # the sweep ends it
    grounds = _grounds(match)
    item = copied_item(match, grounds)
    if item is None or in_doubt(match):
        show(match, "takes_a_person", now)
        return None
    facts = {"item": item.number}
    if match.artefact is None:
        step = Step(SWEEP, now, facts=facts)
        move(match, "withhold", "match.withheld", step, item=item, closed_at=now)
        return match
    measure = _impose(match, item, [one for one in grounds if one.item == item], now)
    step = Step(SWEEP, now, facts={**facts, "measure": str(measure.id)})
    move(match, "impose", "match.imposed", step, item=item, measure=measure, closed_at=now)
    return match


@transaction.atomic
def postpone(id: UUID, *, now: datetime) -> None:
    """It could not be carried out just now: again in a while, and after so many tries before a person."""
    match = hold_match(id)
    if match.state != MatchState.FOUND:
        return
    match.attempts, match.try_after = match.attempts + 1, now + PAUSE
    match.save(update_fields=["attempts", "try_after"])
    if match.attempts >= TRIES:
        show(match, "not_carried_out", now)


def _grounds(match: Match) -> list[MeasureGround]:
    if match.case.decided_by_id is None:
        return []
    return quiet_grounds(match.case_id, match.user_external_id)


def _impose(
    match: Match, item: ClaimedItem, grounds: Sequence[MeasureGround], now: datetime
) -> Measure:
    step = Step(SWEEP, now, facts={"match": str(match.id)})
    named = {ground.case_regime_id for ground in grounds}
    regimes = [one for one in open_again(match.case_id, step) if one.id in named]
    assert match.artefact is not None
    assert match.case.decided_by is not None
    order = Order(takedown_of(match.artefact.kind), item=item, artefact=match.artefact)
    return impose_by_itself(match.case, regimes, order, decider=match.case.decided_by, step=step)
