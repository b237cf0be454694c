"""Measures that may not be lifted for a time, and liftings that are called back before they happened."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from common.errors import Conflict
from common.jobs import enqueue
from common.transactions import lock_case
from measures.models import Measure, MeasureFreeze, MeasureGround
from measures.selectors import standing_on
from measures.services import blocks
from measures.services.lifecycle import has_ground, hold_row, is_frozen, record
from measures.services.lift import recall
from measures.services.release import let_go
from measures.states import FREEZABLE, EndReason, MeasureState
from notices.models import CaseRegime
from notices.services.lifecycle import Step


def freeze(case_id: UUID, measures: Sequence[UUID], cause: UUID, step: Step) -> None:
    """Forbid to lift these measures until `thaw` of the same cause; nothing else is touched.

    Grounds may go on ending meanwhile, and so may its term: a block's rule gets no end while it is held. Raises Conflict for a measure that has ended, is being lifted or
    still waits for its approval: there is nothing to keep.
    """
    lock_case(case_id)
    held = [hold_row(measure_id) for measure_id in sorted(measures)]
    for measure in held:
        if measure.state not in FREEZABLE:
            raise Conflict(
                _("The measure on %(target)s cannot be held: it stands at “%(state)s”.")
                % {"target": _target(measure), "state": measure.get_state_display()}
            )
        since = step.effective_at or step.now
        MeasureFreeze.objects.get_or_create(
            measure=measure,
            cause=cause,
            ended_at=None,
            defaults={"case_id": case_id, "since": since},
        )
        facts = {"cause": str(cause)}
        record(measure, "measure.frozen", Step(step.actor, step.now, facts=facts), cases=[case_id])
    _keep_rules_true(held, step)


def thaw(case_id: UUID, cause: UUID, step: Step) -> list[Measure]:
    """What was forbidden for this cause is so no longer. A measure that lost its last ground meanwhile is let go.

    Returns those that were.
    """
    lock_case(case_id)
    open_ = MeasureFreeze.objects.filter(case_id=case_id, cause=cause, ended_at=None)
    released, held = [], [hold_row(id) for id in sorted(open_.values_list("measure_id", flat=True))]
    for measure in held:
        open_.filter(measure=measure).update(ended_at=step.effective_at or step.now)
        facts = {"cause": str(cause)}
        record(measure, "measure.thawed", Step(step.actor, step.now, facts=facts), cases=[case_id])
        if not has_ground(measure) and not is_frozen(measure):
            last = MeasureGround.objects.filter(measure=measure).latest("ended_at")
            let_go(measure, last.ended_reason or EndReason.CORRECTED, step, [case_id])
            released.append(measure)
    _keep_rules_true(held, step)
    return released


def _keep_rules_true(measures: Iterable[Measure], step: Step) -> None:
    """Last of all: a rule that begins holds up every other one until the commit."""
    for measure in measures:
        blocks.keep_true(measure, step)


def call_back(
    regime: CaseRegime, items: Iterable[UUID], person_id: UUID, step: Step
) -> list[Measure]:
    """Stand again, under this regime, behind what is still being lifted for these items, or of this person's.

    A lifting that never left the house is called off here. Of one that did, the worker asks the
    platform: not done, the measure stays; done, the ground came too late. Returns the measures.
    """
    lock_case(regime.case_id)
    ended = MeasureGround.objects.filter(
        standing_on(items, person_id), case_regime=regime, ended_reason=EndReason.RESTORED
    )
    lifting = ended.filter(measure__state=MeasureState.LIFTING)
    called = []
    for measure_id in sorted(set(lifting.order_by().values_list("measure_id", flat=True))):
        measure = hold_row(measure_id)
        for ground in ended.filter(measure=measure):
            MeasureGround.objects.get_or_create(
                measure=measure,
                case_id=ground.case_id,
                case_regime=regime,
                item_id=ground.item_id,
                ended_at=None,
                defaults={"ordered_by_id": ground.ordered_by_id, "created_at": step.now},
            )
        if measure.attempts == 0 and measure.executing_since is None:
            recall(measure, Step(step.actor, step.now))
        else:
            enqueue("measures.lift", measure.id)
        called.append(measure)
    return called


def _target(measure: Measure) -> str:
    target = measure.artefact or measure.platform_user
    return target.external_id if target else _("our own guard")
