"""A later end for a measure in force: where a second person had to agree to it, another one agrees to that too.

What waits is kept with the measure (`parameters["longer_terms"]`): the end asked for (None: for good), the case that
asks, and who ordered it. It counts while that case stands behind the measure.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from measures.errors import StillLifting
from measures.models import Measure, MeasureGround
from measures.rules import needs_second_person
from measures.selectors import LONGER_TERMS
from measures.services.lifecycle import is_frozen, record, store
from measures.services.orders import Order
from measures.states import IN_EFFECT, MeasureState
from notices.models import Case
from notices.services.lifecycle import Step
from users.models import User

ASKED: Final = LONGER_TERMS
AGREED: Final = "longer_term_agreed_by"


@dataclass(frozen=True)
class LongerTerm:
    """The end (UTC; None: for good) that a further case asks for, and who ordered it for that case."""

    expires_at: datetime | None
    case_id: UUID
    ordered_by: UUID


def lengthen(measure: Measure, order: Order, case: Case, user: User, step: Step) -> None:
    """Let the measure end as late as this order says, if that is later; at once where one person may order it so.

    Otherwise it is asked for, and the end stays as it is. Raises StillLifting where the term is over already.
    """
    if not _later(order.expires_at, measure.expires_at):
        return
    heavy = needs_second_person(measure.family, measure.level) or measure.approval_required
    if measure.state == MeasureState.PROPOSED or not (heavy or order.too_wide):
        store(measure, expires_at=order.expires_at)
        return
    if is_over(measure, step.now):
        raise StillLifting(
            _("An earlier measure on this target is just being lifted. Order again in a minute.")
        )
    asked = LongerTerm(order.expires_at, case.id, user.id)
    if asked not in waiting(measure):
        _keep(measure, [*waiting(measure), asked])
        facts = {"expires_at": _text(asked.expires_at)}
        record(measure, "measure.term_asked", Step(step.actor, step.now, facts=facts), cases=[case.id])  # fmt: skip


def waiting(measure: Measure) -> list[LongerTerm]:
    """What is asked for and not decided, by cases that still stand behind the measure and for later than it ends."""
    told = measure.parameters.get(ASKED, ())
    if not told or measure.expires_at is None:
        return []
    asked = [_read(one) for one in told]
    behind = MeasureGround.objects.filter(measure=measure, ended_at=None)
    standing = set(behind.order_by().values_list("case_id", flat=True))
    return [
        one
        for one in asked
        if one.case_id in standing and _later(one.expires_at, measure.expires_at)
    ]


def longest(measure: Measure) -> LongerTerm | None:
    """The latest end that waits for a second person; None when nothing waits."""
    asked = waiting(measure)
    for_good = next((one for one in asked if one.expires_at is None), None)
    ends = [(one.expires_at, one) for one in asked if one.expires_at is not None]
    return for_good or max(ends, key=lambda pair: pair[0], default=(None, None))[1]


def settle(measure: Measure, agreed: User | None = None) -> None:
    """Nothing waits any more; `agreed` is who agreed to the longest of what did."""
    _keep(measure, [])
    if agreed is not None:
        people = sorted({str(agreed.id), *measure.parameters.get(AGREED, ())})
        store(measure, parameters={**measure.parameters, AGREED: people})


def agreed_by(measure: Measure) -> set[UUID]:
    """Who ever agreed that it ends later."""
    return {UUID(one) for one in measure.parameters.get(AGREED, ())}


def drop_fallen(measure: Measure) -> None:
    """Forget what cases asked for that no longer stand behind the measure."""
    if measure.parameters.get(ASKED):
        _keep(measure, waiting(measure))


def is_over(measure: Measure, now: datetime) -> bool:
    """Whether its term has ended and only the sweep has yet to pass; what may not be lifted is not over."""
    ended = measure.expires_at is not None and measure.expires_at <= now
    return ended and measure.state in IN_EFFECT and not is_frozen(measure)


def _later(end: datetime | None, than: datetime | None) -> bool:
    return than is not None and (end is None or end > than)


def _keep(measure: Measure, asked: list[LongerTerm]) -> None:
    kept = {name: value for name, value in measure.parameters.items() if name != ASKED}
    rows = [
        {
            "expires_at": _text(one.expires_at),
            "case": str(one.case_id),
            "ordered_by": str(one.ordered_by),
        }
        for one in asked
    ]
    store(measure, parameters={**kept, ASKED: rows} if rows else kept)


def _read(told: dict[str, Any]) -> LongerTerm:
    end = told["expires_at"]
    return LongerTerm(
        datetime.fromisoformat(end) if end else None, UUID(told["case"]), UUID(told["ordered_by"])
    )


def _text(end: datetime | None) -> str | None:
    return end.isoformat() if end else None
