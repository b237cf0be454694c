"""The one door to a measure's state.

A measure's own steps are written to the chain of every case that stands behind it; once none does,
of every case that ever did. Locks are always taken in one order: cases by id, then the measure's
row. A service that runs inside one case's lock touches that case's chain alone.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django_fsm import can_proceed

from common.errors import Conflict, NotFound
from common.transactions import lock_case, require_transaction
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from measures.errors import MovedOn
from measures.models import FAMILY_MODELS, Measure, MeasureFreeze, MeasureGround
from measures.services.watching import plan_anew
from notices.services.lifecycle import Step


def hold(measure_id: UUID) -> Measure:
    """The measure, as its family's machine, with every case behind it locked, until the transaction ends.

    Raises NotFound, and MovedOn when a further case joined while we waited.
    """
    cases = _all_cases(measure_id)
    for case_id in cases:
        lock_case(case_id)
    measure = hold_row(measure_id)
    if _all_cases(measure_id) != cases:
        raise MovedOn(_("Somebody else was working on this measure just now. Try again."))
    return measure


def hold_row(measure_id: UUID) -> Measure:
    """The measure with its row locked; for services that hold the one case they write to. Raises NotFound."""
    require_transaction()
    family = Measure.objects.filter(id=measure_id).values_list("family", flat=True).first()
    if family is None:
        raise NotFound(_("There is no such measure."))
    return FAMILY_MODELS[family].objects.select_for_update().get(id=measure_id)


def move(
    measure: Measure, name: str, event: str, step: Step, *, cases: Iterable[UUID] | None = None,
    **changes: Any,
) -> None:  # fmt: skip
    """Take the step `name`, store it with `changes` to other fields, and write `event` down.

    Raises Conflict when the measure's state does not allow the step. Nothing else calls a transition.
    """
    transition = getattr(measure, name, None)
    if transition is None or not can_proceed(transition):
        raise Conflict(
            _("This step is not possible while the measure stands at “%(state)s”. Reload the page.")
            % {"state": measure.get_state_display()}
        )
    transition()
    store(measure, **{**plan_anew(measure, step.now), **changes})
    measure.save(update_fields=["state"])
    record(measure, event, step, cases=cases)


def store(measure: Measure, **changes: Any) -> None:
    """Save these fields, never the state."""
    for name, value in changes.items():
        setattr(measure, name, value)
    if changes:
        measure.save(update_fields=list(changes))


def record(
    measure: Measure, event: str, step: Step, *, cases: Iterable[UUID] | None = None
) -> None:
    """Append one entry to the chain of each case: ids and codes, no personal text."""
    facts = facts_about(measure)
    for case_id in cases_behind(measure) if cases is None else cases:
        append(
            case_chain(case_id),
            event,
            actor=step.actor,
            at=step.now,
            facts={**facts, **step.facts},
            payload=step.payload,
        )


def facts_about(measure: Measure) -> dict[str, Fact]:
    """What every entry says of a measure: ids and codes, no personal text."""
    facts: dict[str, Fact] = {
        "measure": str(measure.id),
        "family": measure.family,
        "target": target_of(measure),
        "key": str(measure.idempotency_key),
        "state": measure.state,
    }
    if measure.level:
        facts["level"] = measure.level
    return facts


def target_of(measure: Measure) -> str:
    """The platform's name for what is acted on; for a prompt block, the digest of its terms."""
    target = measure.artefact or measure.platform_user
    return target.external_id if target else f"terms:{measure.terms_digest}"


def cases_behind(measure: Measure) -> list[UUID]:
    """The cases with an open ground, in order; if none is open, every case that ever had one."""
    return _ids(MeasureGround.objects.filter(measure=measure, ended_at=None)) or _all_cases(
        measure.id
    )


def has_ground(measure: Measure) -> bool:
    """Whether any case still stands behind it."""
    return MeasureGround.objects.filter(measure=measure, ended_at=None).exists()


def is_frozen(measure: Measure) -> bool:
    """Whether something, such as a court's order, forbids to lift it."""
    return MeasureFreeze.objects.filter(measure=measure, ended_at=None).exists()


def _all_cases(measure_id: UUID) -> list[UUID]:
    return _ids(MeasureGround.objects.filter(measure_id=measure_id))


def _ids(grounds: Any) -> list[UUID]:
    return sorted(grounds.order_by().values_list("case_id", flat=True).distinct())
