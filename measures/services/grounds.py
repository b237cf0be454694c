"""The grounds a measure stands on: added by cases, ended one by one; the last one lifts it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from common.transactions import lock_case
from measures.models import Measure, MeasureGround
from measures.services import blocks, standing, terms
from measures.services.conflicts import after_ending, settle_without
from measures.services.lifecycle import has_ground, hold_row, is_frozen, record
from measures.services.release import let_go
from measures.states import EndReason
from notices.models import CaseRegime, ClaimedItem
from notices.services.lifecycle import Step
from users.models import User


def add(
    measure: Measure,
    regimes: Sequence[CaseRegime],
    item: ClaimedItem | None,
    user: User,
    now: datetime,
) -> bool:
    """Let a case stand behind the measure under these regimes; whether that is anything new."""
    new = False
    for regime in regimes:
        _ground, created = MeasureGround.objects.get_or_create(
            measure=measure,
            case_id=regime.case_id,
            case_regime=regime,
            item=item,
            ended_at=None,
            defaults={"ordered_by": user, "created_at": now},
        )
        new = new or created
    return new


@transaction.atomic
def end_grounds(
    regime: CaseRegime,
    reason: str,
    step: Step,
    *,
    items: Sequence[UUID] | None = None,
    measures: Sequence[UUID] | None = None,
) -> list[Measure]:
    """This regime of the case no longer asks for its measures, or only for other ones, or for other items.

    Ends its open grounds for `reason` (a code of EndReason). A measure whose last ground this was
    is cancelled if it never took effect, else on its way to being lifted; those are returned.
    A measure on which another case, or another regime of this case, still stands stays as it is; in
    the latter case, where a statement gave it up, the conflict of the two laws is put before a person.
    The rule of a block that stays names a case that still stands behind it. One that is frozen stays too. Entries against the users of these items go with them (standing.let_go).
    Ending what has ended already does nothing.
    """
    lock_case(regime.case_id)
    grounds = MeasureGround.objects.filter(case_regime=regime, ended_at=None)
    if items is not None:
        grounds = grounds.filter(item__in=items)
    if measures is not None:
        grounds = grounds.filter(measure__in=measures)
    ids = sorted(set(grounds.order_by().values_list("measure_id", flat=True)))
    named = set(grounds.order_by().values_list("item_id", flat=True))
    released, kept = [], []
    for measure_id in ids:
        measure = hold_row(measure_id)
        if _end_one(measure, grounds, reason, step, regime.case_id):
            kept.append(measure)
        elif not is_frozen(measure):
            let_go(measure, reason, step, [regime.case_id])
            released.append(measure)
    if ids:
        after_ending(regime, kept, reason, step)
    given_up = items if measures is None else _without_ground(regime, named)
    standing.let_go(regime, reason, step, items=given_up)
    for measure in kept:
        terms.drop_fallen(measure)
        blocks.keep_true(measure, step)
    return released


def _end_one(
    measure: Measure,
    grounds: QuerySet[MeasureGround],
    reason: str,
    step: Step,
    case_id: UUID,
) -> int:
    """End those of these grounds that are this measure's; how many it still stands on."""
    grounds.filter(measure=measure).update(
        ended_at=step.effective_at or step.now, ended_reason=EndReason(reason).value
    )
    remaining = MeasureGround.objects.filter(measure=measure, ended_at=None).count()
    ended = Step(step.actor, step.now, facts={"reason": reason, "remaining": remaining})
    record(measure, "measure.ground_ended", ended, cases=[case_id])
    return remaining


def _without_ground(regime: CaseRegime, items: Iterable[UUID | None]) -> list[UUID]:
    """Those of the items for which this regime asks nothing any more."""
    named = {one for one in items if one is not None}
    held = MeasureGround.objects.filter(case_regime=regime, ended_at=None, item__in=named)
    return sorted(named - set(held.values_list("item_id", flat=True)))


def end_all(measure: Measure, reason: str, step: Step) -> None:
    """End every open ground of a measure that is held with all its cases, and let it go."""
    cases = list(
        MeasureGround.objects.filter(measure=measure, ended_at=None)
        .order_by("case_id")
        .values_list("case_id", flat=True)
        .distinct()
    )
    MeasureGround.objects.filter(measure=measure, ended_at=None).update(
        ended_at=step.effective_at or step.now, ended_reason=EndReason(reason).value
    )
    ended = Step(step.actor, step.now, facts={"reason": reason, "remaining": 0})
    record(measure, "measure.ground_ended", ended, cases=cases)
    settle_without(measure, step)
    if not has_ground(measure):
        let_go(measure, reason, step, cases)
